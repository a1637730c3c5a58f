import type { Policy } from '../policy.ts';
import { type Severity, worse } from './severity.ts';

type Answer = Policy['decide'][number]['answers'][number];

export interface Verdict {
  /** Undefined: there is no reason to declare. */
  severity?: Severity;
  /** The answers that made it so severe. */
  because: Answer[];
  /** What was said of customers, for the form. */
  felt: 'yes' | 'no' | 'unknown';
}

/** Should I declare, and how severe? The worst answer decides, since unsure means the higher one. `chosen`: by question. */
export function verdictOf(chosen: number[], policy: Policy): Verdict {
  const answers = policy.decide.flatMap(({ answers: possible }, index) => possible[chosen[index] ?? -1] ?? []);
  const named = answers.flatMap(({ severity }) => severity ?? []);
  const felt = answers.find((answer) => answer.felt)?.felt ?? 'unknown';
  if (named.length === 0) return { because: answers, felt };
  const severity = named.reduce(worse);
  return { severity, because: answers.filter((answer) => answer.severity === severity), felt };
}
