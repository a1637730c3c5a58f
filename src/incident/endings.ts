import type { Policy } from '../policy.ts';
import { replan } from './cadence.ts';
import type { Decision } from './decision.ts';
import type { Absorb, Cancel, Close, Decline, Merge, Reopen, Resolve } from './ending-commands.ts';
import type { IncidentEvent } from './events.ts';
import { problemWith, sameImpact } from './impact.ts';
import type { Incident } from './incident.ts';
import { isOver, skipped } from './lifecycle.ts';

/** There is nothing to hand over any more. */
const withdrawn = ({ handovers }: Incident): IncidentEvent[] =>
  Object.entries(handovers).map(([role, { to }]) => ({ type: 'handoverWithdrawn', role, person: to }));

/** Asks for what is known of the impact at the end, since that is when somebody still knows. */
export function resolve(
  incident: Incident,
  { impact: said, note, owner }: Resolve,
  now: Date,
  policy: Policy,
): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  // The form asks for the times; how many were hurt and in what was said before and still holds.
  const impact = said.felt === 'yes' && incident.impact.felt === 'yes' ? { ...incident.impact, ...said } : said;
  const problem = problemWith(impact, now, policy.journeys);
  if (problem) return { refused: problem };

  const stated: IncidentEvent[] = sameImpact(impact, incident.impact) ? [] : [{ type: 'impactStated', impact }];
  const left = skipped(incident.status, 'resolved');
  return {
    events: [
      ...stated,
      ...withdrawn(incident),
      {
        type: 'resolved',
        from: incident.status,
        note,
        ...(left.length > 0 && { skipped: left }),
        ...(owner && { owner }),
      },
    ],
  };
}

/** It came back. Whether customers feel it again is asked, not assumed. */
export function reopen(incident: Incident, { reason, impact }: Reopen, now: Date, policy: Policy): Decision {
  if (incident.status !== 'resolved' && incident.status !== 'closed') return { refused: 'not-resolved' };
  const problem = impact && problemWith(impact, now, policy.journeys);
  if (problem) return { refused: problem };
  const begun: IncidentEvent[] = impact?.felt === 'yes' ? [{ type: 'impactBegan', impact }] : [];
  return {
    events: [
      { type: 'reopened', from: incident.status, reason },
      ...begun,
      ...replan(incident, { status: 'investigating' }, now, policy),
    ],
  };
}

/** Nothing is left to do about it. */
export function close(incident: Incident, { note }: Close): Decision {
  if (incident.status === 'closed') return { refused: 'nothing-to-change' };
  if (incident.status !== 'resolved') return { refused: 'not-resolved' };
  return { events: [{ type: 'closed', note }] };
}

/** A warm issue that turned out to be nothing. */
export function decline(incident: Incident, { reason }: Decline): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (incident.status !== 'triage') return { refused: 'only-triage-is-declined' };
  return { events: [...withdrawn(incident), { type: 'declined', reason }] };
}

export function cancel(incident: Incident, { reason }: Cancel): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  return { events: [...withdrawn(incident), { type: 'cancelled', from: incident.status, reason }] };
}

/** It is the same as another one, where the work goes on. */
export function merge(incident: Incident, { into }: Merge): Decision {
  if (into.id === incident.id) return { refused: 'merge-into-itself' };
  if (isOver(incident)) return { refused: 'incident-over' };
  if (into.isOver) return { refused: 'merge-into-one-that-is-over' };
  // The other's people would read of what they are not invited to.
  if (incident.isPrivate && !into.isPrivate) return { refused: 'merge-private-into-public' };
  const { id, number, isPrivate } = into;
  return {
    events: [
      ...withdrawn(incident),
      { type: 'merged', from: incident.status, into: { id, number, ...(isPrivate && { isPrivate }) } },
    ],
  };
}

export function absorb(incident: Incident, { other }: Absorb): Decision {
  if (incident.absorbed.some(({ id }) => id === other.id)) return { events: [] };
  return { events: [{ type: 'absorbed', other }] };
}
