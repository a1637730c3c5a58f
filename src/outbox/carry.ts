import { type Desk, onceMore } from '../desk.ts';
import type { Log } from '../log.ts';
import type { Claimed } from '../store/outbox-claim.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Clock } from '../time.ts';
import { backOff } from './back-off.ts';
import type { Attempt, Done, EffectKind } from './effect.ts';
import { Held, Impossible, NotApplied } from './failures.ts';
import { lanes } from './lanes.ts';
import { overwriteAgain, overwriteLater } from './overwrite.ts';

/** How long an applied request may take to show up on the other side: nothing is sent again before that. Milliseconds. */
const settleTime = 25_000;
/** Somebody sleeps until a page gets through: it is tried at least this often. Milliseconds. */
const longestOfPage = 30_000;
/** Work that could not be done for this long after the first attempt is given up and said so. Milliseconds. */
const giveUpAfter = 24 * 60 * 60_000;

export interface CarrierParts<Outside> {
  store: Store;
  desk: Desk;
  kinds: EffectKind<Outside>[];
  outside: Outside;
  clock: Clock;
  log: Log;
  /** For metrics. */
  observe?: (kind: string, result: 'done' | 'adopted' | 'held' | 'retried' | 'unclear' | 'dead' | 'overtaken') => void;
}

/**
 * Carries one claimed row to the outside and writes down what came of it, the desk's part in the same transaction. `hold` hears which
 * gate a 429 closed, and until when by the clock.
 */
export function createCarrier<Outside>(
  parts: CarrierParts<Outside>,
  hold: (gate: string, until: number) => void,
): (row: Claimed) => Promise<void> {
  const { store, desk, outside, clock, log, observe = () => undefined } = parts;
  const kinds = new Map([...parts.kinds, overwriteAgain].map((kind) => [kind.kind, kind]));
  /** Nobody waits for the worker's own notes as somebody waits for an answer. */
  const transact = <T>(fn: (tx: Tx) => Promise<T>) => store.transact(fn, 'soon');

  async function carry(row: Claimed): Promise<void> {
    const kind = kinds.get(row.kind);
    let sent = false;
    try {
      if (!kind) throw new Impossible('unknown_effect', `this version knows no effect ${row.kind}`);
      const attempt = attemptOf(row);
      if (row.was !== 'waiting') {
        const verdict = await lookFirst(kind, row, attempt);
        if (verdict === 'settled') return;
        await transact((tx) => sendAgain(tx, row, kind));
      }
      sent = true;
      await settleDone(row, kind, await kind.run(row.payload, outside, attempt), 'done');
    } catch (error) {
      await onceMore(() => settleFailed(row, kind, error, sent)).catch((err: unknown) =>
        log.error({ err, effect: row.key, kind: row.kind }, 'could not settle an effect; its lease will run out'),
      );
    }
  }

  /** An earlier attempt may have been applied: look before sending again, and let it time to arrive. */
  async function lookFirst(kind: EffectKind<Outside>, row: Claimed, attempt: Attempt): Promise<'settled' | 'send'> {
    const looked = clock.now();
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
    // By when the look began: what landed while it was under way may not have been seen.
    if (kind.find && looked < runAt) {
      await transact((tx) => tx.outbox.settle(row, { state: 'unknown', runAt }, clock.now()));
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
      transact(async (tx) => {
        if (!(await tx.outbox.settle(row, { state: 'done', result: done.result }, clock.now()))) return false;
        if (done.keep) await tx.messages.keep(done.keep);
        if (row.incident && done.report)
          await desk.handleIn(tx, row.incident, done.report, { person: done.by ?? 'tocsin' });
        if (done.next) await tx.outbox.enqueue(done.next, clock.now());
        if (row.incident && kind.purpose) await troubleOver(tx, row, row.incident);
        return true;
      }),
    );
    observe(row.kind, kept ? how : 'overtaken');
  }

  async function settleFailed(
    row: Claimed,
    kind: EffectKind<Outside> | undefined,
    error: unknown,
    sent: boolean,
  ): Promise<void> {
    const now = clock.now();
    const attempts = row.attempts;
    const message = error instanceof Error ? error.message : String(error);
    const later = (ms: number) => new Date(now.getTime() + ms);

    if (error instanceof Held) {
      hold(error.gate ?? row.gate, later(error.retryAfterMs).getTime());
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
    const longest = row.lane === lanes.page ? longestOfPage : undefined;
    const wait = unclear && row.was === 'waiting' ? 0 : Math.min(backOff(attempts), longest ?? Infinity);
    // It may have left long after it was claimed: this process, or the machine, may have stood still.
    const sentAt = unclear && sent && { sentAt: now };
    await settle(row, { state: unclear ? 'unknown' : 'waiting', runAt: later(wait), error: message, ...sentAt });
  }

  async function dead(row: Claimed, kind: EffectKind<Outside> | undefined, error: unknown, why: string): Promise<void> {
    log.error({ effect: row.key, kind: row.kind, attempts: row.attempts, err: error }, 'effect failed for good');
    observe(row.kind, 'dead');
    await transact(async (tx) => {
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
    transact((tx) => tx.outbox.settle(row, to, clock.now()));

  return carry;
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
