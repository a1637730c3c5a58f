import { minutes } from '../time.ts';

const within = minutes(5);
/** Addresses that are remembered at once: beyond it the ones that came first are forgotten. */
const mostKept = 10_000;

export type Attempts = ReturnType<typeof createAttempts>;

/** How often somebody tried from one address: no more than `most` times in five minutes. In memory: a restart forgives. */
export function createAttempts(now: () => Date, most: number) {
  const tried = new Map<string, { count: number; until: number }>();
  return {
    /** Counts one more, and says whether it was too many. */
    tooMany(from: string): boolean {
      const at = now().getTime();
      const before = tried.get(from);
      const counts = before && before.until > at ? before : { count: 0, until: at + within };
      counts.count += 1;
      tried.delete(from);
      tried.set(from, counts);
      const [oldest] = tried.keys();
      if (tried.size > mostKept && oldest !== undefined) tried.delete(oldest);
      return counts.count > most;
    },
  };
}
