import type { Incident } from './incident/incident.ts';
import type { Policy } from './policy.ts';

/** What is known about a person: `unknown` when Slack could not be asked and nothing was remembered. */
export type Kind = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated' | 'unknown';

export interface Person {
  id: string;
  kind: Kind;
  /** Seconds east of UTC, for reading times as this person writes them. */
  zone: number;
  /** The full name. */
  name?: string;
  /** Where Slack shows it to the app. */
  email?: string;
}

/** `yes` or, where the policy leaves it to those in the incident (`respondersOnly`), `policy`; `no`: incident admins only. Guests: never unless the policy lets them declare. */
interface Rule {
  what: string;
  member: 'yes' | 'policy' | 'no';
  guest: 'policy' | 'no';
  /** Whether it is allowed while Slack is down and nothing is known of the person: what helps is, what ends or hides something is not. */
  unchecked: boolean;
}

const helps = (what: string): Rule => ({ what, member: 'yes', guest: 'no', unchecked: true });
const weighs = (what: string): Rule => ({ what, member: 'policy', guest: 'no', unchecked: false });

/** Everything that is asked for, and who may. The table in docs/permissions.md is made from this. */
export const actions = {
  declare: { ...helps('declare an incident'), guest: 'policy' },
  see: { ...helps('see an incident that is not private'), guest: 'policy' },
  postUpdate: { ...helps('post an update'), guest: 'policy' },
  raiseSeverity: { ...helps('raise the severity'), guest: 'policy' },
  join: helps('join the channel'),
  changeStatus: helps('change the status'),
  stateImpact: helps('say what customers feel'),
  correctTime: helps('correct a time'),
  assignRole: helps('give, take and hand over roles'),
  requestUpdate: helps('ask for an update'),
  subscribe: helps('subscribe to updates'),
  workOnTasks: helps('add, assign and finish tasks'),
  page: helps('page somebody'),
  answerPage: helps('take and escalate a page'),
  addLink: helps('add links and related incidents'),
  addToTimeline: helps('add to the timeline'),
  editTimeline: { ...weighs('reword, re-time and hide entries of the timeline'), member: 'yes' },
  workOnFollowUps: helps('add, assign and finish follow-ups'),
  writePostmortem: { ...weighs('write the postmortem, send it for review and publish it'), member: 'yes' },
  export: { ...weighs('export an incident'), member: 'yes' },
  rename: helps('rename an incident'),
  retry: helps('try again what failed'),
  lowerSeverity: weighs('lower the severity'),
  resolve: weighs('resolve and close'),
  reopen: weighs('reopen'),
  cancel: weighs('cancel, decline and merge'),
  makePrivate: { ...weighs('make an incident private'), member: 'yes' },
  erase: { ...weighs('erase what was said'), member: 'no' },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof actions;

export type Denial =
  | 'stranger'
  | 'guest'
  | 'bot'
  | 'deactivated'
  | 'not-invited'
  | 'responders-only'
  | 'admins-only'
  | 'cannot-check';

/**
 * Who may do what: undefined means yes. Asked on every command, press and submission, since seeing a button is no permission.
 * `here`: it is asked from inside the incident's own channel, where Slack lets only members speak.
 */
export function denial(
  policy: Policy,
  person: Person,
  action: Action,
  incident?: Incident,
  { here = false }: { here?: boolean } = {},
): Denial | undefined {
  if (person.kind === 'stranger' || person.kind === 'bot' || person.kind === 'deactivated') return person.kind;
  const { guest, unchecked, member }: Rule = actions[action];
  if (person.kind === 'guest' && !(policy.guestsMayDeclare && guest === 'policy')) return 'guest';
  if (incident && !here && !visibleTo(policy, person)(incident)) return 'not-invited';
  if (person.kind === 'unknown' && !unchecked) return 'cannot-check';
  if (member === 'no' && !policy.incidentAdmins.includes(person.id)) return 'admins-only';
  const restricted = (policy.respondersOnly as readonly string[]).includes(action);
  if (restricted && incident && !isResponder(policy, person, incident)) return 'responders-only';
  return undefined;
}

/**
 * Why somebody cannot be given a role or a task; undefined: they can. Nothing known of them while Slack is down is no reason: then
 * help is needed most.
 */
export function unfit(policy: Policy, { kind }: Person): Denial | undefined {
  if (kind === 'stranger' || kind === 'bot' || kind === 'deactivated') return kind;
  return kind === 'guest' && !policy.guestsMayDeclare ? 'guest' : undefined;
}

/** Who is at work on it: in its channel, with a role, or trusted with all of them. */
export function isResponder(policy: Policy, { id }: Person, incident: Incident): boolean {
  return (
    incident.members.includes(id) ||
    Object.values(incident.roles).some(({ person }) => person === id) ||
    policy.incidentAdmins.includes(id)
  );
}

/**
 * Every list of incidents goes through this: a private one is seen by those in it, who declared it, and incident admins, as long
 * as we know who they are.
 */
export function visibleTo(policy: Policy, person: Person): (incident: Incident) => boolean {
  const isIn = (incident: Incident) =>
    incident.declaredBy === person.id ||
    incident.members.includes(person.id) ||
    policy.incidentAdmins.includes(person.id);
  return (incident) => !incident.isPrivate || (person.kind !== 'unknown' && isIn(incident));
}

/** The same for queries: how much of the private ones a person may see. */
export function sightOf(policy: Policy, { id, kind }: Person): 'all' | { person?: string } {
  if (kind === 'unknown') return {};
  return policy.incidentAdmins.includes(id) ? 'all' : { person: id };
}
