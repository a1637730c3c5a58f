/** PUT of an incident: each field that is given, in the order that makes sense. */
import type { Account } from './account.ts';
import { priorities } from './directory.ts';
import { acknowledge, delegate, reassign, reopen, resolve } from './incidents.ts';
import { escalate } from './levels.ts';
import { log, type When } from './note.ts';
import type { Desk } from './operation.ts';
import { Refused } from './refused.ts';
import type { Change } from './rest-schema.ts';
import { conferencePart } from './shapes.ts';
import type { PagerIncident } from './wire.ts';

const priorityIn = (given: Exclude<Change['priority'], undefined>) =>
  priorities.find(({ id, name }) => (typeof given === 'string' ? name === given : id === given.id));

/** Refuses before anything was changed. */
export function checkAll(account: Account, { priority, assignments, escalation_policy: policy }: Partial<Change>) {
  if (priority && !priorityIn(priority)) throw new Refused('priorityUnknown');
  if (policy && !account.policy(policy.id)) throw new Refused('policyUnknown');
  if (assignments?.some(({ assignee }) => !account.user(assignee.id))) throw new Refused('assigneeUnknown');
}

function describe({ book, refer }: Desk, incident: PagerIncident, given: Change, when: When) {
  const { account, emit } = book;
  if (given.title !== undefined) incident.title = given.title;
  if (given.urgency !== undefined && given.urgency !== incident.urgency) {
    incident.urgency = given.urgency;
    log(account, incident, 'urgency_change', when);
  }
  const priority = given.priority && priorityIn(given.priority);
  if (priority && priority.id !== incident.priority) setPriority({ book, refer }, incident, priority.id, when);
  if (given.incident_type && given.incident_type.name !== incident.incidentType) {
    incident.incidentType = given.incident_type.name;
    emit('incident.incident_type.changed', incident, when);
  }
  if (given.conference_bridge) {
    incident.conferenceBridge = given.conference_bridge;
    emit('incident.conference_bridge.updated', incident, when, () => conferencePart(refer, incident));
  }
}

export function setPriority(
  { book }: Pick<Desk, 'book' | 'refer'>,
  incident: PagerIncident,
  id: string | null,
  when: When,
) {
  incident.priority = id;
  log(book.account, incident, 'priority_change', when);
  book.emit('incident.priority_updated', incident, when);
}

function setStatusTo({ book }: Desk, incident: PagerIncident, given: Change, when: When) {
  const { status } = given;
  if (status === 'resolved') return resolve(book, incident, when, given.resolution);
  if (incident.status === 'resolved' && status) return reopen(book, incident, status, when);
  if (status === 'acknowledged') return acknowledge(book, incident, when);
  return undefined;
}

export function change(desk: Desk, incident: PagerIncident, given: Change, when: When) {
  describe(desk, incident, given, when);
  // A resolved one is opened first, so that it can be given to somebody.
  const opens = incident.status === 'resolved' && given.status !== undefined && given.status !== 'resolved';
  if (opens) setStatusTo(desk, incident, given, when);
  if (given.escalation_policy) delegate(desk.book, incident, given.escalation_policy.id, when);
  if (given.assignments) {
    const users = given.assignments.map(({ assignee }) => assignee.id);
    reassign(desk.book, incident, users, when);
  }
  if (given.escalation_level !== undefined) escalate(desk.book, incident, given.escalation_level, when);
  if (!opens) setStatusTo(desk, incident, given, when);
}
