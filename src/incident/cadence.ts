import type { Policy } from '../policy.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './lifecycle.ts';
import { remindersFor } from './reminders.ts';
import type { Severity } from './severity.ts';

const minute = 60_000;

/** When people are owed the next update, counted from now; undefined: on change. */
export function updateDue(
  { severity, status, updateCount }: Pick<Incident, 'severity' | 'status' | 'updateCount'>,
  now: Date,
  policy: Policy,
): Date | undefined {
  if (!isOpen(status)) return undefined;
  const usual = policy.cadence[severity][status];
  // The first word is owed sooner: until it comes, people outside know nothing. A warm issue has nobody waiting.
  const first = updateCount === 0 && status !== 'triage' ? policy.firstUpdate[severity] : undefined;
  const minutes = first && usual ? Math.min(first, usual) : (first ?? usual);
  return minutes === undefined ? undefined : new Date(now.getTime() + minutes * minute);
}

/** The plan after a change. An update that is due sooner stays due: no change of severity or status buys time. */
export function replan(incident: Incident, change: Partial<Incident>, now: Date, policy: Policy): IncidentEvent[] {
  const { severity } = { ...incident, ...change };
  const planned = updateDue({ ...incident, ...change }, now, policy);
  const before = incident.nextUpdateDue;
  const due = planned && before && before < planned ? before : planned;
  const isQuiet = (one: Severity) => policy.quietSeverities.includes(one);
  // The same promise, but whether it may ring at night has changed.
  const movesReminders = due !== undefined && isQuiet(severity) !== isQuiet(incident.severity);
  return before?.getTime() === due?.getTime() && !movesReminders ? [] : [promise(due, severity, now, policy)];
}

/** What people are promised from now on, and when somebody is reminded of it. */
export function promise(due: Date | undefined, severity: Severity, now: Date, policy: Policy): IncidentEvent {
  return { type: 'nextUpdateDueChanged', due, ...(due && remindersFor(due, now, severity, policy)) };
}
