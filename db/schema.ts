import { sql } from 'drizzle-orm';
import type { Columns } from './columns.pg.ts';

/** Every table, once. The engine is chosen by the columns given; `sqlite.ts` and `pg.ts` do that for drizzle-kit. */
export function defineSchema({ table, index, uniqueIndex, text, int, flag, time, json, bytes }: Columns) {
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
      index('incidents_status').on(t.status, t.number),
    ],
  );

  /** What incidents are listed by, beside their status: `severity:sev1`, `service:checkout`, `mine:U1`, `sees:U1` (src/store/tags.ts). */
  const incidentTags = table('incident_tags', { tag: text('tag').notNull(), number: int('number').notNull() }, (t) => [
    uniqueIndex('incident_tags_order').on(t.tag, t.number),
  ]);

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

  /** Rules: whoever wants to hear of every incident of a service, of a severity and worse, or of all. */
  const subscriptions = table(
    'subscriptions',
    {
      person: text('person').notNull(),
      /** service · severity · all */
      what: text('what').notNull(),
      /** The key of the service, the mildest severity, or nothing. */
      of: text('of').notNull(),
      since: time('since').notNull(),
    },
    (t) => [
      uniqueIndex('subscriptions_of_person').on(t.person, t.what, t.of),
      index('subscriptions_to').on(t.what, t.of),
    ],
  );

  /** Who follows one incident, by a rule or by choice, and the one direct message that shows it to them. */
  const followers = table(
    'followers',
    {
      incident: text('incident')
        .notNull()
        .references(() => incidents.id),
      person: text('person').notNull(),
      /** Asked for this very incident; otherwise a rule caught it. */
      chosen: flag('chosen').notNull(),
      /** following · stopped (by themselves) · lost (can no longer see it) */
      state: text('state').notNull(),
      /** own: a message about this incident · digest: a line in one about several */
      form: text('form').notNull(),
      channel: text('channel'),
      ts: text('ts'),
      /** The version of the incident that the message was last brought to: whoever waited longest is served first. */
      shown: int('shown').notNull(),
      since: time('since').notNull(),
    },
    (t) => [
      uniqueIndex('followers_of_incident').on(t.incident, t.person),
      index('followers_digest').on(t.person, t.ts).where(sql`form = 'digest'`),
    ],
  );

  /** Whose App Home is kept up to date: those who opened it lately. */
  const homes = table(
    'homes',
    {
      person: text('person').primaryKey(),
      openedAt: time('opened_at').notNull(),
      publishedAt: time('published_at'),
      /** What it shows, as a digest: the same is not published again. */
      shown: text('shown'),
      /** Slack's own mark of the view, which keeps a late publication from going over a newer one. */
      hash: text('hash'),
    },
    (t) => [index('homes_opened').on(t.openedAt)],
  );

  /** What was said in the channels of incidents: beside the record, so that one message can be erased and the rest stands. */
  const messages = table(
    'messages',
    {
      channel: text('channel').notNull(),
      /** Slack's own time and name of the message. */
      ts: text('ts').notNull(),
      incident: text('incident')
        .notNull()
        .references(() => incidents.id),
      /** Of the message whose thread it is in. */
      thread: text('thread'),
      /** A person's or an app's id. */
      author: text('author').notNull(),
      /** said · joined · left · other: what Slack's subtype says (src/store/messages.ts) */
      kind: text('kind').notNull(),
      text: text('text').notNull(),
      /** File references: id, name, kind, link. */
      files: json<unknown>('files').notNull(),
      /** What it said before it was edited, oldest first. */
      earlier: json<unknown>('earlier').notNull(),
      editedAt: time('edited_at'),
      /** Deleted in Slack or erased here: that there was something stays, what it said does not. */
      erasedAt: time('erased_at'),
      /** Who or what erased it: a person's id, `slack`, `retention`. */
      erasedBy: text('erased_by'),
    },
    (t) => [
      uniqueIndex('messages_place').on(t.channel, t.ts),
      index('messages_of_incident').on(t.incident, t.ts),
      index('messages_of_author').on(t.author),
      index('messages_thread').on(t.channel, t.thread).where(sql`thread is not null`),
    ],
  );

  /** Reactions and pins on messages, as they stand. */
  const marks = table(
    'marks',
    {
      channel: text('channel').notNull(),
      ts: text('ts').notNull(),
      incident: text('incident')
        .notNull()
        .references(() => incidents.id),
      /** The name of a reaction, or `*pin` where it was pinned: no reaction has such a name. */
      name: text('name').notNull(),
      person: text('person').notNull(),
      at: time('at').notNull(),
      /** Taken away again. */
      removedAt: time('removed_at'),
    },
    (t) => [
      uniqueIndex('marks_of_message').on(t.channel, t.ts, t.name, t.person),
      index('marks_of_incident').on(t.incident),
    ],
  );

  /** How far a channel is known: what Slack told live, and what is still to be read from its history. */
  const captures = table('captures', {
    channel: text('channel').primaryKey(),
    incident: text('incident')
      .notNull()
      .references(() => incidents.id),
    /** Stretches of the history that have to be read, threads that have to be read, and where reading stands. */
    gaps: json<unknown>('gaps').notNull(),
    /** When Slack last told something of this channel, or its history was read to the end. */
    knownUntil: time('known_until').notNull(),
  });

  /** Images people put into the channel, so that the postmortem can show them. */
  const images = table(
    'images',
    {
      /** Slack's id of the file. */
      id: text('id').primaryKey(),
      incident: text('incident')
        .notNull()
        .references(() => incidents.id),
      channel: text('channel').notNull(),
      ts: text('ts').notNull(),
      name: text('name').notNull(),
      type: text('type').notNull(),
      bytes: bytes('bytes').notNull(),
    },
    (t) => [index('images_of_incident').on(t.incident), index('images_of_message').on(t.channel, t.ts)],
  );

  /** Every text a section of a postmortem ever had. The one that counts is the newest that is not `aside`. */
  const postmortemTexts = table(
    'postmortem_texts',
    {
      incident: text('incident')
        .notNull()
        .references(() => incidents.id),
      section: text('section').notNull(),
      /** Counts within the section. */
      revision: int('revision').notNull(),
      text: text('text').notNull(),
      by: text('by').notNull(),
      at: time('at').notNull(),
      /** Written over a text that its writer had not seen: kept, and waits for the writer to choose. */
      aside: flag('aside').notNull(),
    },
    (t) => [uniqueIndex('postmortem_texts_order').on(t.incident, t.section, t.revision)],
  );

  /** Who is signed in to the web pages. */
  const sessions = table(
    'sessions',
    {
      /** SHA-256 of what the cookie holds. */
      hash: text('hash').primaryKey(),
      person: text('person').notNull(),
      /** slack · code · sandbox */
      how: text('how').notNull(),
      since: time('since').notNull(),
      seenAt: time('seen_at').notNull(),
    },
    (t) => [index('sessions_of_person').on(t.person), index('sessions_age').on(t.seenAt)],
  );

  /** What a sign-in began with, and codes for when Slack is down; each is used once. */
  const signIns = table('sign_ins', {
    /** SHA-256 of the state or of the code. */
    hash: text('hash').primaryKey(),
    /** slack · code */
    how: text('how').notNull(),
    body: json<unknown>('body').notNull(),
    until: time('until').notNull(),
  });

  return {
    meta,
    counters,
    policies,
    incidents,
    incidentTags,
    record,
    inbox,
    forms,
    outbox,
    ownPosts,
    subscriptions,
    followers,
    homes,
    messages,
    marks,
    captures,
    images,
    postmortemTexts,
    sessions,
    signIns,
  };
}

export type Tables = ReturnType<typeof defineSchema>;
