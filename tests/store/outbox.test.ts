import { expect, it } from '@jest/globals';
import type { Effect } from '../../src/outbox/effect.ts';
import { lanes } from '../../src/outbox/lanes.ts';
import type { Claim } from '../../src/store/outbox-claim.ts';
import type { Settlement } from '../../src/store/outbox-settle.ts';
import type { Store } from '../../src/store/store.ts';
import { onBothEngines } from '../support/databases.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 2, 0, seconds));
const now = at(0);

function anEffect(fields: Partial<Effect> = {}): Effect {
  return { kind: 'slack.post', key: 'post:1', payload: { text: 'hello' }, lane: 'channel', gate: 'post:C1', ...fields };
}

const enqueue = (store: Store, ...effects: Effect[]) => store.transact((tx) => tx.outbox.enqueue(effects, now));

function claim(store: Store, fields: Partial<Claim> = {}) {
  const order = { owner: 'bot-1', now, leaseNow: now, leaseMs: 60_000, limit: 10, ...fields };
  return store.transact((tx) => tx.outbox.claim(order));
}

async function claimOne(store: Store, fields: Partial<Claim> = {}) {
  const [row] = await claim(store, fields);
  if (!row) throw new Error('Nothing was due.');
  return row;
}

const settle = (store: Store, row: { id: string; fence: number }, settlement: Settlement) =>
  store.transact((tx) => tx.outbox.settle(row, settlement, now));

const byKey = (store: Store, key: string) => store.read((tx) => tx.outbox.byKey(key));

onBothEngines('a waiting effect', (fresh) => {
  it('takes a newer plan and keeps its place', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ orderKey: 'C1' }), anEffect({ key: 'post:2', orderKey: 'C1' }));
    const [before] = await byKey(store, 'post:1');
    await store.transact((tx) =>
      tx.outbox.enqueue(
        [anEffect({ payload: { since: at(3) }, lane: 'page', gate: 'post:C2', orderKey: 'C2', runAt: at(5) })],
        at(1),
      ),
    );
    expect(await byKey(store, 'post:1')).toEqual([
      {
        ...before,
        payload: { since: at(3) },
        lane: lanes.page,
        gate: 'post:C2',
        orderKey: 'C2',
        runAt: at(5),
        fence: 1,
      },
    ]);
  });

  it('counts once when one transaction gives its key twice', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ payload: 1 }), anEffect({ payload: 2 }));
    expect(await byKey(store, 'post:1')).toMatchObject([{ payload: 2, fence: 0 }]);
  });

  it('is a new row once the earlier one is running or done', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ payload: 1 }));
    const first = await claimOne(store);
    await enqueue(store, anEffect({ payload: 2 }));
    expect(await settle(store, first, { state: 'done', result: { ts: '1.1' } })).toBe(true);
    expect(await byKey(store, 'post:1')).toMatchObject([
      { state: 'waiting', payload: 2 },
      { state: 'done', payload: 1, result: { ts: '1.1' }, settledAt: now },
    ]);
  });

  it('survives writers of one key that meet', async () => {
    const store = await fresh.store();
    await Promise.all(Array.from({ length: 40 }, (_, payload) => enqueue(store, anEffect({ payload }))));
    expect(await byKey(store, 'post:1')).toMatchObject([{ state: 'waiting', fence: 39 }]);
  });
});

onBothEngines('claiming', (fresh) => {
  it('says what it took, and from which state', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ incident: 'inc_1', runAt: now }));
    expect(await claim(store)).toEqual([
      expect.objectContaining({
        ...{ kind: 'slack.post', key: 'post:1', payload: { text: 'hello' }, incident: 'inc_1', lane: 2 },
        ...{ fence: 1, attempts: 1, was: 'waiting', leaseUntil: at(60), createdAt: now },
        firstSentAt: undefined,
      }),
    ]);
    expect(await claim(store)).toEqual([]);
  });

  it('takes the most urgent lane first, then the earliest, and only what is due', async () => {
    const store = await fresh.store();
    await enqueue(
      store,
      anEffect({ key: 'later', runAt: at(1) }),
      anEffect({ key: 'cosmetic', lane: 'cosmetic', runAt: at(-9) }),
      anEffect({ key: 'second', runAt: at(-1) }),
      anEffect({ key: 'first', runAt: at(-2) }),
      anEffect({ key: 'page', lane: 'page' }),
    );
    const keys = async (fields: Partial<Claim>) => (await claim(store, fields)).map(({ key }) => key);
    expect(await keys({ limit: 2 })).toEqual(['page', 'first']);
    expect(await keys({ maxLane: lanes.channel })).toEqual(['second']);
    expect(await keys({})).toEqual(['cosmetic']);
    expect(await keys({ now: at(1) })).toEqual(['later']);
  });

  it('takes no more than asked for, however small the table', async () => {
    const store = await fresh.store();
    await enqueue(store, ...[1, 2, 3, 4, 5].map((number) => anEffect({ key: `post:${number}` })));
    expect(await claim(store, { limit: 2 })).toHaveLength(2);
    expect(await claim(store, { limit: 1 })).toHaveLength(1);
    expect(await claim(store)).toHaveLength(2);
  });

  it('passes over what a gate holds back', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ key: 'held' }), anEffect({ key: 'free', gate: 'post:C2' }));
    expect(await claim(store, { heldGates: ['post:C1', 'other'] })).toMatchObject([{ key: 'free' }]);
    expect(await claim(store)).toMatchObject([{ key: 'held' }]);
  });

  it('keeps the order of one order key, behind whatever is not settled', async () => {
    const store = await fresh.store();
    const keys = ['one', 'two', 'three'];
    await enqueue(store, ...keys.map((key) => anEffect({ key, orderKey: 'C1' })), anEffect({ key: 'other' }));

    const [one, other] = await claim(store);
    if (!one) throw new Error('Nothing was due.');
    expect([one.key, other?.key]).toEqual(['one', 'other']);
    await settle(store, one, { state: 'waiting', runAt: at(5) });
    expect(await claim(store)).toEqual([]);

    await settle(store, await claimOne(store, { now: at(5) }), { state: 'unknown', runAt: at(35) });
    expect(await claim(store, { now: at(34) })).toEqual([]);
    await settle(store, await claimOne(store, { now: at(35) }), { state: 'dead', error: 'channel_not_found' });

    const two = await claimOne(store);
    expect(two.key).toBe('two');
    await settle(store, two, { state: 'done' });
    expect(await claim(store)).toMatchObject([{ key: 'three' }]);
  });

  it('takes over a row whose lease is over, and remembers that it may have been sent', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect());
    const first = await claimOne(store, { owner: 'dead' });
    expect(await claim(store, { leaseNow: at(59) })).toEqual([]);

    const second = await claimOne(store, { leaseNow: at(60), now: at(60) });
    expect(second).toMatchObject({ was: 'running', fence: 2, attempts: 2, firstSentAt: now });
    expect(await settle(store, first, { state: 'done' })).toBe(false);
    expect(await settle(store, second, { state: 'unknown', runAt: at(90) })).toBe(true);
    expect(await claim(store, { now: at(90) })).toMatchObject([{ was: 'unknown', attempts: 3, firstSentAt: now }]);
  });

  it('does not take over what is renewed', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect());
    const { id } = await claimOne(store);
    await store.transact((tx) => tx.outbox.renew('bot-2', [id], at(10)));
    await store.transact((tx) => tx.outbox.renew('bot-1', [id], at(90)));
    expect(await claim(store, { owner: 'bot-2', leaseNow: at(89) })).toEqual([]);
    expect(await store.read((tx) => tx.outbox.leaseEarliest('bot-2'))).toEqual(at(90));
    expect(await store.read((tx) => tx.outbox.leaseEarliest('bot-1'))).toBeUndefined();
  });

  it('frees at the start what the bot before left running', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect());
    await claimOne(store, { owner: 'before' });
    await store.transact((tx) => tx.outbox.freeAll('now'));
    expect(await claim(store, { owner: 'now' })).toMatchObject([{ was: 'running', attempts: 2 }]);
    await store.transact((tx) => tx.outbox.freeAll('now'));
    expect(await claim(store, { owner: 'now' })).toEqual([]);
  });

  it('never gives one row to two', async () => {
    const store = await fresh.store();
    const effects = Array.from({ length: 4000 }, (_, index) =>
      anEffect({ key: `post:${index}`, orderKey: index % 4 ? undefined : `C${index % 40}` }),
    );
    for (let start = 0; start < effects.length; start += 1000)
      await enqueue(store, ...effects.slice(start, start + 1000));

    const seen: string[] = [];
    const work = async (owner: string) => {
      for (let idle = 0; idle < 3; ) {
        const rows = await claim(store, { owner, limit: 25 });
        idle = rows.length === 0 ? idle + 1 : 0;
        seen.push(...rows.map(({ id }) => id));
        await store.transact(async (tx) => {
          for (const row of rows) expect(await tx.outbox.settle(row, { state: 'done' }, now)).toBe(true);
        });
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(work));
    await work('last');
    expect(seen).toHaveLength(4000);
    expect(new Set(seen).size).toBe(4000);
  });
});

onBothEngines('settling', (fresh) => {
  it('lets a newer plan win over an older one that was not applied', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ payload: 1 }));
    const older = await claimOne(store);
    await enqueue(store, anEffect({ payload: 2 }));
    expect(await settle(store, older, { state: 'waiting', runAt: at(5), error: 'rate_limited' })).toBe(true);
    expect(await byKey(store, 'post:1')).toMatchObject([
      { state: 'waiting', payload: 2 },
      { state: 'done', payload: 1 },
    ]);
  });

  it('keeps an older one that may have been applied beside the newer plan', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ payload: 1 }));
    const older = await claimOne(store);
    await enqueue(store, anEffect({ payload: 2 }));
    await settle(store, older, { state: 'unknown', runAt: at(5), error: 'timeout' });
    expect(await byKey(store, 'post:1')).toMatchObject([{ state: 'waiting' }, { state: 'unknown', error: 'timeout' }]);
  });

  it('survives meeting a new plan of the same key', async () => {
    const store = await fresh.store();
    for (let round = 0; round < 20; round++) {
      const key = `post:${round}`;
      await enqueue(store, anEffect({ key }));
      const row = await claimOne(store);
      const newer = Array.from({ length: 3 }, (_, payload) =>
        enqueue(store, anEffect({ key, payload, runAt: at(99) })),
      );
      await Promise.all([settle(store, row, { state: 'waiting', runAt: at(99) }), ...newer]);
      const waiting = (await byKey(store, key)).filter(({ state }) => state === 'waiting');
      expect(waiting).toHaveLength(1);
    }
  });

  it('does not hold a rate limit against the row', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect());
    await settle(store, await claimOne(store), { state: 'waiting', runAt: now, attempts: 0 });
    expect(await claimOne(store)).toMatchObject({ attempts: 1, was: 'waiting' });
  });

  it('keeps an error that Postgres would refuse as it stands', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect());
    await settle(store, await claimOne(store), { state: 'dead', error: 'bad\0byte' });
    expect(await byKey(store, 'post:1')).toMatchObject([{ error: 'badbyte' }]);
  });
});

onBothEngines('dead effects', (fresh) => {
  it('are listed and revived, the newest plan of a key first', async () => {
    const store = await fresh.store();
    for (const payload of [1, 2]) {
      await enqueue(store, anEffect({ payload, incident: 'inc_1' }));
      await settle(store, await claimOne(store), { state: 'dead', error: 'is_archived' });
    }
    const dead = await store.read((tx) => tx.outbox.dead('inc_1'));
    expect(dead.map(({ payload }) => payload)).toEqual([2, 1]);
    expect(await store.read((tx) => tx.outbox.dead('inc_2'))).toEqual([]);

    const ids = dead.map(({ id }) => id);
    await store.transact((tx) => tx.outbox.revive(ids, at(5)));
    expect(await claim(store, { now: at(5) })).toMatchObject([{ payload: 2, attempts: 1, was: 'waiting' }]);
    expect(await store.read((tx) => tx.outbox.dead())).toEqual([]);
  });

  it('are looked up first when they may have been applied', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect());
    await settle(store, await claimOne(store), { state: 'unknown', runAt: now });
    const { id, fence } = await claimOne(store);
    await settle(store, { id, fence }, { state: 'dead', error: 'still unknown' });
    await store.transact((tx) => tx.outbox.revive([id], now));
    expect(await claim(store)).toMatchObject([{ was: 'unknown' }]);
  });
});

onBothEngines('what the outbox says about itself', (fresh) => {
  it('knows when the next row is due', async () => {
    const store = await fresh.store();
    expect(await store.read((tx) => tx.outbox.earliest())).toBeUndefined();
    await enqueue(store, anEffect({ key: 'a', runAt: at(7) }), anEffect({ key: 'b', runAt: at(3) }));
    expect(await store.read((tx) => tx.outbox.earliest())).toEqual(at(3));
    expect(await store.read((tx) => tx.outbox.earliest(at(3)))).toEqual(at(7));
  });

  it('counts by lane and state', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ key: 'a' }), anEffect({ key: 'b' }), anEffect({ key: 'c', lane: 'page' }));
    await claim(store, { maxLane: lanes.page });
    expect(await store.read((tx) => tx.outbox.counts())).toEqual([
      { lane: 0, state: 'running', count: 1 },
      { lane: 2, state: 'waiting', count: 2 },
    ]);
  });

  it('forgets what was done long ago, and nothing else', async () => {
    const store = await fresh.store();
    await enqueue(store, anEffect({ key: 'done' }), anEffect({ key: 'dead' }), anEffect({ key: 'open' }));
    const [done, dead] = await claim(store, { limit: 2 });
    if (!done || !dead) throw new Error('Nothing was due.');
    await settle(store, done, { state: 'done' });
    await settle(store, dead, { state: 'dead' });
    expect(await store.transact((tx) => tx.outbox.sweep(now))).toBe(0);
    expect(await store.transact((tx) => tx.outbox.sweep(at(1)))).toBe(1);
    expect((await store.read((tx) => tx.outbox.counts())).map(({ state }) => state)).toEqual(['dead', 'waiting']);
  });

  it('measures leases with the clock of the database', async () => {
    const store = await fresh.store();
    const clock = await store.transact((tx) => tx.leaseClock());
    expect(Math.abs(clock.getTime() - Date.now())).toBeLessThan(5000);
  });
});
