import type { Incident } from './incident/incident.ts';
import type { Policy } from './policy.ts';

/** What is known about a person: `unknown` when Slack could not be asked and nothing was remembered. */
export type Kind = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated' | 'unknown';

export interface Person {
  id: string;
  kind: Kind;
  /** Seconds east of UTC, for reading times as this person writes them. */
  zone: number;
}

export type Action =
  | 'declare'
  | 'see'
  | 'join'
  | 'postUpdate'
  | 'changeStatus'
  | 'raiseSeverity'
  | 'lowerSeverity'
  | 'resolve'
  | 'retry';

export type Denial = 'stranger' | 'guest' | 'bot' | 'deactivated' | 'not-invited' | 'cannot-check';

/** With Slack down and nothing known, what helps is allowed and what ends something or makes light of it is not. */
const allowedUnchecked: ReadonlySet<Action> = new Set([
  'declare',
  'see',
  'postUpdate',
  'changeStatus',
  'raiseSeverity',
  'join',
  'retry',
]);

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
  if (person.kind === 'guest' && !(policy.guestsMayDeclare && guestActions.has(action))) return 'guest';
  if (incident && !here && !visibleTo(policy, person)(incident)) return 'not-invited';
  if (person.kind === 'unknown' && !allowedUnchecked.has(action)) return 'cannot-check';
  return undefined;
}

const guestActions: ReadonlySet<Action> = new Set(['declare', 'see', 'postUpdate', 'raiseSeverity']);

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
