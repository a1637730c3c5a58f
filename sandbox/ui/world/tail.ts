/** The newest of the ledger, kept up to date while somebody looks and bounded however long they do. */
import type { LedgerEntry } from '../../wire.ts';

/** What a person scrolls through at most. */
export const mostKept = 1000;

export type Tail = { entries: LedgerEntry[]; newest: number };

export const emptyTail: Tail = { entries: [], newest: 0 };

/** How far back one that never settles may have everything asked for again. */
const mostAgain = 200;

/** A delivery that waits for its answer changes later: it is asked for again. */
export function askFrom({ entries, newest }: Tail): number {
  const waiting = entries.slice(-mostAgain).find((entry) => entry.kind === 'delivery' && entry.outcome === 'pending');
  return waiting ? waiting.seq - 1 : newest;
}

export function withFresh(tail: Tail, fresh: LedgerEntry[]): Tail {
  const last = fresh.at(-1);
  if (!last) return tail;
  // Numbers that begin again are those of a sandbox that was started anew.
  if (last.seq < tail.newest) return { entries: fresh, newest: last.seq };
  const bySeq = new Map(tail.entries.map((entry) => [entry.seq, entry]));
  for (const entry of fresh) bySeq.set(entry.seq, entry);
  const entries = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  return { entries: entries.slice(-mostKept), newest: last.seq };
}
