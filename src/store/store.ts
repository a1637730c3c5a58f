import type { Ctx, Database, Engine } from '../../db/database.ts';
import { formReads, formWrites } from './forms.ts';
import { inboxReads, inboxWrites } from './inbox.ts';
import { incidentReads, incidentWrites } from './incidents.ts';
import { metaReads, metaWrites } from './meta.ts';
import { outboxReads, outboxWrites } from './outbox.ts';
import { ownPostReads, ownPostWrites } from './own-posts.ts';
import { policyReads, policyWrites } from './policies.ts';
import { recordReads } from './record.ts';

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
    /** The clock to measure leases with: every replica sees the same one. */
    leaseClock,
  };
}

export type Reader = ReturnType<typeof readerOf>;
export type Tx = ReturnType<typeof txOf>;

export interface Store extends AsyncDisposable {
  readonly engine: Engine;
  /** One consistent snapshot. */
  read<T>(fn: (tx: Reader) => Promise<T>): Promise<T>;
  /** All or nothing. May run `fn` again after a lost race, so `fn` touches nothing but the store. */
  transact<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openStore(database: Database): Store {
  return {
    engine: database.engine,
    read: (fn) => database.read((ctx) => fn(readerOf(ctx))),
    transact: (fn) => database.transact((ctx) => fn(txOf(ctx, () => database.leaseClock(ctx)))),
    close: () => database.close(),
    [Symbol.asyncDispose]: () => database.close(),
  };
}
