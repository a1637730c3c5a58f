import { setTimeout as sleep } from 'node:timers/promises';
import { Gone } from '../../integrations/http.ts';
import type { DutyLevel } from '../../integrations/pager-shapes.ts';
import type { Paging } from '../../paging.ts';
import type { TargetPolicy } from '../../policy-paging.ts';
import { dutyOf } from './duty.ts';

/** Who is on call, lowest level first; or why that cannot be said. `unknown`: there is no way to ask, or nobody has asked lately. */
export type Duty = DutyLevel[] | 'silent' | 'gone' | 'unknown';

interface Asking {
  paging?: Paging | undefined;
  log?: { warn(fields: object, message: string): void };
}

/** What somebody looks at does not wait longer for the pager. Milliseconds. */
const patience = 1_500;

/** Who is on call as far as that was heard lately, without asking. */
export function dutyAtOnce(target: TargetPolicy, { paging }: Asking): Duty {
  const of = dutyOf(target);
  return (of && paging?.recentDuty?.remembered(of)) ?? 'unknown';
}

/** The same, and asked for. It comes within its time whether the pager answers or not. */
export async function dutySoon(target: TargetPolicy, { paging, log }: Asking): Promise<Duty> {
  const of = dutyOf(target);
  if (!of || !paging?.recentDuty) return 'unknown';
  const asked = paging.recentDuty.ask(of).catch((err: unknown): Duty => {
    log?.warn({ err }, 'could not ask PagerDuty who is on call');
    return err instanceof Gone ? 'gone' : 'silent';
  });
  return Promise.race([asked, sleep(patience, 'silent' as const, { ref: false })]);
}
