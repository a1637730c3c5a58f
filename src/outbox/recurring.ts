import { scheduleJob } from 'node-schedule';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../time.ts';

const day = 24 * 60 * 60_000;
/** Deliveries hold what people typed and secrets that are long dead; a week is enough to find out what happened. */
const keepDeliveries = 7 * day;
const keepEffects = 7 * day;
/** Nobody has a form open for longer. */
const keepForms = 7 * day;
/** Longer than any look-up of a lost reply. */
const keepOwnPosts = 2 * day;
/** Whoever opens App Home again is remembered again. */
const keepHomes = 2 * day;
/** Those who are signed in to the web pages longer than they may be, or have been away for longer (src/web/sessions.ts). */
const keepSessions = { seen: day / 2, since: 7 * day };

/** Forgets what nobody needs any more. Doing it twice, or on every replica, forgets the same. */
export async function sweep(store: Store, now: Date): Promise<void> {
  const before = (age: number) => new Date(now.getTime() - age);
  await store.transact(async (tx) => {
    await tx.inbox.sweep(before(keepDeliveries));
    await tx.outbox.sweep(before(keepEffects));
    await tx.forms.sweep(before(keepForms));
    await tx.ownPosts.sweep(before(keepOwnPosts));
    await tx.homes.sweep(before(keepHomes));
    await tx.sessions.sweep({ seenBefore: before(keepSessions.seen), sinceBefore: before(keepSessions.since) });
    await tx.signIns.sweep(now);
  });
}

/** Every hour at seven past, when nothing else is planned. `jobs`: what else is to be done each hour. */
export function sweepHourly(store: Store, clock: Clock, log: Log, jobs: (() => Promise<void>)[] = []): () => void {
  const job = scheduleJob('7 * * * *', () => {
    for (const work of [() => sweep(store, clock.now()), ...jobs])
      work().catch((err: unknown) => log.error({ err }, 'could not sweep'));
  });
  return () => job.cancel();
}
