import { aliasedTable, and, desc, eq, exists, inArray, ne, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { cleanText } from '../../db/json.ts';

/** How an attempt ended. `waiting`: certainly not applied, try again at `runAt`; `unknown`: look at `runAt` whether it arrived. */
export interface Settlement {
  state: 'done' | 'dead' | 'waiting' | 'unknown';
  runAt?: Date;
  result?: unknown;
  error?: string;
  /** When it was on the wire at the latest, where that is later than when it was claimed. */
  sentAt?: Date;
  /** Sets the count, for an attempt that should not be held against the row (a 429). */
  attempts?: number;
}

/** False: the fence was lost, somebody else has the row by now. */
export async function settle(
  ctx: Ctx,
  { id, fence }: { id: string; fence: number },
  { state, runAt, result, error, attempts, sentAt }: Settlement,
  at: Date,
): Promise<boolean> {
  const { db, t } = ctx;
  const { outbox } = t;
  const settled = await db
    .update(outbox)
    .set({
      state: state === 'waiting' ? waitingUnlessSuperseded(ctx) : state,
      settledAt: at,
      owner: null,
      leaseUntil: null,
      error: error === undefined ? null : cleanText(error),
      ...(runAt && { runAt }),
      ...(sentAt && { lastSentAt: sentAt }),
      ...(result !== undefined && { result }),
      ...(attempts !== undefined && { attempts }),
    })
    .where(and(eq(outbox.id, id), eq(outbox.fence, fence), eq(outbox.state, 'running')))
    .returning({ id: outbox.id });
  return settled.length === 1;
}

/**
 * Newest first, so that of two rows of one key the newer waits and the older is superseded. A row that may have been applied is
 * looked up again before it is sent again.
 */
export async function revive(ctx: Ctx, ids: readonly string[], now: Date): Promise<void> {
  const { db, t } = ctx;
  const { outbox } = t;
  const dead = await db
    .select({ id: outbox.id, claimedFrom: outbox.claimedFrom })
    .from(outbox)
    .where(and(inArray(outbox.id, [...ids]), eq(outbox.state, 'dead')))
    .orderBy(desc(outbox.id));
  for (const { id, claimedFrom } of dead) {
    const certain = claimedFrom === 'waiting' || claimedFrom === null;
    await db
      .update(outbox)
      .set({
        state: certain ? waitingUnlessSuperseded(ctx) : 'unknown',
        settledAt: now,
        attempts: 0,
        runAt: now,
        fence: sql`${outbox.fence} + 1`,
      })
      .where(and(eq(outbox.id, id), eq(outbox.state, 'dead')));
  }
}

/** A newer plan under the same key may be waiting by now. It wins; this one certainly was not applied, so it is done with. */
function waitingUnlessSuperseded(ctx: Ctx) {
  return sql`case when ${newerIsWaiting(ctx)} then 'done' else 'waiting' end`;
}

function newerIsWaiting({ db, t: { outbox } }: Ctx) {
  const newer = aliasedTable(outbox, 'newer');
  return exists(
    db
      .select({ id: newer.id })
      .from(newer)
      .where(and(eq(newer.key, outbox.key), sql`${newer.state} = 'waiting'`, ne(newer.id, outbox.id))),
  );
}
