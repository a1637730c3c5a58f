/** Who is on call: schedules turn by the clock. */
import type { Account } from './account.ts';
import type { PagerPolicy, PagerSchedule } from './wire.ts';

const hour = 3_600_000;

/** Epoch ms; null where somebody is always on call. */
export type OnCall = {
  user: string;
  schedule: string | null;
  policy: string;
  level: number;
  start: number | null;
  end: number | null;
};

type Span = { since: number; until: number };

function shifts({ users, turnHours }: PagerSchedule, turnsFrom: number, { since, until }: Span) {
  const turnMs = turnHours * hour;
  const found: { user: string; start: number; end: number }[] = [];
  if (users.length === 0) return found;
  for (let turn = Math.floor((since - turnsFrom) / turnMs); ; turn += 1) {
    const start = turnsFrom + turn * turnMs;
    if (start > until) return found;
    const user = users[((turn % users.length) + users.length) % users.length];
    if (user) found.push({ user, start, end: start + turnMs });
  }
}

/** By level, then by time: https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls */
export function onCallsOf(account: Account, policy: PagerPolicy, span: Span): OnCall[] {
  return policy.rules.flatMap(({ targets }, index) =>
    targets.flatMap((target): OnCall[] => {
      const at = { policy: policy.id, level: index + 1 };
      const schedule = account.schedule(target);
      if (schedule)
        return shifts(schedule, account.state.turnsFrom, span).map((shift) => ({ ...at, schedule: target, ...shift }));
      return account.user(target) ? [{ ...at, user: target, schedule: null, start: null, end: null }] : [];
    }),
  );
}

/** Whom a level of the policy wakes at a moment. */
export function onCallAt(account: Account, policy: PagerPolicy, level: number, at: number): string[] {
  const found = onCallsOf(account, policy, { since: at, until: at }).filter((one) => one.level === level);
  return [...new Set(found.map(({ user }) => user))];
}

/** Who comes after those who are on call now, within a fortnight; nobody where it stays the same. */
export function nextOnCall(account: Account, policy: PagerPolicy, level: number, at: number): string[] {
  const span = { since: at, until: at + 14 * 24 * hour };
  const current = onCallAt(account, policy, level, at);
  const others = onCallsOf(account, policy, span).filter((one) => one.level === level && !current.includes(one.user));
  const first = Math.min(...others.map(({ start }) => start ?? 0));
  return others.filter(({ start }) => start === first).map(({ user }) => user);
}
