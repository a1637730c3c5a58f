import { expect, it } from '@jest/globals';
import { onBothEngines } from '../support/databases.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 2, 0, seconds));
const delivery = (key: string, seconds = 0) => ({ key, kind: 'event', body: { key }, receivedAt: at(seconds) });

onBothEngines('the inbox', (fresh) => {
  it('drops what it has seen, also within one batch', async () => {
    const store = await fresh.store();
    const keep = (...keys: string[]) =>
      store.transact((tx) =>
        tx.inbox.store(
          keys.map((key) => delivery(key)),
          'bot-1',
          at(60),
        ),
      );
    expect(await keep('a', 'b', 'a')).toEqual(new Set(['a', 'b']));
    expect(await keep('b', 'c')).toEqual(new Set(['c']));
    expect(await keep()).toEqual(new Set());
    expect(await store.read((tx) => tx.inbox.body('c'))).toEqual({ key: 'c' });
  });

  it('stores a storm in one transaction', async () => {
    const store = await fresh.store();
    const storm = Array.from({ length: 5000 }, (_, index) => delivery(`event:${index}`));
    expect((await store.transact((tx) => tx.inbox.store(storm, 'bot-1', at(60)))).size).toBe(5000);
  });

  it('keeps the first outcome only', async () => {
    const store = await fresh.store();
    await store.transact((tx) => tx.inbox.store([delivery('a')], 'bot-1', at(60)));
    expect(await store.read((tx) => tx.inbox.outcome('a'))).toBeUndefined();
    const record = (number: number) => store.transact((tx) => tx.inbox.recordOutcome('a', { number, at: at(1) }));
    expect((await Promise.all([record(1), record(1)])).toSorted()).toEqual([false, true]);
    expect(await record(2)).toBe(false);
    expect(await store.read((tx) => tx.inbox.outcome('a'))).toEqual({ number: 1, at: at(1) });
  });

  it('hands over what a dead owner left, oldest first, and counts the attempts', async () => {
    const store = await fresh.store();
    await store.transact(async (tx) => {
      await tx.inbox.store([delivery('new', 2), delivery('old', 1), delivery('finished', 0)], 'bot-1', at(60));
      await tx.inbox.recordOutcome('old', 'answered');
      await tx.inbox.finish(['finished']);
    });
    const take = (owner: string, now: Date) =>
      store.transact((tx) => tx.inbox.unfinished({ owner, now, leaseUntil: at(120) }));

    expect(await take('bot-2', at(59))).toEqual([]);
    expect(await take('bot-2', at(60))).toEqual([
      { ...delivery('old', 1), attempts: 2, outcome: 'answered' },
      { ...delivery('new', 2), attempts: 2, outcome: undefined },
    ]);
    expect(await take('bot-3', at(61))).toEqual([]);
  });

  it('frees everything at the start of the only bot, but not what that bot has begun itself', async () => {
    const store = await fresh.store();
    await store.transact((tx) => tx.inbox.store([delivery('left')], 'before', at(60)));
    await store.transact((tx) => tx.inbox.store([delivery('begun')], 'now', at(60)));
    const claim = { owner: 'now', now: at(1), leaseUntil: at(61), freeAll: true };
    const free = await store.transact((tx) => tx.inbox.unfinished(claim));
    expect(free.map(({ key }) => key)).toEqual(['left']);
  });

  it('does not hand over what is renewed', async () => {
    const store = await fresh.store();
    await store.transact((tx) => tx.inbox.store([delivery('a')], 'bot-1', at(60)));
    await store.transact((tx) => tx.inbox.renew('bot-1', at(90)));
    const claim = { owner: 'bot-2', now: at(80), leaseUntil: at(140) };
    expect(await store.transact((tx) => tx.inbox.unfinished(claim))).toEqual([]);
  });

  it('gives one delivery to one of several that take over at once', async () => {
    const store = await fresh.store();
    const all = Array.from({ length: 400 }, (_, index) => delivery(`event:${index}`));
    await store.transact((tx) => tx.inbox.store(all, 'dead', at(0)));
    const takeAll = async (owner: string) => {
      const keys: string[] = [];
      for (;;) {
        const claim = { owner, now: at(1), leaseUntil: at(60), limit: 20 };
        const taken = await store.transact((tx) => tx.inbox.unfinished(claim));
        if (taken.length === 0) return keys;
        keys.push(...taken.map(({ key }) => key));
      }
    };
    const taken = (await Promise.all(['a', 'b', 'c', 'd'].map(takeAll))).flat();
    expect(taken).toHaveLength(400);
    expect(new Set(taken).size).toBe(400);
  });

  it('forgets what was finished long ago', async () => {
    const store = await fresh.store();
    await store.transact(async (tx) => {
      await tx.inbox.store([delivery('old', 0), delivery('open', 0), delivery('new', 9)], 'bot-1', at(60));
      await tx.inbox.finish(['old', 'new']);
    });
    expect(await store.transact((tx) => tx.inbox.sweep(at(5)))).toBe(1);
    expect(await store.read((tx) => tx.inbox.body('old'))).toBeUndefined();
    expect(await store.read((tx) => tx.inbox.body('open'))).toBeDefined();
  });
});
