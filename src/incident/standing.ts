import type { Policy } from '../policy.ts';
import { replan } from './cadence.ts';
import type { ChangeSeverity, ChangeStatus, CorrectTime, StateImpact } from './commands.ts';
import { type Decision, one } from './decision.ts';
import type { IncidentEvent } from './events.ts';
import { beginsAnew, problemWith, sameImpact } from './impact.ts';
import type { Incident } from './incident.ts';
import { isOver, skipped } from './lifecycle.ts';
import { pagesAtChange } from './paging.ts';

export function changeStatus(incident: Incident, { to, note }: ChangeStatus, now: Date, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (to === 'resolved') return { refused: 'resolve-by-form' };
  if (isOver({ status: to })) return { refused: 'ends-by-its-own-command' };
  if (to === incident.status) return { refused: 'nothing-to-change' };
  if (to === 'triage') return { refused: 'no-way-back-to-triage' };
  const left = skipped(incident.status, to);
  return {
    events: [
      { type: 'statusChanged', from: incident.status, to, note, ...(left.length > 0 && { skipped: left }) },
      ...replan(incident, { status: to }, now, policy),
    ],
  };
}

export function changeSeverity(
  incident: Incident,
  { to, reason }: ChangeSeverity,
  now: Date,
  policy: Policy,
): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (to === incident.severity) return { refused: 'nothing-to-change' };
  return {
    events: [
      { type: 'severityChanged', from: incident.severity, to, reason },
      ...replan(incident, { severity: to }, now, policy),
      ...pagesAtChange(incident, to, policy),
    ],
  };
}

export function stateImpact(
  incident: Incident,
  { impact, again, reason }: StateImpact,
  now: Date,
  policy: Policy,
): Decision {
  const problem = problemWith(impact, now, policy.journeys);
  if (problem) return { refused: problem };
  if (sameImpact(impact, incident.impact)) return { refused: 'nothing-to-change' };
  // Afterwards it is a correction of what others have read already.
  if (isOver(incident) && !reason) return { refused: 'reason-needed' };

  const stated: IncidentEvent = beginsAnew(impact, incident.impact, again)
    ? { type: 'impactBegan', impact }
    : { type: 'impactStated', impact, ...(reason && { reason }) };
  // Customers feel it: no longer a warm issue.
  const warm = incident.status === 'triage' && impact.felt === 'yes';
  if (!warm) return one(stated);
  return {
    events: [
      stated,
      { type: 'statusChanged', from: 'triage', to: 'investigating', note: 'Customers are affected' },
      ...replan(incident, { status: 'investigating' }, now, policy),
    ],
  };
}

/** The record keeps both: what was said at the time and what is known better now. */
export function correctTime(incident: Incident, { of, to, reason }: CorrectTime, now: Date): Decision {
  const from = { detected: incident.detectedAt, declared: incident.declaredAt, resolved: incident.resolvedAt }[of];
  if (of === 'resolved' && !from) return { refused: 'not-resolved' };
  if (to > now) return { refused: 'time-in-the-future' };
  if (from?.getTime() === to.getTime()) return { refused: 'nothing-to-change' };
  return one({ type: 'timeCorrected', of, ...(from && { from }), to, reason });
}
