import type { Gaps, Reading, Wish } from '../../store/captures.ts';

/** A `ts` as Slack writes them. */
export const tsOf = (time: Date): string => (Math.max(0, time.getTime()) / 1000).toFixed(6).padStart(17, '0');

/** What is asked for while something is being read comes after it; of two wishes the longer stretch holds. */
export function withWish(gaps: Gaps, wish: Wish, now: string): Gaps {
  const { reading, next, whole } = gaps;
  const begunWhole = reading && !reading.downTo ? reading.began : whole;
  if (begunWhole !== undefined && wish.upTo <= begunWhole) return gaps;
  if (!reading) return { ...gaps, reading: begun(wish, now) };
  return { ...gaps, next: next ? both(next, wish) : wish };
}

const begun = ({ upTo: _, ...wish }: Wish, began: string): Reading => ({ ...wish, began, threads: [] });

function both(one: Wish, other: Wish): Wish {
  const downTo = one.downTo && other.downTo ? earlier(one.downTo, other.downTo) : undefined;
  const check = one.check && other.check;
  return {
    ...(downTo && { downTo }),
    ...(check && { check }),
    since: earlier(one.since, other.since),
    upTo: later(one.upTo, other.upTo),
  };
}

const later = (one: string, other: string) => (one > other ? one : other);
const earlier = (one: string, other: string) => (one < other ? one : other);

/** A page of the surface was read. `last`: the oldest message of it. */
export function afterPage(
  reading: Reading,
  page: { last?: string | undefined; more: boolean; cursor?: string | undefined; threads: string[]; found: boolean },
): Reading {
  const { cursor: _, ...rest } = reading;
  const goesOn = page.more && (page.last ?? page.cursor);
  return {
    ...rest,
    threads: [...reading.threads, ...page.threads],
    ...(page.found && { found: true }),
    ...(page.last && { below: page.last }),
    // Slack may give a page without messages that is not the last: then only its own mark leads on.
    ...(!page.last && page.more && page.cursor && { cursor: page.cursor }),
    // A look needs one page with something on it.
    ...((!goesOn || (reading.check && page.last)) && { surfaced: true }),
  };
}

/** A page of the first thread was read. `last`: the newest reply of it. */
export function afterReplies(
  reading: Reading,
  page: { last?: string | undefined; more: boolean; cursor?: string | undefined; found: boolean },
): Reading {
  const { after, threadCursor: _, ...rest } = reading;
  const found = page.found && { found: true };
  if (!page.more || !page.cursor) return { ...rest, ...found, threads: reading.threads.slice(1) };
  const last = page.last ?? after;
  return { ...rest, ...found, ...(last && { after: last }), threadCursor: page.cursor };
}

/** What is left: undefined when all is read. */
export function left(gaps: Gaps, now: string): Gaps {
  const { reading, next } = gaps;
  if (!reading?.surfaced || reading.threads.length > 0) return gaps;
  // Events were lost that nobody had told us of: then also edits, reactions and what was deleted further up.
  const again = reading.check && reading.found ? { since: reading.since, upTo: now } : undefined;
  const wish = next && again ? both(next, again) : (next ?? again);
  const whole = reading.downTo ? gaps.whole : reading.began;
  return { ...(whole && { whole }), ...(wish && { reading: begun(wish, now) }) };
}
