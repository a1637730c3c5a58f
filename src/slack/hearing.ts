import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../time.ts';

export interface HearingParts {
  store: Store;
  clock: Clock;
  log: Log;
  /** Whether Slack can reach us now. */
  hears: () => boolean;
  /** Slack may not have told everything since then. */
  missed: (since: Date) => Promise<void>;
}

/** In the table `meta`: when Slack could last reach us. */
const name = 'heard-until';
/** How often to look and to write it down. Real milliseconds. */
const lookEvery = 5_000;
const keepEvery = 30_000;

/** Knows since when Slack could not reach us: this process was not there, or its connections were gone. */
export function createHearing({ store, clock, log, hears, missed }: HearingParts) {
  let heardAt: Date | undefined;
  let keptAt = Number.NEGATIVE_INFINITY;
  let deaf = false;
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();

  const guarded = (work: () => Promise<void>) => {
    working = working
      .then(work)
      .catch((err: unknown) => log.error({ err }, 'could not plan to read what Slack may not have told'));
  };

  async function look(): Promise<void> {
    if (!hears()) {
      deaf = true;
      return;
    }
    const now = clock.now();
    if (deaf && heardAt) await missed(heardAt);
    deaf = false;
    heardAt = now;
    if (performance.now() - keptAt >= keepEvery) await keep(now);
  }

  async function keep(now: Date): Promise<void> {
    await store.transact((tx) => tx.meta.set(name, now.toISOString()), 'soon');
    keptAt = performance.now();
  }

  /** What is planned now need not be planned once more by whoever starts next. */
  async function missedUntilNow(since: Date): Promise<void> {
    const now = clock.now();
    await missed(since);
    await keep(now);
  }

  return {
    /** What happened while this program was not running is missed first of all. */
    async start(): Promise<void> {
      const kept = await store.read((tx) => tx.meta.get(name));
      const since = new Date(kept ?? 0);
      guarded(() => missedUntilNow(since));
      heardAt = since;
      timer = setInterval(() => guarded(look), lookEvery);
      await working;
    },
    missed: (since: Date) => guarded(() => missed(since)),
    async stop(): Promise<void> {
      clearInterval(timer);
      await working;
    },
  };
}
