import { sql } from 'drizzle-orm';
import type { Columns } from './columns.pg.ts';

/** Every table, once. The engine is chosen by the columns given; `sqlite.ts` and `pg.ts` do that for drizzle-kit. */
export function defineSchema({ table, index, uniqueIndex, text, int, flag, time, json }: Columns) {
  /** Facts about this database itself: the Slack team it belongs to. */
  const meta = table('meta', { name: text('name').primaryKey(), value: text('value').notNull() });

  const counters = table('counters', { name: text('name').primaryKey(), value: int('value').notNull() });

  /** Each policy ever booted with; an incident keeps the version it began under. */
  const policies = table('policies', {
    version: text('version').primaryKey(),
    body: json<unknown>('body').notNull(),
    firstSeen: time('first_seen').notNull(),
  });

  const incidents = table(
    'incidents',
    {
      id: text('id').primaryKey(),
      number: int('number').notNull(),
      status: text('status').notNull(),
      channel: text('channel'),
      isPrivate: flag('is_private').notNull(),
      isPractice: flag('is_practice').notNull(),
      /** Raised by one with every accepted command: two writers cannot both win. */
      version: int('version').notNull(),
      declaredAt: time('declared_at').notNull(),
      /** The incident as `src/incident/incident.ts` describes it; the columns above repeat what is searched by. */
      body: json<unknown>('body').notNull(),
    },
    (t) => [
      uniqueIndex('incidents_number').on(t.number),
      uniqueIndex('incidents_channel').on(t.channel).where(sql`channel is not null`),
      index('incidents_status').on(t.status, t.declaredAt),
    ],
  );

  /** The record: every event of every incident, in order, for good. */
  const record = table(
    'record',
    {
      incident: text('incident')
        .notNull()
        .references(() => incidents.id),
      seq: int('seq').notNull(),
      type: text('type').notNull(),
      body: json<unknown>('body').notNull(),
      by: text('by').notNull(),
      at: time('at').notNull(),
    },
    (t) => [uniqueIndex('record_order').on(t.incident, t.seq)],
  );

  /** What came in, stored before it is acknowledged. */
  const inbox = table(
    'inbox',
    {
      /** Says which delivery it is, so that a repeat is dropped: `event:Ev1`, `command:123.456.abc`, … */
      key: text('key').primaryKey(),
      kind: text('kind').notNull(),
      body: json<unknown>('body').notNull(),
      receivedAt: time('received_at').notNull(),
      /** received → done */
      state: text('state').notNull(),
      /** Counted before the work starts, so that a delivery that crashes the bot is given up after a few tries. */
      attempts: int('attempts').notNull(),
      owner: text('owner'),
      leaseUntil: time('lease_until'),
      /** What the desk answered, written in the desk's own transaction: working through it again changes nothing. */
      outcome: json<unknown>('outcome'),
    },
    (t) => [
      index('inbox_unfinished').on(t.receivedAt).where(sql`state = 'received'`),
      index('inbox_age').on(t.receivedAt),
    ],
  );

  /** Forms that succeeded, by Slack's view id: a second submit of the same form gets the first result. */
  const forms = table('forms', {
    view: text('view').primaryKey(),
    outcome: json<unknown>('outcome').notNull(),
    at: time('at').notNull(),
  });

  /** What is still to be done outside. */
  const outbox = table(
    'outbox',
    {
      id: text('id').primaryKey(),
      kind: text('kind').notNull(),
      /** Which piece of work it is. Unique among waiting rows: writing it again changes the plan. */
      key: text('key').notNull(),
      incident: text('incident'),
      /** 0 page · 1 declare · 2 channel · 3 cosmetic: lower goes first. */
      lane: int('lane').notNull(),
      /** Rows with the same one run one after the other, in the order written. */
      orderKey: text('order_key'),
      /** What a 429 holds back: the method, and the channel where Slack limits by channel. */
      gate: text('gate').notNull(),
      payload: json<unknown>('payload').notNull(),
      /** waiting → running → done | dead; unknown: it may have been applied, and is looked up before it is sent again. */
      state: text('state').notNull(),
      /** Raised by each claim and each rewrite: a result that comes with an older one is not taken. */
      fence: int('fence').notNull(),
      attempts: int('attempts').notNull(),
      runAt: time('run_at').notNull(),
      owner: text('owner'),
      leaseUntil: time('lease_until'),
      createdAt: time('created_at').notNull(),
      firstSentAt: time('first_sent_at'),
      lastSentAt: time('last_sent_at'),
      /** When its latest attempt ended. */
      settledAt: time('settled_at'),
      result: json<unknown>('result'),
      error: text('error'),
      /** The state it was claimed from. Other than `waiting`: an earlier attempt may have arrived. */
      claimedFrom: text('claimed_from'),
    },
    (t) => [
      uniqueIndex('outbox_waiting_key').on(t.key).where(sql`state = 'waiting'`),
      index('outbox_due').on(t.lane, t.runAt, t.id).where(sql`state in ('waiting', 'running', 'unknown')`),
      index('outbox_order').on(t.orderKey, t.id).where(sql`state in ('waiting', 'running', 'unknown')`),
      index('outbox_by_key').on(t.key),
      index('outbox_dead').on(t.incident).where(sql`state = 'dead'`),
      index('outbox_settled').on(t.settledAt),
    ],
  );

  /** Messages of ours that Slack has told us about, by the key in their metadata: the cheapest way to learn that a post arrived. */
  const ownPosts = table(
    'own_posts',
    {
      key: text('key').primaryKey(),
      channel: text('channel').notNull(),
      ts: text('ts').notNull(),
      seenAt: time('seen_at').notNull(),
    },
    (t) => [index('own_posts_age').on(t.seenAt)],
  );

  return { meta, counters, policies, incidents, record, inbox, forms, outbox, ownPosts };
}

export type Tables = ReturnType<typeof defineSchema>;
