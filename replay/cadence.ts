import { updateDue } from '../src/incident/cadence.ts';
import type { OpenStatus } from '../src/incident/lifecycle.ts';
import type { Policy } from '../src/policy.ts';
import type { Plan, Step } from './plan.ts';

/** A history is silent for hours; people who keep their promise fill that with so many updates, then sleep. */
const mostInOneSilence = 2;
/** They write when the reminder has come and before it is due. Milliseconds. */
const ahead = 60_000;

/** The plan with the updates that are promised in it and that the source does not have; the clock begins anew with each. */
export function withPromises(plan: Plan, policy: Policy): Plan {
  const { severity } = plan;
  let stand = { severity, status: 'investigating' as OpenStatus | 'resolved', updateCount: 0 };
  let due: Date | undefined;
  const steps = plan.steps.flatMap((step, index) => {
    if (step.do === 'update') stand = { ...stand, updateCount: stand.updateCount + 1 };
    if (step.do === 'status') stand = { ...stand, status: step.to };
    if (step.do === 'resolve') stand = { ...stand, status: 'resolved' };
    const planned = updateDue(stand, step.at, policy);
    // A change of status buys no time.
    due = step.do === 'status' && due && planned && due < planned ? due : planned;
    const kept = keptUntil(plan.steps[index + 1]?.at ?? step.at, step.at);
    return [step, ...kept];
  });
  return { ...plan, steps };

  function keptUntil(next: Date, last: Date): Step[] {
    const kept: Step[] = [];
    for (let at = dueSoon(); at && at > last && at < next && kept.length < mostInOneSilence; at = dueSoon()) {
      kept.push({ at, do: 'update', text: 'No news yet; we are on it.', promised: true });
      stand = { ...stand, updateCount: stand.updateCount + 1 };
      due = updateDue(stand, at, policy);
    }
    return kept;
  }

  function dueSoon(): Date | undefined {
    return due && new Date(due.getTime() - ahead);
  }
}
