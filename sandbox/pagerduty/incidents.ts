/** An incident from being triggered to being resolved, and back. */
import { assign, levelWithSomebody, toLevel } from './levels.ts';
import { type Book, log, setStatus, type When } from './note.ts';
import { Refused } from './refused.ts';
import type { PagerAlert, PagerIncident } from './wire.ts';

const minute = 60_000;

export type NewIncident = Pick<PagerIncident, 'title' | 'service' | 'incidentKey'> &
  Partial<Pick<PagerIncident, 'body' | 'urgency' | 'policy' | 'priority' | 'incidentType' | 'conferenceBridge'>> & {
    /** one user, in the place of the policy */
    assignee?: string;
    byHand?: boolean;
    alert?: PagerAlert;
  };

export function needOpen(incident: PagerIncident) {
  if (incident.status === 'resolved') throw new Refused('alreadyResolved');
}

/**
 * Nothing is opened where nobody is on call at any level: over REST that is an error, an event is taken and leads to nothing.
 * https://support.pagerduty.com/main/docs/why-incidents-fail-to-trigger
 */
export function open(book: Book, given: NewIncident, when: When): PagerIncident | undefined {
  const { account } = book;
  const service = account.service(given.service);
  if (!service) throw new Refused('serviceUnknown');
  const policy = account.policy(given.policy ?? service.policy);
  if (!policy) throw new Refused('policyUnknown');
  if (!given.assignee && !levelWithSomebody(book, policy, 1, when.at)) return undefined;

  const incident: PagerIncident = {
    id: account.nextId('Q'),
    number: account.nextNumber(),
    title: given.title,
    body: given.body ?? '',
    status: 'triggered',
    urgency: given.urgency ?? 'high',
    service: service.id,
    policy: policy.id,
    level: 1,
    loops: 0,
    assignedVia: given.assignee ? 'direct_assignment' : 'escalation_policy',
    incidentKey: given.incidentKey,
    incidentType: given.incidentType ?? 'incident_default',
    priority: given.priority ?? null,
    createdAt: when.at,
    createdBy: when.by,
    byHand: given.byHand ?? false,
    changedAt: when.at,
    changedBy: when.by,
    resolvedAt: null,
    reopenedAt: null,
    mergedInto: null,
    assignees: [],
    acknowledgements: [],
    conferenceBridge: given.conferenceBridge ?? null,
    alerts: given.alert ? [given.alert] : [],
    log: [],
    notes: [],
    statusUpdates: [],
    responders: [],
    requests: [],
    escalatesAt: null,
    unacknowledgesAt: null,
  };
  account.add(incident);
  log(account, incident, 'trigger', when);
  if (given.assignee) assign(book, incident, [given.assignee], when);
  else toLevel(book, incident, 1, when);
  book.emit('incident.triggered', incident, when);
  // Who takes a thing for themselves need not be woken for it: docs/REST-API, Incident Creation API.
  if (given.assignee && given.assignee === when.by) acknowledge(book, incident, when);
  return incident;
}

export function acknowledge(book: Book, incident: PagerIncident, when: When, until?: number) {
  needOpen(incident);
  const { account } = book;
  const user = when.by !== null && account.user(when.by) ? when.by : undefined;
  const isNew =
    incident.status !== 'acknowledged' || (user && !incident.acknowledgements.some((one) => one.user === user));
  const timeout = account.service(incident.service)?.acknowledgementTimeout ?? null;
  incident.unacknowledgesAt = until ?? (timeout === null ? null : when.at + timeout * minute);
  incident.escalatesAt = null;
  book.plan(incident);
  if (!isNew) return;
  setStatus(incident, 'acknowledged', when);
  if (user) {
    incident.acknowledgements.push({ user, at: when.at });
    if (!incident.assignees.some((one) => one.user === user)) incident.assignees.push({ user, at: when.at });
  }
  log(account, incident, 'acknowledge', when, { users: user ? [user] : [] });
  book.emit('incident.acknowledged', incident, when);
}

/** The acknowledgement has run out: whoever was assigned is rung at again. */
export function unacknowledge(book: Book, incident: PagerIncident, at: number) {
  const when = { by: null, at };
  const users = incident.assignees.map(({ user }) => user);
  setStatus(incident, 'triggered', when);
  log(book.account, incident, 'unacknowledge', when);
  assign(book, incident, users, when);
  const rule = book.account.policy(incident.policy)?.rules[incident.level - 1];
  if (incident.assignedVia === 'escalation_policy') incident.escalatesAt = at + (rule?.minutes ?? 0) * minute;
  book.emit('incident.unacknowledged', incident, when);
}

export function resolve(book: Book, incident: PagerIncident, when: When, note?: string) {
  needOpen(incident);
  setStatus(incident, 'resolved', when);
  incident.resolvedAt = when.at;
  incident.assignees = [];
  incident.escalatesAt = null;
  incident.unacknowledgesAt = null;
  for (const alert of incident.alerts) alert.status = 'resolved';
  book.plan(incident);
  log(book.account, incident, 'resolve', when, note === undefined ? {} : { note });
  book.emit('incident.resolved', incident, when);
}

/** Back among the open ones, from the first level of its policy on; acknowledged, it is whose who took it. */
export function reopen(book: Book, incident: PagerIncident, to: 'triggered' | 'acknowledged', when: When) {
  if (incident.mergedInto) throw new Refused('alreadyMerged');
  setStatus(incident, 'triggered', when);
  incident.resolvedAt = null;
  incident.reopenedAt = when.at;
  incident.loops = 0;
  if (to === 'acknowledged' && when.by !== null) assign(book, incident, [when.by], when);
  else if (!toLevel(book, incident, 1, when)) throw new Refused('nobodyOnCall');
  log(book.account, incident, 'reopen', when);
  book.emit('incident.reopened', incident, when);
  if (to === 'acknowledged') acknowledge(book, incident, when);
}

/** To people, past the policy. */
export function reassign(book: Book, incident: PagerIncident, users: string[], when: When) {
  needOpen(incident);
  for (const user of users) if (!book.account.user(user)) throw new Refused('assigneeUnknown');
  assign(book, incident, users, when);
  incident.assignedVia = 'direct_assignment';
  incident.escalatesAt = null;
  setStatus(incident, 'triggered', when);
  book.plan(incident);
  book.emit('incident.reassigned', incident, when);
}

/** To another escalation policy, from its first level on. */
export function delegate(book: Book, incident: PagerIncident, policy: string, when: When) {
  needOpen(incident);
  const to = book.account.policy(policy);
  if (!to) throw new Refused('policyUnknown');
  if (!levelWithSomebody(book, to, 1, when.at)) throw new Refused('nobodyOnCall');
  incident.policy = policy;
  incident.loops = 0;
  setStatus(incident, 'triggered', when);
  toLevel(book, incident, 1, when);
  log(book.account, incident, 'delegate', when, { users: incident.assignees.map(({ user }) => user) });
  book.emit('incident.delegated', incident, when);
}
