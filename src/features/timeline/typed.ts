import { readTime } from '../lifecycle/when.ts';

export type Typed =
  | { what: 'show' }
  /** Without `at` it is now. */
  | { what: 'add'; text: string; at?: Date }
  /** Ends in something that looks like a time, and is none. */
  | { what: 'not-a-time'; when: string };

/** "…, 20 minutes ago" says when without an "at". */
const ago = /^([\s\S]*?)[\s,;]*\b((?:\d+|an?|half an)\s*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|m|h)\s+ago)$/i;
const clock = /^\d{1,2}[:.]\d{2}\S*$/;

/**
 * What was typed after `/incident timeline`: what happened, and when, if an "at" or an "ago" at the end says so. `zone`: seconds
 * east of UTC where the person is.
 */
export function readEntry(typed: string, now: Date, zone: number): Typed {
  const said = typed.trim();
  if (said === '') return { what: 'show' };
  const ends = [...said.matchAll(/(?:^|[\s,;]+)at\s+/gi)].map((found) => ({
    text: said.slice(0, found.index),
    when: said.slice(found.index + found[0].length),
  }));
  for (const { text, when } of ends) {
    const at = readTime(when, now, zone);
    if (at) return { what: 'add', text, at };
  }
  const [, text = '', when = ''] = ago.exec(said) ?? [];
  const at = when ? readTime(when, now, zone) : undefined;
  if (at) return { what: 'add', text, at };
  const last = ends.at(-1)?.when ?? '';
  return clock.test(last) ? { what: 'not-a-time', when: last } : { what: 'add', text: said };
}
