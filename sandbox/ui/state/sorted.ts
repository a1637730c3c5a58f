/** Messages in the order of their ts, whatever order they came in. */
import type { Message } from '../../wire.ts';

/** Where a ts is, or where it belongs. */
export function indexOfTs(messages: readonly Message[], ts: string): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.ts ?? '') < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** New ones come in, known ones are replaced, deleted ones go; the list that was given stays as it is. */
export function merged(messages: readonly Message[], changes: readonly Message[]): readonly Message[] {
  if (changes.length === 0) return messages;
  const next = [...messages];
  for (const change of changes) {
    const index = indexOfTs(next, change.ts);
    const isKnown = next[index]?.ts === change.ts;
    if (change.deleted) {
      if (isKnown) next.splice(index, 1);
    } else next.splice(index, isKnown ? 1 : 0, change);
  }
  return next;
}
