import { type Desk, onceMore } from '../desk.ts';
import type { Log } from '../log.ts';
import type { Claimed } from '../store/outbox-claim.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Clock } from '../time.ts';
import { createAlarm } from './alarm.ts';
import { backOff } from './back-off.ts';
import type { Attempt, Done, EffectKind } from './effect.ts';
import { Held, Impossible, NotApplied } from './failures.ts';
import { lanes } from './lanes.ts';
import { overwriteAgain, overwriteLater } from './overwrite.ts';

/** How long an applied request may take to show up on the other side: nothing is sent again before that. Milliseconds. */
const settleTime = 25_000;
/** Work that could not be done for this long after the first attempt is given up and said so. Milliseconds. */
const giveUpAfter = 24 * 60 * 60_000;
/** A row is somebody else's when its worker has not renewed it for this long. Real milliseconds. */
const leaseTime = 15_000;
/** In a storm the outbox is asked for all that was planned or settled within this time at once. Milliseconds. */
const breath = 4;
/** How often to look for what other replicas left behind, and for an alarm that was lost. Real milliseconds. */
const lookEvery = 5_000;

export interface WorkerParts<Outside> {
  store: Store;
  desk: Desk;
  kinds: EffectKind<Outside>[];
  outside: Outside;
  clock: Clock;
  owner: string;
  log: Log;
  /** How many effects are on the wire at once; a quarter more is kept free for pages. */
  concurrency?: number;
  /** For metrics. */
  observe?: (kind: string, result: 'done' | 'adopted' | 'held' | 'retried' | 'unclear' | 'dead' | 'overtaken') => void;
}

export type Worker = ReturnType<typeof createWorker>;

/** Takes what the outbox holds to the outside, and brings back what it learned through the desk. */
export function createWorker<Outside>(parts: WorkerParts<Outside>) {
  const { store, desk, outside, clock, owner, log, concurrency = 24, observe = () => undefined } = parts;
  const kinds = new Map([...parts.kinds, overwriteAgain].map((kind) => [kind.kind, kind]));
  const running = new Map<string, Promise<void>>();
  /** Gates that a 429 closed, and until when by the clock. */
  const held = new Map<string, number>();
  const alarm = createAlarm(clock, wake);
  let timers: NodeJS.Timeout[] = [];
  let turning: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  function wake(): void {
    if (stopped) return;
    if (turning !== undefined) {
      again = true;
      return;
    }
    turning = turn()
      .catch((error: unknown) => log.error({ err: error }, 'could not read the outbox'))
      .then(() => new Promise<void>((resolve) => setTimeout(resolve, breath)))
      .finally(() => {
        turning = undefined;
        if (again) wake();
      });
  }

  async function turn(): Promise<void> {
    again = false;
    const now = clock.now();
    const room = concurrency - running.size;
    const limit = room > 0 ? room : Math.ceil(concurrency / 4) + room;
    const rows = limit > 0 ? await claim(now, limit, room > 0 ? lanes.cosmetic : lanes.page) : [];
    for (const row of rows) {
      const work = carry(row).finally(() => {
        running.delete(row.id);
        wake();
      });
      running.set(row.id, work);
    }
    // Fewer than asked for: the rest is not due, or held, or waits for one of these.
    if (rows.length > 0 && rows.length === limit) again = true;
    else alarm.setTo(await nextDue(now));
  }

  async function claim(now: Date, limit: number, maxLane: number): Promise<Claimed[]> {
    return store.transact(async (tx) =>
      tx.outbox.claim({
        owner,
        now,
        leaseNow: await tx.leaseClock(),
        leaseMs: leaseTime,
        limit,
        heldGates: closedGates(now),
        maxLane,
      }),
    );
  }

  /** What was due at `now` and was not claimed is held or blocked: a gate that opens or a row that settles frees it. */
  async function nextDue(now: Date): Promise<Date | undefined> {
    const planned = await store.read((tx) => tx.outbox.earliest(now));
    const times = [...held.values(), ...(planned ? [planned.getTime()] : [])];
    return times.length > 0 ? new Date(Math.min(...times)) : undefined;
  }

  function closedGates(now: Date): string[] {
    for (const [gate, until] of held) if (until <= now.getTime()) held.delete(gate);
    return [...held.keys()];
  }

  async function carry(row: Claimed): Promise<void> {
    const kind = kinds.get(row.kind);
    try {
      if (!kind) throw new Impossible('unknown_effect', `this version knows no effect ${row.kind}`);
      const attempt = attemptOf(row);
      if (row.was !== 'waiting') {
        const verdict = await lookFirst(kind, row, attempt);
        if (verdict === 'settled') return;
        await store.transact((tx) => sendAgain(tx, row, kind));
      }
      await settleDone(row, kind, await kind.run(row.payload, outside, attempt), 'done');
    } catch (error) {
      await onceMore(() => settleFailed(row, kind, error)).catch((err: unknown) =>
        log.error({ err, effect: row.key, kind: row.kind }, 'could not settle an effect; its lease will run out'),
      );
    }
  }

  /** An earlier attempt may have been applied: look before sending again, and let it time to arrive. */
  async function lookFirst(kind: EffectKind<Outside>, row: Claimed, attempt: Attempt): Promise<'settled' | 'send'> {
    const found = await kind.find?.(row.payload, outside, attempt);
    if (found) {
      await settleDone(row, kind, found, 'adopted');
      return 'settled';
    }
    if (kind.whenUnknown === 'once') {
      await settleDone(row, kind, { result: { unknown: true } }, 'done');
      return 'settled';
    }
    const runAt = settledAt(row);
    if (kind.find && clock.now() < runAt) {
      await store.transact((tx) => tx.outbox.settle(row, { state: 'unknown', runAt }, clock.now()));
      return 'settled';
    }
    return 'send';
  }

  async function sendAgain(tx: Tx, row: Claimed, kind: EffectKind<Outside>): Promise<void> {
    const now = clock.now();
    await tx.outbox.sent(row, now);
    const runAt = settledAt(row);
    if (kind.whenUnknown === 'overwrite' && now < runAt) await tx.outbox.enqueue([overwriteLater(row, runAt)], now);
  }

  async function settleDone(
    row: Claimed,
    kind: EffectKind<Outside>,
    done: Done,
    how: 'done' | 'adopted',
  ): Promise<void> {
    const kept = await onceMore(() =>
      store.transact(async (tx) => {
        if (!(await tx.outbox.settle(row, { state: 'done', result: done.result }, clock.now()))) return false;
        if (row.incident && done.report) await desk.handleIn(tx, row.incident, done.report, { person: 'tocsin' });
        if (done.next) await tx.outbox.enqueue(done.next, clock.now());
        if (row.incident && kind.purpose) await troubleOver(tx, row, row.incident);
        return true;
      }),
    );
    observe(row.kind, kept ? how : 'overtaken');
  }

  async function settleFailed(row: Claimed, kind: EffectKind<Outside> | undefined, error: unknown): Promise<void> {
    const now = clock.now();
    const attempts = row.attempts;
    const message = error instanceof Error ? error.message : String(error);
    const later = (ms: number) => new Date(now.getTime() + ms);

    if (error instanceof Held) {
      const gate = error.gate ?? row.gate;
      held.set(gate, Math.max(held.get(gate) ?? 0, later(error.retryAfterMs).getTime()));
      observe(row.kind, 'held');
      // Not an attempt: nothing was wrong with it. What was in doubt before stays in doubt.
      const state = row.was === 'waiting' ? 'waiting' : 'unknown';
      await settle(row, { state, runAt: later(error.retryAfterMs), attempts: attempts - 1, error: message });
      return;
    }
    const unclear = !(error instanceof NotApplied) || row.was !== 'waiting';
    // What may have been applied just now is looked for before it is given up: trying it again later must not do it twice.
    const looked = !unclear || row.was !== 'waiting';
    const tooOld = now.getTime() - (row.firstSentAt ?? now).getTime() > giveUpAfter;
    if (error instanceof Impossible || (tooOld && looked)) return dead(row, kind, error, message);

    observe(row.kind, unclear ? 'unclear' : 'retried');
    log.warn({ effect: row.key, kind: row.kind, attempts, unclear, err: error }, 'effect failed, will be tried again');
    // The first look comes at once: most lost replies are of requests that arrived.
    const wait = unclear && row.was === 'waiting' ? 0 : backOff(attempts);
    await settle(row, { state: unclear ? 'unknown' : 'waiting', runAt: later(wait), error: message });
  }

  async function dead(row: Claimed, kind: EffectKind<Outside> | undefined, error: unknown, why: string): Promise<void> {
    log.error({ effect: row.key, kind: row.kind, attempts: row.attempts, err: error }, 'effect failed for good');
    observe(row.kind, 'dead');
    await store.transact(async (tx) => {
      if (!(await tx.outbox.settle(row, { state: 'dead', error: why }, clock.now()))) return;
      const { incident } = row;
      const what = kind?.purpose;
      if (!incident || !what) return;
      await desk.handleIn(tx, incident, { type: 'reportTrouble', effect: row.key, what, why }, { person: 'tocsin' });
    });
  }

  const troubleOver = (tx: Tx, row: Claimed, incident: string) =>
    desk.handleIn(tx, incident, { type: 'reportTroubleOver', effect: row.key }, { person: 'tocsin' });

  const settle = (row: Claimed, to: Parameters<Tx['outbox']['settle']>[1]) =>
    store.transact((tx) => tx.outbox.settle(row, to, clock.now()));

  async function renew(): Promise<void> {
    if (running.size === 0) return;
    await store.transact(async (tx) => {
      const leaseUntil = new Date((await tx.leaseClock()).getTime() + leaseTime);
      await tx.outbox.renew(owner, [...running.keys()], leaseUntil);
    });
  }

  return {
    wake,
    /** `alone`: no other process can be at work on this database, so whatever was on the wire is free at once. */
    async start({ alone }: { alone: boolean }): Promise<void> {
      if (alone) await store.transact((tx) => tx.outbox.freeAll(owner));
      stopped = false;
      const failed = (err: unknown) => log.error({ err }, 'could not renew leases');
      timers = [setInterval(wake, lookEvery), setInterval(() => void renew().catch(failed), leaseTime / 3)];
      wake();
    },
    /** Stops taking work and waits for what is on the wire, at most `ms` real milliseconds. */
    async stop(ms = 8_000): Promise<void> {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await turning;
      // Not before: the turn that just ended may have set it.
      alarm.stop();
      await Promise.race([
        Promise.allSettled(running.values()),
        new Promise((resolve) => setTimeout(resolve, ms).unref()),
      ]);
    },
    /** How many effects are on the wire. */
    busy: () => running.size,
  };
}

/** From when on the last attempt can no longer land. */
const settledAt = (row: Claimed) => new Date((row.lastSentAt ?? row.createdAt).getTime() + settleTime);

const attemptOf = (row: Claimed): Attempt => ({
  id: row.id,
  key: row.key,
  // A row that was given up and revived counts its attempts anew; it was sent at some time after it was written.
  ...(row.was !== 'waiting' && { firstSentAt: row.firstSentAt ?? row.createdAt }),
  ...(row.incident && { incident: row.incident }),
});
