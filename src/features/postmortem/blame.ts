import { type BlameRule, rulesFor } from './blame-rules.ts';
import { type Block, proseOf } from './prose.ts';

/** Something in a text that blames, with what to write in its place. `from` and `to` are places in the text. */
export interface BlameHint {
  from: number;
  to: number;
  rule: BlameRule['name'];
  why: string;
  rewrite: string;
}

/**
 * Looks through the writer's own prose; quotes and code are what others said and did. It points, and keeps nobody from publishing.
 * `people`: names of those who took part, as people write them. `share`: of customers affected at most, in percent.
 */
export function blameHints(markdown: string, people: string[], { share }: { share?: number } = {}): BlameHint[] {
  const rules = rulesFor(people, share);
  const hits = proseOf(markdown)
    .flatMap((block) => rules.flatMap((rule) => rule.finds.flatMap((find) => hitsOf(block, rule, find))))
    .sort((one, other) => one.from - other.from || other.to - one.to);
  // Of two that overlap the first says enough.
  let end = 0;
  return hits.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}

function hitsOf({ at, text }: Block, { name: rule, why, rewrite }: BlameRule, find: RegExp): BlameHint[] {
  return [...text.matchAll(find)].flatMap(({ indices }) => {
    const [from, to] = indices?.groups?.hit ?? indices?.[0] ?? [0, 0];
    return to > from ? [{ from: at + from, to: at + to, rule, why, rewrite }] : [];
  });
}
