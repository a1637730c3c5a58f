import { expect, it } from '@jest/globals';
import type { Claim } from '../../src/store/outbox-claim.ts';
import type { Store } from '../../src/store/store.ts';
import { onBothEngines, onPostgres, onSqlite } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { aBot, anEffect, becomes, createWorld, declared, handClock, post } from './world.ts';

/** What a worker of that name does before it dies: it takes a row, and never comes back to it. */
async function takenBy(owner: string, store: Store, fields: Partial<Claim> = {}) {
  const [row] = await store.transact(async (tx) =>
    tx.outbox.claim({
      owner,
      now: handClock().now(),
      leaseNow: await tx.leaseClock(),
      leaseMs: 15_000,
      limit: 1,
      ...fields,
    }),
  );
  if (!row) throw new Error('There was nothing to take.');
  return row;
}

const planned = (store: Store) => store.transact((tx) => tx.outbox.enqueue([anEffect('one')], handClock().now()));

onSqlite('a bot that was killed', (fresh) => {
  it.each([true, false])('is followed by one that looks first; its request arrived: %p', async (arrived) => {
    const store = await fresh.store();
    await planned(store);
    const { id } = await takenBy('killed', store);
    const world = createWorld();
    if (arrived) world.posts.push({ id, text: 'one' });

    await using bot = await aBot(store, { world, alone: true });
    if (!arrived) {
      await eventually('a look', async () => world.lookUps[0]);
      await becomes(bot, 'post:one', 'unknown');
      expect(world.tried).toEqual([]);
      bot.clock.forward(25_000);
    }
    await becomes(bot, 'post:one', 'done');
    expect(world.texts()).toEqual(['one']);
  });
});

onPostgres('a replica that was killed', (fresh) => {
  it('is followed by the other once its lease is over, not before', async () => {
    const store = await fresh.store();
    await planned(store);
    const { id } = await takenBy('killed', store, { leaseMs: 400 });
    const world = createWorld();
    world.posts.push({ id, text: 'one' });

    await using bot = await aBot(store, { world, alone: false });
    await new Promise((resolve) => setTimeout(resolve, 100));
    bot.worker.wake();
    expect(world.lookUps).toEqual([]);
    await becomes(bot, 'post:one', 'done');
    expect(world).toMatchObject({ tried: [], posts: [{ text: 'one' }] });
  });

  it('does not have its work done twice by two that are left', async () => {
    const store = await fresh.store();
    const [world, clock] = [createWorld(), handClock()];
    await using one = await aBot(store, { world, clock, owner: 'bot-1', alone: false });
    await using other = await aBot(store, { world, clock, owner: 'bot-2', alone: false });
    const texts = Array.from({ length: 60 }, (_, index) => `post ${index}`);
    await one.plan(...texts.map((text) => anEffect(text)));
    other.worker.wake();
    for (const text of texts) await becomes(one, `post:${text}`, 'done');
    expect(world.texts().toSorted()).toEqual(texts.toSorted());
  });
});

onBothEngines('a worker that was taken for dead', (fresh) => {
  it('comes back with a result that is not taken', async () => {
    const store = await fresh.store();
    const kind = post({
      async run({ text }, world, { id }) {
        await world.request(id, text);
        return { result: 'late', report: { type: 'reportJoined', person: 'U0BEN' } };
      },
    });
    await using bot = await aBot(store, { kinds: [kind] });
    const { id: incident } = await declared(bot.desk);
    bot.world.moods.push('hangs');
    await bot.plan(anEffect('one', { incident }));
    await eventually('the request', async () => bot.world.tried[0]);

    await store.transact((tx) => tx.outbox.freeAll('bot-2'));
    const taken = await takenBy('bot-2', store);
    expect(
      await store.transact((tx) => tx.outbox.settle(taken, { state: 'done', result: 'first' }, bot.clock.now())),
    ).toBe(true);
    bot.world.letGo();
    await eventually('the late result', async () => bot.observed[0]);
    expect(bot.observed).toEqual(['overtaken']);
    expect(await bot.row('post:one')).toMatchObject({ state: 'done', result: 'first' });
    expect(await store.read((tx) => tx.incidents.load(incident))).toMatchObject({ members: [], version: 1 });
  });
});
