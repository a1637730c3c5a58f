import { and, asc, eq, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { batchesOf } from './batches.ts';

/** Something that came in, as it is stored before it is acknowledged. */
export interface Delivery {
  key: string;
  kind: string;
  body: unknown;
  receivedAt: Date;
}

export interface Unfinished extends Delivery {
  /** How often it was begun, this time included. */
  attempts: number;
  outcome?: unknown;
}

export function inboxReads({ db, t: { inbox } }: Ctx) {
  return {
    /** What the desk answered, if it did. */
    async outcome(key: string): Promise<unknown> {
      const [row] = await db.select({ outcome: inbox.outcome }).from(inbox).where(eq(inbox.key, key));
      return row?.outcome ?? undefined;
    },

    async body(key: string): Promise<unknown> {
      const [row] = await db.select({ body: inbox.body }).from(inbox).where(eq(inbox.key, key));
      return row?.body;
    },
  };
}

export function inboxWrites(ctx: Ctx) {
  const { db, t } = ctx;
  const { inbox } = t;
  return {
    /** Returns the keys that were new; the others are repeats. The work on them begins now, so this counts as an attempt. */
    async store(deliveries: readonly Delivery[], owner: string, leaseUntil: Date): Promise<Set<string>> {
      const fresh = { state: 'received', attempts: 1, owner, leaseUntil };
      const keys = new Set<string>();
      for (const batch of batchesOf(deliveries)) {
        const rows = await db
          .insert(inbox)
          .values(batch.map((delivery) => ({ ...delivery, ...fresh })))
          .onConflictDoNothing()
          .returning({ key: inbox.key });
        for (const { key } of rows) keys.add(key);
      }
      return keys;
    },

    /** True for the first outcome of a delivery; a later one is not taken. */
    async recordOutcome(key: string, outcome: unknown): Promise<boolean> {
      const first = await db
        .update(inbox)
        .set({ outcome })
        .where(and(eq(inbox.key, key), isNull(inbox.outcome)))
        .returning({ key: inbox.key });
      return first.length === 1;
    },

    async finish(keys: readonly string[]): Promise<void> {
      if (keys.length === 0) return;
      const done = { state: 'done', owner: null, leaseUntil: null };
      await db
        .update(inbox)
        .set(done)
        .where(inArray(inbox.key, [...keys]));
    },

    unfinished: (claim: UnfinishedClaim) => unfinished(ctx, claim),

    /** Keeps everything that `owner` works on from being taken over. */
    async renew(owner: string, leaseUntil: Date): Promise<void> {
      await db
        .update(inbox)
        .set({ leaseUntil })
        .where(and(eq(inbox.owner, owner), sql`${inbox.state} = 'received'`));
    },

    /** Forgets what was finished and came before `before`; returns how many. */
    async sweep(before: Date): Promise<number> {
      const swept = await db
        .delete(inbox)
        .where(and(eq(inbox.state, 'done'), lt(inbox.receivedAt, before)))
        .returning({ key: inbox.key });
      return swept.length;
    },
  };
}

export interface UnfinishedClaim {
  owner: string;
  now: Date;
  leaseUntil: Date;
  /** At the start, where nobody else can be working: takes everything that is not this owner's, whatever its lease says. */
  freeAll?: boolean;
  limit?: number;
}

/** Takes over deliveries whose owner is gone, oldest first. */
async function unfinished(ctx: Ctx, { owner, now, leaseUntil, freeAll, limit = 100 }: UnfinishedClaim) {
  const { db, t, skipLocked } = ctx;
  const { inbox } = t;
  const abandoned = and(
    // Written as in `db/schema.ts`, so that SQLite uses the partial index.
    sql`${inbox.state} = 'received'`,
    or(isNull(inbox.owner), lte(inbox.leaseUntil, now), freeAll ? ne(inbox.owner, owner) : undefined),
  );
  // Both the `with` and the repeated condition are needed on Postgres; `outbox-claim.ts` says why.
  const oldest = db
    .$with('oldest')
    .as(
      skipLocked(
        db
          .select({ key: inbox.key })
          .from(inbox)
          .where(abandoned)
          .orderBy(asc(inbox.receivedAt), asc(inbox.key))
          .limit(limit)
          .$dynamic(),
      ),
    );
  const rows = await db
    .with(oldest)
    .update(inbox)
    .set({ owner, leaseUntil, attempts: sql`${inbox.attempts} + 1` })
    .where(and(inArray(inbox.key, db.select({ key: oldest.key }).from(oldest)), abandoned))
    .returning();
  return rows
    .map(toUnfinished)
    .toSorted((a, b) => Number(a.receivedAt) - Number(b.receivedAt) || (a.key < b.key ? -1 : 1));
}

function toUnfinished(row: Ctx['t']['inbox']['$inferSelect']): Unfinished {
  const { key, kind, body, receivedAt, attempts, outcome } = row;
  return { key, kind, body, receivedAt, attempts, outcome: outcome ?? undefined };
}
