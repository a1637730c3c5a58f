import type { Ctx, Database, Engine, Urgency } from '../../db/database.ts';
import { captureReads, captureWrites } from './captures.ts';
import { followerReads, followerWrites } from './followers.ts';
import { formReads, formWrites } from './forms.ts';
import { homeReads, homeWrites } from './homes.ts';
import { imageReads, imageWrites } from './images.ts';
import { inboxReads, inboxWrites } from './inbox.ts';
import { incidentReads, incidentWrites } from './incidents.ts';
import { markReads, markWrites } from './marks.ts';
import { messageReads, messageWrites } from './messages.ts';
import { metaReads, metaWrites } from './meta.ts';
import { outboxReads, outboxWrites } from './outbox.ts';
import { ownPostReads, ownPostWrites } from './own-posts.ts';
import { policyReads, policyWrites } from './policies.ts';
import { postmortemTextReads, postmortemTextWrites } from './postmortem-texts.ts';
import { recordReads } from './record.ts';
import { sessionReads, sessionWrites } from './sessions.ts';
import { signInWrites } from './sign-ins.ts';
import { subscriptionReads, subscriptionWrites } from './subscriptions.ts';
import { wholeReads, wholeWrites } from './whole.ts';

function readerOf(ctx: Ctx) {
  return {
    incidents: incidentReads(ctx),
    record: recordReads(ctx),
    policies: policyReads(ctx),
    meta: metaReads(ctx),
    forms: formReads(ctx),
    ownPosts: ownPostReads(ctx),
    inbox: inboxReads(ctx),
    outbox: outboxReads(ctx),
    subscriptions: subscriptionReads(ctx),
    followers: followerReads(ctx),
    homes: homeReads(ctx),
    messages: messageReads(ctx),
    marks: markReads(ctx),
    captures: captureReads(ctx),
    images: imageReads(ctx),
    postmortemTexts: postmortemTextReads(ctx),
    whole: wholeReads(ctx),
    sessions: sessionReads(ctx),
  };
}

function txOf(ctx: Ctx, leaseClock: () => Promise<Date>) {
  return {
    incidents: { ...incidentReads(ctx), ...incidentWrites(ctx) },
    record: recordReads(ctx),
    policies: { ...policyReads(ctx), ...policyWrites(ctx) },
    meta: { ...metaReads(ctx), ...metaWrites(ctx) },
    forms: { ...formReads(ctx), ...formWrites(ctx) },
    ownPosts: { ...ownPostReads(ctx), ...ownPostWrites(ctx) },
    inbox: { ...inboxReads(ctx), ...inboxWrites(ctx) },
    outbox: { ...outboxReads(ctx), ...outboxWrites(ctx) },
    subscriptions: { ...subscriptionReads(ctx), ...subscriptionWrites(ctx) },
    followers: { ...followerReads(ctx), ...followerWrites(ctx) },
    homes: { ...homeReads(ctx), ...homeWrites(ctx) },
    messages: { ...messageReads(ctx), ...messageWrites(ctx) },
    marks: { ...markReads(ctx), ...markWrites(ctx) },
    captures: { ...captureReads(ctx), ...captureWrites(ctx) },
    images: { ...imageReads(ctx), ...imageWrites(ctx) },
    postmortemTexts: { ...postmortemTextReads(ctx), ...postmortemTextWrites(ctx) },
    whole: { ...wholeReads(ctx), ...wholeWrites(ctx) },
    sessions: { ...sessionReads(ctx), ...sessionWrites(ctx) },
    signIns: signInWrites(ctx),
    /** The clock to measure leases with: every replica sees the same one. */
    leaseClock,
  };
}

export type { Urgency } from '../../db/database.ts';

export type Reader = ReturnType<typeof readerOf>;
export type Tx = ReturnType<typeof txOf>;

export interface Store extends AsyncDisposable {
  readonly engine: Engine;
  /** One consistent snapshot. */
  read<T>(fn: (tx: Reader) => Promise<T>): Promise<T>;
  /** All or nothing. May run `fn` again after a lost race, so `fn` touches nothing but the store. */
  transact<T>(fn: (tx: Tx) => Promise<T>, urgency?: Urgency): Promise<T>;
  close(): Promise<void>;
}

export function openStore(database: Database): Store {
  // SQLite gives the same context again for the same connection.
  const readers = new WeakMap<Ctx, Reader>();
  const txs = new WeakMap<Ctx, Tx>();
  const reader = (ctx: Ctx) => remembered(readers, ctx, () => readerOf(ctx));
  const tx = (ctx: Ctx) => remembered(txs, ctx, () => txOf(ctx, () => database.leaseClock(ctx)));
  return {
    engine: database.engine,
    read: (fn) => database.read((ctx) => fn(reader(ctx))),
    transact: (fn, urgency) => database.transact((ctx) => fn(tx(ctx)), urgency),
    close: () => database.close(),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

function remembered<T>(known: WeakMap<Ctx, T>, ctx: Ctx, make: () => T): T {
  const value = known.get(ctx) ?? make();
  known.set(ctx, value);
  return value;
}
