import type { FollowUp, Incident, Place, Task } from '../../incident/incident.ts';
import {
  type MilestoneName,
  type Milestones,
  milestoneNames,
  milestonesOf,
  sinceStarted,
  updatesKept,
} from '../../incident/milestones.ts';
import { type Tenure, tenuresOf } from '../../incident/tenures.ts';
import type { Policy } from '../../policy.ts';
import { serviceNames, statusName } from '../../slack/incident-words.ts';
import { isPerson, otherName } from '../../slack/mention.ts';
import type { Recorded } from '../../store/record.ts';
import type { Line } from '../timeline/read.ts';
import type { Values } from './fields.ts';
import { impactValues } from './impact-values.ts';
import { type Picture, timelineValues } from './timeline-values.ts';
import { after, dateOf, moment } from './when.ts';

/** Everything that is known of an incident, read once. */
export interface Known {
  incident: Incident;
  record: Recorded[];
  lines: Line[];
  pictures: Picture[];
  /** People's names by their Slack id; who is not in it is called by the id. */
  names: ReadonlyMap<string, string>;
  policy: Policy;
  now: Date;
  /** The address of a message. */
  link: (place: Place) => string;
}

/** What fills a template. Pure: the same knowledge gives the same values. */
export function valuesOf(known: Known): Values {
  const { incident, record, policy, now } = known;
  const tenures = tenuresOf(record);
  const kept = updatesKept(record, now);
  return {
    ...namedValues(known),
    ...impactValues(incident, policy, now),
    ...milestoneValues(milestonesOf(incident, record)),
    updatesPosted: String(kept.posted),
    updatesPromised: String(kept.promised),
    updatesOnTime: String(kept.onTime),
    fix: fixOf(record),
    timeline: timelineValues(known, tenures),
    roles: tenures.map((tenure) => roleValues(tenure, known)),
    ...peopleValues(known, tenures),
    followUps: incident.followUps.map((one) => followUpValues(one, known)),
    tasks: incident.tasks.map((task) => taskValues(task, known)),
    links: incident.links.map(({ title, url }) => ({ title, link: url })),
    related: given(incident.related.map(({ number }) => `#${number}`).join(', ')),
  };
}

const given = (text: string): string | undefined => text || undefined;

export const nameOf = ({ names }: Pick<Known, 'names'>, person: string): string =>
  names.get(person) ?? (isPerson(person) ? `@${person}` : otherName(person));

function namedValues({ incident, policy, ...known }: Known): Values {
  const { postmortemOwner: owner } = incident;
  return {
    number: String(incident.number),
    title: incident.title,
    summary: given(incident.summary),
    severity: policy.severities[incident.highestSeverity].name,
    status: statusName(incident.status),
    services: given(serviceNames(incident, policy).join(', ')),
    practice: incident.isPractice ? 'yes' : undefined,
    private: incident.isPrivate ? 'yes' : undefined,
    owner: owner && nameOf(known, owner),
    declaredBy: nameOf(known, incident.declaredBy),
  };
}

const milestoneWords: Record<MilestoneName, string> = {
  started: 'Customers began to feel it',
  detected: 'First sign seen',
  declared: 'Declared',
  acknowledged: 'Somebody came to help',
  assembled: 'A commander and one more were there',
  firstUpdate: 'First update to stakeholders',
  mitigated: 'Customers stopped feeling it',
  resolved: 'Resolved',
};
/** What there is none of when no customer felt it. */
const ofImpact: readonly MilestoneName[] = ['started', 'mitigated'];

function milestoneValues(milestones: Milestones): Values {
  const { felt, detected, declared } = milestones;
  const names = milestoneNames.filter((name) => felt !== 'no' || !ofImpact.includes(name));
  const since = (name: MilestoneName) => {
    const ms = sinceStarted(milestones, name);
    if (felt === 'no' || name === 'started') return '–';
    return ms === undefined ? undefined : after(ms);
  };
  return {
    detected: detected && moment(detected),
    detectedAfter: since('detected'),
    declared: moment(declared),
    declaredAfter: since('declared'),
    milestones: names.map((name) => {
      const at = milestones[name];
      return { name: milestoneWords[name], at: at ? moment(at) : 'not known', after: since(name) };
    }),
  };
}

function fixOf(record: Recorded[]): string | undefined {
  const last = record.findLast(({ event }) => event.type === 'resolved')?.event;
  return last?.type === 'resolved' ? given(last.note) : undefined;
}

function roleValues({ role, person, from, until }: Tenure, known: Known) {
  return {
    role: known.policy.roles[role]?.name ?? role,
    person: nameOf(known, person),
    from: moment(from),
    until: until && moment(until),
  };
}

/** Whoever was in the channel at some time or had a role, by name. */
function peopleValues({ incident, record, ...known }: Known, tenures: Tenure[]): Values {
  const joined = record.flatMap(({ event }) => (event.type === 'personJoined' ? [event.person] : []));
  const held = tenures.map(({ person }) => person);
  const people = [...new Set([incident.declaredBy, ...joined, ...held, ...incident.members])].filter(isPerson);
  const names = people.map((person) => nameOf(known, person)).toSorted((one, other) => one.localeCompare(other, 'en'));
  return { people: given(names.join(', ')), peopleCount: String(people.length) };
}

function followUpValues(followUp: FollowUp, known: Known) {
  const { number, text, owner, due, kind, priority, proof, done, ticket } = followUp;
  return {
    number: String(number),
    text,
    owner: owner && nameOf(known, owner),
    due: dateOf(due),
    state: done ? 'done' : due < known.now ? 'overdue' : 'open',
    kind,
    priority: `${priority} priority`,
    proof: given(proof),
    ticket: ticket?.key,
    link: ticket?.url,
  };
}

function taskValues({ number, text, owner, due, done }: Task, known: Known) {
  return {
    number: String(number),
    text,
    owner: owner && nameOf(known, owner),
    due: due && moment(due),
    state: done ? 'done' : 'open',
  };
}
