/** Up the levels of an escalation policy. */
import { type Book, log, setStatus, type When } from './note.ts';
import { onCallAt } from './on-call.ts';
import { Refused } from './refused.ts';
import type { PagerIncident, PagerPolicy } from './wire.ts';

const minute = 60_000;

/** The first level from here on that has somebody; undefined when there is none. */
export function levelWithSomebody(
  { account }: Book,
  policy: PagerPolicy,
  from: number,
  at: number,
): { level: number; users: string[] } | undefined {
  for (let level = from; level <= policy.rules.length; level += 1) {
    const users = onCallAt(account, policy, level, at);
    if (users.length > 0) return { level, users };
  }
  return undefined;
}

/** Assigned to people and rung at them. */
export function assign({ account }: Book, incident: PagerIncident, users: string[], when: When) {
  incident.assignees = users.map((user) => ({ user, at: when.at }));
  incident.acknowledgements = [];
  incident.unacknowledgesAt = null;
  log(account, incident, 'assign', when, { users });
  for (const user of users) log(account, incident, 'notify', { by: null, at: when.at }, { users: [user] });
}

/** To a level, or the next above it that has somebody; the time until the next one runs from here. */
export function toLevel(book: Book, incident: PagerIncident, from: number, when: When): boolean {
  const policy = book.account.policy(incident.policy);
  const found = policy && levelWithSomebody(book, policy, from, when.at);
  if (!found) return false;
  incident.level = found.level;
  incident.assignedVia = 'escalation_policy';
  assign(book, incident, found.users, when);
  incident.escalatesAt = when.at + (policy.rules[found.level - 1]?.minutes ?? 0) * minute;
  book.plan(incident);
  return true;
}

/** Somebody wants the next level, or one by its number; who had acknowledged is asked no more. */
export function escalate(book: Book, incident: PagerIncident, level: number | undefined, when: When) {
  if (incident.status === 'resolved') throw new Refused('alreadyResolved');
  const levels = book.account.policy(incident.policy)?.rules.length ?? 0;
  const wanted = level ?? incident.level + 1;
  if (wanted < 1 || wanted > levels) throw new Refused('cannotEscalate');
  if (!toLevel(book, incident, wanted, when)) throw new Refused('nobodyOnCall');
  setStatus(incident, 'triggered', when);
  log(book.account, incident, 'escalate', when, { users: incident.assignees.map(({ user }) => user) });
  book.emit('incident.escalated', incident, when);
}

/** Nobody answered in time: the next level, from the first again as often as the policy says, then no more. */
export function escalateByItself(book: Book, incident: PagerIncident, at: number) {
  const when = { by: null, at };
  const policy = book.account.policy(incident.policy);
  incident.escalatesAt = null;
  const goesUp = toLevel(book, incident, incident.level + 1, when);
  if (!goesUp && incident.loops >= (policy?.loops ?? 0)) {
    log(book.account, incident, 'exhaust_escalation_path', when);
    return;
  }
  if (!goesUp) {
    incident.loops += 1;
    log(book.account, incident, 'repeat_escalation_path', when);
    if (!toLevel(book, incident, 1, when)) return;
  }
  log(book.account, incident, 'escalate', when, { users: incident.assignees.map(({ user }) => user) });
  book.emit('incident.escalated', incident, when);
}
