import type { Policy } from '../policy.ts';
import type { Decision } from './decision.ts';
import type { EventOf, IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOver } from './lifecycle.ts';
import type {
  AcceptHandover,
  AssignRoles,
  DeclineHandover,
  OfferHandover,
  ShadowRole,
  StopShadowing,
  TakeRole,
} from './role-commands.ts';

const isRole = (role: string, policy: Policy) => Object.hasOwn(policy.roles, role);

/** Roles that are missed and that nobody has, while there is something to do. */
export function unfilledKeyRoles(incident: Incident, policy: Policy): string[] {
  if (isOver(incident)) return [];
  return Object.keys(policy.roles).filter((role) => policy.roles[role]?.key && !incident.roles[role]);
}

/** On the worst two it is said aloud when somebody has a role who is not on the list of those trained for it. */
export function isUntrained({ severity }: Incident, role: string, person: string, policy: Policy): boolean {
  const trained = policy.roles[role]?.qualified ?? [];
  const grave = severity === 'sev1' || severity === 'sev2';
  return grave && trained.length > 0 && !trained.includes(person);
}

/** The form with all roles: what differs from how things are becomes an event; a role left empty is free. */
export function assignRoles(incident: Incident, { assignments, shadowing }: AssignRoles, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  const wishes = Object.entries(assignments);
  const named = [...wishes.map(([role]) => role), ...(shadowing?.roles ?? [])];
  if (named.some((role) => !isRole(role, policy))) return { refused: 'unknown-role' };
  const events = wishes.flatMap(([role, person]) => reassigned(incident, role, person));
  const learning = shadowing ? shadowed(incident, shadowing, assignments) : [];
  if (events.length + learning.length === 0) return { refused: 'nothing-to-change' };
  return { events: [...events, ...learning] };
}

function reassigned(incident: Incident, role: string, person: string | null): IncidentEvent[] {
  const from = incident.roles[role]?.person;
  if (person === (from ?? null)) return [];
  const withdrawn = withdrawnOffer(incident, role, person);
  if (!person) return from ? [...withdrawn, { type: 'roleFreed', role, from }] : [];
  return [...withdrawn, { type: 'roleAssigned', role, person, ...(from && { from }), how: 'assigned' }];
}

/** Nobody watches themselves at work: of the roles they hold they are no shadow. */
function shadowed(
  incident: Incident,
  { person, roles }: NonNullable<AssignRoles['shadowing']>,
  assignments: AssignRoles['assignments'],
): IncidentEvent[] {
  const holds = (role: string) =>
    (Object.hasOwn(assignments, role) ? assignments[role] : incident.roles[role]?.person) === person;
  const watches = (role: string) => incident.shadows[role]?.includes(person) ?? false;
  return [
    ...Object.keys(incident.shadows)
      // Who gets the role is no longer its shadow by that alone.
      .filter((role) => watches(role) && !roles.includes(role) && !holds(role))
      .map((role): IncidentEvent => ({ type: 'shadowingEnded', role, person })),
    ...roles
      .filter((role) => !watches(role) && !holds(role))
      .map((role): IncidentEvent => ({ type: 'shadowingStarted', role, person })),
  ];
}

/** An offer made to somebody else than the one who has the role now: it is said that it stands no longer. */
function withdrawnOffer({ handovers }: Incident, role: string, holder: string | null): IncidentEvent[] {
  const offered = handovers[role]?.to;
  return offered && offered !== holder ? [{ type: 'handoverWithdrawn', role, person: offered }] : [];
}

/** Of two who press at once the first has it; the other is told who. */
export function takeRole(incident: Incident, { role, person }: TakeRole, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (!isRole(role, policy)) return { refused: 'unknown-role' };
  const holder = incident.roles[role]?.person;
  if (holder === person) return { refused: 'nothing-to-change' };
  if (holder) return { refused: 'role-taken' };
  return { events: [...withdrawnOffer(incident, role, person), { type: 'roleAssigned', role, person, how: 'taken' }] };
}

export function shadowRole(incident: Incident, { role, person }: ShadowRole, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (!isRole(role, policy)) return { refused: 'unknown-role' };
  if (incident.roles[role]?.person === person || incident.shadows[role]?.includes(person))
    return { refused: 'nothing-to-change' };
  return { events: [{ type: 'shadowingStarted', role, person }] };
}

export function stopShadowing(incident: Incident, { role, person }: StopShadowing): Decision {
  // Own keys only: every object has a `constructor`.
  const shadows = Object.hasOwn(incident.shadows, role) ? incident.shadows[role] : undefined;
  if (!shadows?.includes(person)) return { refused: 'nothing-to-change' };
  return { events: [{ type: 'shadowingEnded', role, person }] };
}

/** A newer offer of the same role takes the place of the older one. */
export function offerHandover(incident: Incident, { type: _, ...offer }: OfferHandover, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (!isRole(offer.role, policy)) return { refused: 'unknown-role' };
  const from = incident.roles[offer.role]?.person;
  if (from === offer.to) return { refused: 'nothing-to-change' };
  return {
    events: [
      ...withdrawnOffer(incident, offer.role, offer.to),
      { type: 'handoverOffered', ...offer, ...(from && { from }) },
    ],
  };
}

export function acceptHandover(incident: Incident, { role, person }: AcceptHandover): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  const offer = incident.handovers[role];
  if (offer?.to !== person) return { refused: 'no-such-handover' };
  const from = incident.roles[role]?.person;
  return { events: [{ type: 'roleAssigned', role, person, ...(from && { from }), how: 'handed-over' }] };
}

export function declineHandover(incident: Incident, { role, person, reason }: DeclineHandover): Decision {
  const offer = incident.handovers[role];
  if (offer?.to !== person) return { refused: 'no-such-handover' };
  return {
    events: [{ type: 'handoverDeclined', role, person, reason, ...(offer.by && { offeredBy: offer.by }) }],
  };
}

export function roleAssigned(
  incident: Incident,
  { role, person }: EventOf<'roleAssigned'>,
  since: Date,
): Partial<Incident> {
  return {
    roles: { ...incident.roles, [role]: { person, since } },
    handovers: omit(incident.handovers, role),
    // Who learned by watching does it now.
    shadows: withoutShadow(incident, { role, person }),
  };
}

export function withoutShadow({ shadows }: Incident, { role, person }: { role: string; person: string }) {
  const left = shadows[role]?.filter((one) => one !== person) ?? [];
  return left.length > 0 ? { ...shadows, [role]: left } : omit(shadows, role);
}

export function omit<T>(record: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _, ...rest } = record;
  return rest;
}
