import type { Claimed } from '../store/outbox-claim.ts';
import type { Tx } from '../store/store.ts';
import { createAlarm } from './alarm.ts';
import { type CarrierParts, createCarrier } from './carry.ts';
import { lanes } from './lanes.ts';

/** A row is somebody else's when its worker has not renewed it for this long. Real milliseconds. */
const leaseTime = 15_000;
/** In a storm the outbox is asked for all that was planned or settled within this time at once. Milliseconds. */
const breath = 4;
/** How often to look for what other replicas left behind, and for an alarm that was lost. Real milliseconds. */
const lookEvery = 5_000;

export interface WorkerParts<Outside> extends CarrierParts<Outside> {
  owner: string;
  /** How many effects are on the wire at once; a quarter more is kept free for pages. */
  concurrency?: number;
}

export type Worker = ReturnType<typeof createWorker>;

/** Takes what the outbox holds to the outside, and brings back what it learned through the desk. */
export function createWorker<Outside>(parts: WorkerParts<Outside>) {
  const { store, clock, owner, log, concurrency = 24 } = parts;
  /** Nobody waits for the worker's own notes as somebody waits for an answer. */
  const transact = <T>(fn: (tx: Tx) => Promise<T>) => store.transact(fn, 'soon');
  const running = new Map<string, Promise<void>>();
  /** Gates that a 429 closed, and until when by the clock. */
  const held = new Map<string, number>();
  const carry = createCarrier(parts, (gate, until) => held.set(gate, Math.max(held.get(gate) ?? 0, until)));
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
    return transact(async (tx) =>
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

  async function renew(): Promise<void> {
    if (running.size === 0) return;
    await transact(async (tx) => {
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
