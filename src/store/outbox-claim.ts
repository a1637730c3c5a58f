import { aliasedTable, and, asc, eq, inArray, lt, lte, notExists, notInArray, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

export interface Claim {
  owner: string;
  now: Date;
  /** Leases are measured with a clock that all replicas share: `tx.leaseClock()`. */
  leaseNow: Date;
  leaseMs: number;
  limit: number;
  /** What a 429 holds back at the moment. */
  heldGates?: readonly string[];
  /** Only this lane and the more urgent ones. */
  maxLane?: number;
}

/** A row that is this owner's to run until the lease ends. */
export interface Claimed {
  id: string;
  kind: string;
  key: string;
  incident?: string;
  lane: number;
  orderKey?: string;
  gate: string;
  payload: unknown;
  /** Comes back with the result: when it is no longer the row's, the result is not taken. */
  fence: number;
  /** This one included. */
  attempts: number;
  runAt: Date;
  createdAt: Date;
  /** When it was first put on the wire; undefined the first time. */
  firstSentAt?: Date;
  /** When it was last put on the wire, the attempt that begins now included unless it begins with a look. */
  lastSentAt?: Date;
  leaseUntil: Date;
  /** Its state before. Other than `waiting`: an earlier attempt may have arrived. */
  was: 'waiting' | 'unknown' | 'running';
}

/** Takes what is due, most urgent first, and writes down that it is about to be sent before anything is. */
export async function claim(ctx: Ctx, order: Claim): Promise<Claimed[]> {
  const { db, t } = ctx;
  const { outbox } = t;
  const leaseUntil = new Date(order.leaseNow.getTime() + order.leaseMs);
  // Postgres may run a subquery in `where` once per row, and then its limit limits nothing; a `with` that locks runs once.
  // The condition is repeated below so that no plan it may choose can take a row that somebody else has just claimed.
  const due = db.$with('due').as(dueIds(ctx, order));
  const rows = await db
    .with(due)
    .update(outbox)
    .set({
      state: 'running',
      claimedFrom: sql`${outbox.state}`,
      owner: order.owner,
      leaseUntil,
      fence: sql`${outbox.fence} + 1`,
      attempts: sql`${outbox.attempts} + 1`,
      firstSentAt: sql`coalesce(${outbox.firstSentAt}, ${sql.param(order.now, outbox.firstSentAt)})`,
      // A row in doubt is looked up first: it was last sent when it was last sent, not now.
      lastSentAt: sql`case when ${outbox.state} = 'waiting' then ${sql.param(order.now, outbox.lastSentAt)} else ${outbox.lastSentAt} end`,
    })
    .where(and(inArray(outbox.id, db.select({ id: due.id }).from(due)), claimable(ctx, order)))
    .returning();
  return rows.map((row) => toClaimed(row, leaseUntil)).toSorted(byUrgency);
}

function dueIds(ctx: Ctx, order: Claim) {
  const { db, t, skipLocked } = ctx;
  const { outbox } = t;
  return skipLocked(
    db
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          claimable(ctx, order),
          order.heldGates?.length ? notInArray(outbox.gate, [...order.heldGates]) : undefined,
          order.maxLane === undefined ? undefined : lte(outbox.lane, order.maxLane),
          notExists(earlierOfSameOrder(ctx)),
        ),
      )
      .orderBy(asc(outbox.lane), asc(outbox.runAt), asc(outbox.id))
      .limit(order.limit)
      .$dynamic(),
  );
}

function claimable({ t: { outbox } }: Ctx, { now, leaseNow }: Claim) {
  return and(
    unsettled(outbox),
    or(
      and(inArray(outbox.state, ['waiting', 'unknown']), lte(outbox.runAt, now)),
      and(eq(outbox.state, 'running'), lte(outbox.leaseUntil, leaseNow)),
    ),
  );
}

/** Written as in `db/schema.ts`, values and all: SQLite uses a partial index only where it can read its condition in the query. */
export function unsettled(outbox: Pick<Ctx['t']['outbox'], 'state'>) {
  return sql`${outbox.state} in ('waiting', 'running', 'unknown')`;
}

/** Work of one order key goes out one after the other: also behind a row that is not due yet, not behind a done or dead one. */
function earlierOfSameOrder({ db, t: { outbox } }: Ctx) {
  const earlier = aliasedTable(outbox, 'earlier');
  return db
    .select({ id: earlier.id })
    .from(earlier)
    .where(and(eq(earlier.orderKey, outbox.orderKey), lt(earlier.id, outbox.id), unsettled(earlier)));
}

function toClaimed(row: Ctx['t']['outbox']['$inferSelect'], leaseUntil: Date): Claimed {
  return {
    ...row,
    incident: row.incident ?? undefined,
    orderKey: row.orderKey ?? undefined,
    firstSentAt: row.attempts > 1 ? (row.firstSentAt ?? undefined) : undefined,
    lastSentAt: row.lastSentAt ?? undefined,
    leaseUntil,
    was: row.claimedFrom as Claimed['was'],
  };
}

const byUrgency = (a: Claimed, b: Claimed) =>
  a.lane - b.lane || Number(a.runAt) - Number(b.runAt) || (a.id < b.id ? -1 : 1);
