import { and, asc, count, desc, eq, gt, inArray, lt, min, ne, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { newId } from '../ids.ts';
import type { Effect } from '../outbox/effect.ts';
import { lanes } from '../outbox/lanes.ts';
import { batchesOf } from './batches.ts';
import { type Claim, claim, unsettled } from './outbox-claim.ts';
import { revive, type Settlement, settle } from './outbox-settle.ts';

export type OutboxState = 'waiting' | 'running' | 'unknown' | 'done' | 'dead';
export type OutboxRow = Omit<Ctx['t']['outbox']['$inferSelect'], 'state'> & { state: OutboxState };

export function outboxReads({ db, t: { outbox } }: Ctx) {
  return {
    /** When the next row is due. With `after`, rows due by then are passed over: what still waits is held or blocked. */
    async earliest(after?: Date): Promise<Date | undefined> {
      const [row] = await db
        .select({ at: min(outbox.runAt) })
        .from(outbox)
        .where(and(unsettled(outbox), inArray(outbox.state, ['waiting', 'unknown']), after && gt(outbox.runAt, after)));
      return row?.at ?? undefined;
    },

    /** Since when the longest unfinished work of each lane has been due; another attempt later does not make it younger. */
    async dueSince(now: Date): Promise<{ lane: number; since: Date }[]> {
      const since = sql<Date>`coalesce(${outbox.firstSentAt}, ${outbox.runAt})`;
      return db
        .select({ lane: outbox.lane, since: sql<Date>`min(${since})`.mapWith(outbox.runAt) })
        .from(outbox)
        .where(and(unsettled(outbox), sql`${since} <= ${sql.param(now, outbox.runAt)}`))
        .groupBy(outbox.lane)
        .orderBy(asc(outbox.lane));
    },

    /** When the next lease of somebody other than `owner` ends. */
    async leaseEarliest(owner: string): Promise<Date | undefined> {
      const [row] = await db
        .select({ at: min(outbox.leaseUntil) })
        .from(outbox)
        .where(and(unsettled(outbox), eq(outbox.state, 'running'), ne(outbox.owner, owner)));
      return row?.at ?? undefined;
    },

    /** What has failed for good, newest first. */
    async dead(incident?: string): Promise<OutboxRow[]> {
      const rows = await db
        .select()
        .from(outbox)
        .where(and(sql`${outbox.state} = 'dead'`, incident === undefined ? undefined : eq(outbox.incident, incident)))
        .orderBy(desc(outbox.id));
      return rows.map(toRow);
    },

    /** Every row of this key that is still kept, newest first. */
    async byKey(key: string): Promise<OutboxRow[]> {
      return (await db.select().from(outbox).where(eq(outbox.key, key)).orderBy(desc(outbox.id))).map(toRow);
    },

    async counts(): Promise<{ lane: number; state: OutboxState; count: number }[]> {
      const rows = await db
        .select({ lane: outbox.lane, state: outbox.state, count: count() })
        .from(outbox)
        .groupBy(outbox.lane, outbox.state)
        .orderBy(asc(outbox.lane), asc(outbox.state));
      return rows.map((row) => ({ ...row, state: row.state as OutboxState }));
    },
  };
}

export function outboxWrites(ctx: Ctx) {
  const { db, t } = ctx;
  const { outbox } = t;
  return {
    /** An effect whose key is waiting already changes that row and leaves it its place. Of one key given twice the last counts. */
    async enqueue(effects: readonly Effect[], now: Date): Promise<void> {
      const latest = new Map(effects.map((effect) => [effect.key, effect]));
      for (const batch of batchesOf(latest.values())) {
        await db
          .insert(outbox)
          .values(batch.map((effect) => newRow(effect, now)))
          .onConflictDoUpdate({ target: outbox.key, targetWhere: sql`state = 'waiting'`, set: rewritten(ctx) });
      }
    },

    claim: (order: Claim) => claim(ctx, order),
    /** A row that was looked up in vain is about to be sent again. */
    async sent({ id, fence }: { id: string; fence: number }, at: Date): Promise<void> {
      await db
        .update(outbox)
        .set({ lastSentAt: at })
        .where(and(eq(outbox.id, id), eq(outbox.fence, fence)));
    },

    settle: (row: { id: string; fence: number }, settlement: Settlement, at: Date) => settle(ctx, row, settlement, at),
    /** Gives dead rows a new start. */
    revive: (ids: readonly string[], now: Date) => revive(ctx, ids, now),

    async renew(owner: string, ids: readonly string[], leaseUntil: Date): Promise<void> {
      if (ids.length === 0) return;
      await db
        .update(outbox)
        .set({ leaseUntil })
        .where(and(inArray(outbox.id, [...ids]), eq(outbox.owner, owner), eq(outbox.state, 'running')));
    },

    /** At the start, where nobody else can be running anything: ends every lease but this owner's. */
    async freeAll(owner: string): Promise<void> {
      await db
        .update(outbox)
        .set({ leaseUntil: new Date(0) })
        .where(and(unsettled(outbox), eq(outbox.state, 'running'), ne(outbox.owner, owner)));
    },

    /** Forgets what was done before `before`; returns how many. */
    async sweep(before: Date): Promise<number> {
      const swept = await db
        .delete(outbox)
        .where(and(eq(outbox.state, 'done'), lt(outbox.settledAt, before)))
        .returning({ id: outbox.id });
      return swept.length;
    },
  };
}

function newRow(effect: Effect, now: Date): Ctx['t']['outbox']['$inferInsert'] {
  return {
    id: newId('eff'),
    kind: effect.kind,
    key: effect.key,
    incident: effect.incident,
    lane: lanes[effect.lane],
    orderKey: effect.orderKey,
    gate: effect.gate,
    payload: effect.payload,
    state: 'waiting',
    fence: 0,
    attempts: 0,
    runAt: effect.runAt ?? now,
    createdAt: now,
  };
}

/** The newer plan takes everything but the row's id and age. It has not been tried yet, so it starts with all its attempts. */
function rewritten({ t: { outbox } }: Ctx) {
  return {
    kind: sql`excluded.kind`,
    incident: sql`excluded.incident`,
    lane: sql`excluded.lane`,
    orderKey: sql`excluded.order_key`,
    gate: sql`excluded.gate`,
    payload: sql`excluded.payload`,
    runAt: sql`excluded.run_at`,
    attempts: 0,
    fence: sql`${outbox.fence} + 1`,
    firstSentAt: null,
    lastSentAt: null,
    error: null,
  };
}

const toRow = (row: Ctx['t']['outbox']['$inferSelect']): OutboxRow => ({ ...row, state: row.state as OutboxState });
