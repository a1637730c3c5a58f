import { Severity, severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import { nearest } from '../../slack/nearest.ts';
import type { Rule } from '../../store/subscriptions.ts';

/** What somebody wants to follow, as they typed it. */
export type Wish =
  | { incident: number }
  | { here: true }
  | { rule: Rule }
  /** Nothing that is there; perhaps they meant `near`. */
  | { near: string | undefined };

const everything = new Set(['all', 'everything', 'every']);
const here = new Set(['this', 'here']);

/** `#7` and `7` are incidents, so a severity is said in full: `sev1`. */
export function readWish(typed: string, policy: Policy): Wish {
  const word = typed.trim().toLowerCase();
  if (everything.has(word)) return { rule: { what: 'all', of: '' } };
  if (here.has(word)) return { here: true };
  const number = /^#?(\d{1,9})$/.exec(word)?.[1];
  if (number) return { incident: Number(number) };
  const severity = severityOf(word, policy);
  if (severity) return { rule: { what: 'severity', of: severity } };
  const service = Object.entries(policy.services).find(
    ([key, { name }]) => key === word || name.toLowerCase() === word,
  );
  if (service) return { rule: { what: 'service', of: service[0] } };
  return { near: nearest(word, ['all', ...severities, ...Object.keys(policy.services)]) };
}

function severityOf(word: string, policy: Policy): Severity | undefined {
  const bare = word.replace(/[\s-]+/g, '').replace(/(orworse|andworse|\+)$/, '');
  const byKey = Severity.safeParse(bare);
  return byKey.data ?? severities.find((key) => policy.severities[key].name.toLowerCase() === word);
}
