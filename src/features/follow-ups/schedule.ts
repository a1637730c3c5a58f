import { nextWorking } from '../../incident/working-hours.ts';
import type { Policy } from '../../policy.ts';

const day = 24 * 60 * 60_000;
type Rules = Pick<Policy, 'followUps' | 'workingHours'>;

/**
 * When its owner is reminded next: once some days before it is due, when it is, and again and again while it is overdue. Only while
 * people work: before the date it comes sooner rather than too late, afterwards later.
 */
export function nextReminder(due: Date, now: Date, policy: Rules): Date {
  const before = beforehand(due, policy);
  if (before && before > now) return before;
  const step = policy.followUps.remindDaysAfter * day;
  for (let times = Math.max(0, Math.floor((now.getTime() - due.getTime()) / step)); ; times++) {
    const at = nextWorking(new Date(due.getTime() + times * step), policy.workingHours);
    if (at > now) return at;
  }
}

/** Nobody has so many days off in a row that are not in the policy. */
const mostDaysOff = 31;

/** Undefined where people do not work between now and then: they hear of it when it is due. */
function beforehand(due: Date, { followUps, workingHours }: Rules): Date | undefined {
  for (let off = 0; off <= mostDaysOff; off++) {
    const at = new Date(due.getTime() - (followUps.remindDaysBefore + off) * day);
    const working = nextWorking(at, workingHours);
    // Moved to the morning, and not over days off to shortly before it is due.
    if (working < due && working.getTime() - at.getTime() < day) return working;
  }
  return undefined;
}
