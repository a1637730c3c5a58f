import type { Policy } from '../policy.ts';
import { minutes } from '../time.ts';
import type { Decision } from './decision.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import type { Severity } from './severity.ts';
import { standsFor } from './stands-for.ts';
import { nextWorking } from './working-hours.ts';

/** Whoever says "I'm on it" is left to write for so long. Milliseconds. */
const claimHolds = minutes(10);

/** Keys of roles in the policy that the rhythm of updates knows; a policy without them leaves it to the declarer. */
const roles = { writer: 'communications', leader: 'commander', standIn: 'deputy' } as const;

/** Who is to write the next update; of an incident that began by itself and that nobody has taken, that is nobody's name. */
export function writerOf(incident: Incident): string {
  const holder = holderOf(incident, roles.writer) ?? holderOf(incident, roles.leader);
  return holder ?? standsFor(incident) ?? incident.declaredBy;
}

/** Who hears that it did not come: the commander, else who stands in for them; nobody who was told already. */
export function escalationOf(incident: Incident, told: readonly (string | undefined)[]): string | undefined {
  const candidates = [holderOf(incident, roles.leader), holderOf(incident, roles.standIn)];
  return candidates.find((person) => person && !told.includes(person));
}

const holderOf = ({ roles: held }: Incident, role: string): string | undefined => held[role]?.person;

/** When somebody hears of an update that is due then, planned now: its writer before, the commander after. */
export function remindersFor(
  due: Date,
  now: Date,
  severity: Severity,
  policy: Policy,
): { remindAt: Date; escalateAt: Date } {
  const interval = Math.max(0, due.getTime() - now.getTime());
  const before = Math.min(minutes(policy.reminders.before), Math.floor(interval / 3));
  const remindAt = whenAllowed(new Date(due.getTime() - before), severity, policy);
  return { remindAt, escalateAt: escalationAfter(due, remindAt, severity, policy) };
}

/** Counted from the reminder where that came late: whoever has just heard of it gets the time to write. */
function escalationAfter(due: Date, reminded: Date, severity: Severity, policy: Policy): Date {
  const from = Math.max(due.getTime(), reminded.getTime());
  return whenAllowed(new Date(from + minutes(policy.reminders.escalateAfter)), severity, policy);
}

/** What is not severe rings nobody at night. */
export function whenAllowed(at: Date, severity: Severity, policy: Policy): Date {
  return policy.quietSeverities.includes(severity) ? nextWorking(at, policy.workingHours) : at;
}

/** When the next thing is to be done about the update that is owed: its row in the outbox waits until then. */
export function nextStep({ nextUpdateDue: due, reminder }: Incident): Date | undefined {
  if (!due || !reminder) return undefined;
  const { remindAt, escalateAt, fellDue } = reminder;
  const steps = [remindAt, fellDue ? undefined : due, escalateAt].filter((at) => at !== undefined);
  return steps.length > 0 ? new Date(Math.min(...steps.map((at) => at.getTime()))) : undefined;
}

/** The clock says that something may be due. Each thing happens once, however late the clock says so. */
export function checkUpdate(incident: Incident, now: Date, policy: Policy): Decision {
  const { nextUpdateDue: due, reminder, severity } = incident;
  if (!due || !reminder) return { events: [] };
  const { remindAt, remindedTo, claimedBy, fellDue } = reminder;
  let { escalateAt } = reminder;
  const events: IncidentEvent[] = [];
  if (remindAt && remindAt <= now) {
    // Only the first one: a snoozed reminder buys nobody time.
    if (escalateAt && !remindedTo) escalateAt = escalationAfter(due, now, severity, policy);
    events.push({ type: 'updateReminded', due, person: writerOf(incident), ...(escalateAt && { escalateAt }) });
  }
  if (!fellDue && due <= now) events.push({ type: 'updateFellDue', due });
  if (escalateAt && escalateAt <= now) {
    const person = escalationOf(incident, [remindedTo, claimedBy]);
    events.push({ type: 'updateEscalated', due, ...(person && { person }) });
  }
  return { events };
}

/** `due`: which update the button was about; it may have been posted since. */
const isAbout = (incident: Incident, due: Date | undefined): boolean =>
  incident.nextUpdateDue !== undefined && (due === undefined || incident.nextUpdateDue.getTime() === due.getTime());

/** The reminder comes again later; what was promised to people stays promised. */
export function snoozeUpdate(
  incident: Incident,
  { minutes: count, due }: { minutes: number; due?: Date | undefined },
  now: Date,
  policy: Policy,
): Decision {
  if (!isAbout(incident, due)) return { refused: 'no-update-due' };
  const until = whenAllowed(new Date(now.getTime() + minutes(count)), incident.severity, policy);
  return { events: [{ type: 'updateSnoozed', until }] };
}

export function claimUpdate(
  incident: Incident,
  { person, due }: { person: string; due?: Date | undefined },
  now: Date,
  policy: Policy,
): Decision {
  if (!isAbout(incident, due)) return { refused: 'no-update-due' };
  const { reminder, severity } = incident;
  if (reminder?.claimedBy === person) return { events: [] };
  const held = whenAllowed(new Date(now.getTime() + claimHolds), severity, policy);
  const escalateAt = reminder?.escalateAt && (held > reminder.escalateAt ? held : reminder.escalateAt);
  return { events: [{ type: 'updateClaimed', person, ...(escalateAt && { escalateAt }) }] };
}
