/** Everything that passed between Slack and the app, and every limit of Slack's the app ran into. */
import type { CallEntry, DeliveryEntry, LedgerEntry, Violation } from './wire.ts';

/** Enough for a long bench; the oldest go first. */
const most = 100_000;

type Fresh<T> = Omit<T, 'seq' | 'at'>;

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(now: () => number) {
  let seq = 0;
  let entries: LedgerEntry[] = [];
  let violations: Violation[] = [];
  const byKey = new Map<string, DeliveryEntry>();
  const watchers = new Set<() => void>();

  function add<T extends LedgerEntry>(entry: T): T {
    entries.push(entry);
    if (entries.length > most) {
      for (const old of entries.slice(0, most / 10)) if (old.kind === 'delivery') byKey.delete(old.key);
      entries = entries.slice(most / 10);
    }
    return entry;
  }

  const stamp = () => {
    seq += 1;
    return { seq, at: now() };
  };

  return {
    call: (entry: Fresh<CallEntry>): CallEntry => add({ ...stamp(), ...entry }),
    delivery(entry: Fresh<DeliveryEntry>): DeliveryEntry {
      const added = add<DeliveryEntry>({ ...stamp(), ...entry });
      byKey.set(added.key, added);
      return added;
    },
    byKey: (key: string) => byKey.get(key),
    /** What came after a number; of that the newest `last`. A number from before a restart is as none. */
    since: (after: number, last = most) => {
      const oldest = entries[0]?.seq ?? 0;
      const fresh = after <= 0 || after > seq ? entries : entries.slice(Math.max(0, after - oldest + 1));
      return fresh.length > last ? fresh.slice(-last) : fresh;
    },
    violation(kind: Violation['kind'], what: string, detail: Violation['detail'] = {}) {
      violations.push({ at: now(), kind, what, detail });
      for (const watch of watchers) watch();
    },
    violations: () => violations,
    onViolation: (watch: () => void) => {
      watchers.add(watch);
    },
    clear() {
      entries = [];
      violations = [];
      byKey.clear();
    },
  };
}
