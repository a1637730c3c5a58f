/** Who is on a schedule when, whether an escalation policy uses it or not: https://developer.pagerduty.com/api-reference/3f03afb2c84a4-get-a-schedule */
import { onCallsOf } from './on-call.ts';
import { type Call, timeIn } from './operation.ts';
import { seconds } from './shapes.ts';
import type { PagerSchedule } from './wire.ts';

const fortnight = 14 * 86_400_000;

export function finalSchedule({ desk, query }: Call, { id }: PagerSchedule) {
  const { account } = desk.book;
  const until = timeIn(query, 'until');
  const since = timeIn(query, 'since') ?? (until === undefined ? undefined : until - fortnight);
  const span = since === undefined ? undefined : { since, until: until ?? since + fortnight };
  const alone = { id: '', name: '', loops: 0, rules: [{ id: '', minutes: 0, targets: [id] }] };
  const whole = query.get('overflow') === 'true';
  const entries = (span ? onCallsOf(account, alone, span) : []).flatMap(({ user, start, end }) => {
    if (!span || start === null || end === null || end <= span.since || start >= span.until) return [];
    const from = whole ? start : Math.max(start, span.since);
    const to = whole ? end : Math.min(end, span.until);
    return [{ start: seconds(from), end: seconds(to), user: desk.refer.user(user) }];
  });
  return { name: 'Final Schedule', rendered_schedule_entries: entries };
}
