import { describe, expect, it } from '@jest/globals';
import { scheduledJobs } from 'node-schedule';
import { backOff } from '../../src/outbox/back-off.ts';
import { Held, Unclear } from '../../src/outbox/failures.ts';
import { onBothEngines } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { aBot, anEffect, type Bot, becomes, handClock, post } from './world.ts';

const seconds = (count: number) => count * 1_000;

const tries = (bot: Bot, count: number) =>
  eventually(`${count} requests`, async () => (bot.world.tried.length >= count ? true : undefined), {
    seen: async () => bot.world.tried.join(),
  });
/** Long enough for a worker to do what it should not. Real milliseconds. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 80));

onBothEngines('what is planned', (fresh) => {
  it('is done, and its result kept', async () => {
    await using bot = await aBot(await fresh.store());
    await bot.plan(anEffect('hello'));
    await becomes(bot, 'post:hello', 'done');
    expect(bot.world.texts()).toEqual(['hello']);
    expect(await bot.row('post:hello')).toMatchObject({ result: { ts: 'hello' }, attempts: 1 });
  });

  it('under one key is done once, as it was planned last', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('hangs');
    const topic = { key: 'topic', orderKey: 'topic' };
    await bot.plan(anEffect('one', topic));
    await tries(bot, 1);
    await bot.plan(anEffect('two', topic));
    await bot.plan(anEffect('three', topic));
    bot.world.letGo();
    await tries(bot, 2);
    await becomes(bot, 'topic', 'done');
    expect(bot.world.texts()).toEqual(['one', 'three']);
  });

  it('for later waits for the clock, and whoever winds it knows until when', async () => {
    await using bot = await aBot(await fresh.store());
    const runAt = new Date(bot.clock.now().getTime() + seconds(600));
    await bot.plan(anEffect('later', { runAt }));
    await eventually('the clock to be told', async () => bot.clock.due ?? undefined);
    expect(bot.clock.due).toEqual(runAt);
    bot.clock.forward(seconds(599));
    await aMoment();
    expect(bot.world.tried).toEqual([]);
    bot.clock.forward(seconds(1));
    await becomes(bot, 'post:later', 'done');
  });

  it('is given up when no version of the program can do it', async () => {
    await using bot = await aBot(await fresh.store());
    await bot.plan(anEffect('x', { kind: 'fax' }), anEffect('y', { payload: { words: 1 } }));
    await becomes(bot, 'post:x', 'dead');
    await becomes(bot, 'post:y', 'dead');
    expect((await bot.row('post:x'))?.error).toContain('knows no effect fax');
    expect((await bot.row('post:y'))?.error).toContain('the payload of post cannot be read');
  });
});

onBothEngines('effects of one order', (fresh) => {
  it('go one after the other, others pass them', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('hangs');
    const inOrder = { orderKey: 'channel:inc_7' };
    await bot.plan(anEffect('one', inOrder));
    await tries(bot, 1);
    await bot.plan(anEffect('two', inOrder), anEffect('three', inOrder), anEffect('other'));
    await becomes(bot, 'post:other', 'done');
    await aMoment();
    expect(bot.world.tried).toEqual(['one', 'other']);
    bot.world.letGo();
    await becomes(bot, 'post:three', 'done');
    expect(bot.world.texts()).toEqual(['other', 'one', 'two', 'three']);
  });

  it('wait for one that has to be tried again, but not for one that failed for good', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('unreachable', 'refuses');
    const inOrder = { orderKey: 'channel:inc_7' };
    await bot.plan(anEffect('one', inOrder), anEffect('two', inOrder));
    await becomes(bot, 'post:one', 'waiting', 1);
    await aMoment();
    expect(bot.world.tried).toEqual(['one']);
    bot.clock.forward(seconds(2));
    await becomes(bot, 'post:two', 'done');
    expect(bot.world.tried).toEqual(['one', 'one', 'two']);
    expect((await bot.row('post:one'))?.state).toBe('dead');
  });
});

onBothEngines('when there is more than can be sent at once', (fresh) => {
  it('what is urgent goes first', async () => {
    await using bot = await aBot(await fresh.store(), { concurrency: 1 });
    bot.world.moods.push('hangs');
    await bot.plan(anEffect('first'));
    await tries(bot, 1);
    await bot.plan(
      anEffect('bookmark', { lane: 'cosmetic' }),
      anEffect('headline', { lane: 'channel' }),
      anEffect('channel', { lane: 'declare' }),
    );
    bot.world.letGo();
    await becomes(bot, 'post:bookmark', 'done');
    expect(bot.world.texts()).toEqual(['first', 'channel', 'headline', 'bookmark']);
  });

  it('a page goes although every slot is taken, and nothing else does', async () => {
    await using bot = await aBot(await fresh.store(), { concurrency: 2 });
    bot.world.moods.push('hangs', 'hangs');
    await bot.plan(anEffect('one'), anEffect('two'));
    await tries(bot, 2);
    await bot.plan(anEffect('three', { lane: 'declare' }), anEffect('page', { lane: 'page' }));
    await becomes(bot, 'post:page', 'done');
    await aMoment();
    expect(bot.world.tried.slice(2)).toEqual(['page']);
  });
});

onBothEngines('too many requests', (fresh) => {
  it('close their own gate until the time that was said, and no other', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('too many');
    const limited = { gate: 'chat.postMessage:C1' };
    await bot.plan(anEffect('one', limited));
    await eventually('the gate to close', async () => bot.observed.includes('held') || undefined);
    await becomes(bot, 'post:one', 'waiting');
    await bot.plan(anEffect('two', limited), anEffect('other', { gate: 'chat.postMessage:C2' }));
    await becomes(bot, 'post:other', 'done');
    bot.clock.forward(seconds(29));
    await aMoment();
    expect(bot.world.tried).toEqual(['one', 'other']);

    bot.clock.forward(seconds(1));
    await becomes(bot, 'post:one', 'done');
    await becomes(bot, 'post:two', 'done');
    // It was not its fault: nothing is counted against it.
    expect(await bot.row('post:one')).toMatchObject({ attempts: 1 });
  });

  it('of a look-up leave the gate of the effect open, and the doubt as it is', async () => {
    let limited = true;
    const kind = post({
      async find({ text }, world, { id }) {
        if (limited) throw new Held(30_000, 'conversations.history');
        return world.look(id) && { result: text };
      },
    });
    await using bot = await aBot(await fresh.store(), { kinds: [kind] });
    bot.world.moods.push('reply lost');
    await bot.plan(anEffect('one'));
    await eventually('the look-up to be held', async () => bot.observed.includes('held') || undefined);
    await bot.plan(anEffect('two'));
    await becomes(bot, 'post:two', 'done');
    await becomes(bot, 'post:one', 'unknown');
    limited = false;
    bot.clock.forward(seconds(30));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.texts()).toEqual(['one', 'two']);
  });
});

onBothEngines('a failure that certainly changed nothing', (fresh) => {
  it('is tried again by and by, without a look', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('unreachable', 'unreachable');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'waiting', 1);
    await aMoment();
    expect(bot.world.tried).toHaveLength(1);
    bot.clock.forward(seconds(2));
    await becomes(bot, 'post:one', 'waiting', 2);
    bot.clock.forward(seconds(3));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world).toMatchObject({ lookUps: [], posts: [{ text: 'one' }] });
  });
});

onBothEngines('a reply that never came', (fresh) => {
  it('is looked for at once, and what arrived is adopted', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('reply lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.tried).toEqual(['one']);
    expect(bot.observed).toEqual(['unclear', 'adopted']);
    expect(await bot.row('post:one')).toMatchObject({ result: { ts: 'one' } });
  });

  it('is looked for at once also when earlier tries never got through', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('unreachable', 'reply lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'waiting', 1);
    bot.clock.forward(seconds(2));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.texts()).toEqual(['one']);
  });

  it('is sent again only when it can no longer arrive, 25 seconds after', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('request lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'unknown', 2);
    bot.clock.forward(seconds(24));
    await aMoment();
    expect(bot.world.tried).toHaveLength(1);
    bot.clock.forward(seconds(1));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.texts()).toEqual(['one']);
  });

  it('of a request that lands late is adopted then', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('request lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'unknown', 2);
    bot.world.posts.push({ id: bot.world.lookUps[0] ?? '', text: 'one' });
    bot.clock.forward(seconds(25));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.tried).toHaveLength(1);
  });

  it('is adopted also when it lands, and time runs out, while it is being looked for', async () => {
    const clock = handClock();
    const late = post({
      async find({ text }, world, { id }) {
        const found = world.look(id);
        if (world.lookUps.length === 1) {
          world.posts.push({ id, text });
          clock.forward(seconds(26));
        }
        return found && { result: { ts: text } };
      },
    });
    await using bot = await aBot(await fresh.store(), { kinds: [late], clock });
    bot.world.moods.push('request lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.tried).toHaveLength(1);
  });

  it('counts the 25 seconds from when it was on the wire at the latest, not from when it was taken', async () => {
    const clock = handClock();
    const slow = post({
      async run({ text }, world, { id }) {
        // The machine stood still before the request left.
        if (world.tried.length === 0) clock.forward(seconds(30));
        await world.request(id, text);
        return { result: { ts: text } };
      },
    });
    await using bot = await aBot(await fresh.store(), { kinds: [slow], clock });
    bot.world.moods.push('request lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'unknown', 2);
    clock.forward(seconds(24));
    await aMoment();
    expect(bot.world.tried).toHaveLength(1);
    clock.forward(seconds(1));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.texts()).toEqual(['one']);
  });

  it('counts the 25 seconds from the last time it was sent', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('request lost', 'request lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'unknown', 2);
    bot.clock.forward(seconds(25));
    await becomes(bot, 'post:one', 'unknown', 3);
    bot.clock.forward(seconds(24));
    await becomes(bot, 'post:one', 'unknown', 4);
    expect(bot.world.tried).toHaveLength(2);
    bot.clock.forward(seconds(1));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.texts()).toEqual(['one']);
  });

  it('is no matter for what can be repeated', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('reply lost');
    await bot.plan(anEffect('one', { kind: 'put' }));
    await becomes(bot, 'post:one', 'done');
    expect(bot.world.tried).toEqual(['one', 'one']);
  });

  it('is left at that where doing it once is better than twice', async () => {
    const kind = post({ whenUnknown: 'once', find: async () => undefined });
    await using bot = await aBot(await fresh.store(), { kinds: [kind] });
    bot.world.moods.push('request lost');
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'done');
    bot.clock.forward(seconds(60));
    await aMoment();
    expect(bot.world.tried).toEqual(['one']);
    expect(await bot.row('post:one')).toMatchObject({ result: { unknown: true } });
  });

  it('may be any error that nobody foresaw', async () => {
    let broken = true;
    const kind = post({
      async run({ text }, world, { id }) {
        await world.request(id, text);
        if (broken) throw new TypeError('x is not a function');
        return {};
      },
    });
    await using bot = await aBot(await fresh.store(), { kinds: [kind] });
    await bot.plan(anEffect('one'));
    await becomes(bot, 'post:one', 'done');
    broken = false;
    expect(bot.world.tried).toEqual(['one']);
  });
});

onBothEngines('a stop', (fresh) => {
  it('lets what is on the wire end, and takes nothing new', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('hangs');
    await bot.plan(anEffect('one'));
    await tries(bot, 1);
    const stopped = bot.worker.stop();
    await bot.plan(anEffect('two'));
    expect(bot.worker.busy()).toBe(1);
    bot.world.letGo();
    await stopped;
    expect(bot.worker.busy()).toBe(0);
    expect((await bot.row('post:one'))?.state).toBe('done');
    await aMoment();
    expect((await bot.row('post:two'))?.state).toBe('waiting');
  });

  it('does not wait for ever', async () => {
    await using bot = await aBot(await fresh.store());
    bot.world.moods.push('hangs');
    await bot.plan(anEffect('one'));
    await tries(bot, 1);
    await bot.worker.stop(50);
    expect((await bot.row('post:one'))?.state).toBe('running');
  });

  it('leaves no alarm behind, also in the middle of a turn', async () => {
    const store = await fresh.store();
    const before = Object.keys(scheduledJobs).length;
    await using bot = await aBot(store);
    await bot.plan(anEffect('later', { runAt: new Date(bot.clock.now().getTime() + seconds(3600)) }));
    await eventually('the alarm', async () => bot.clock.due ?? undefined);
    bot.worker.wake();
    await bot.worker.stop();
    expect(Object.keys(scheduledJobs)).toHaveLength(before);
    expect(bot.clock.listeners.size).toBe(0);
  });
});

describe('the wait before another try', () => {
  const middle = () => 0.5;
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [8, 128],
    [9, 256],
    [10, 300],
    [1000, 300],
  ])('after %d attempts is about %d seconds', (attempts, wait) => {
    expect(backOff(attempts, middle)).toBe(seconds(wait));
    expect(backOff(attempts, () => 0)).toBe(seconds(wait) * 0.875);
    expect(backOff(attempts, () => 1)).toBe(seconds(wait) * 1.125);
  });
});

describe('what the outside may say', () => {
  it('names the gate that is closed', () => {
    expect(new Held(1_000, 'pins.add').message).toBe('rate limited on pins.add');
    expect(new Held(1_000).gate).toBeUndefined();
    expect(new Unclear('socket hang up').name).toBe('Unclear');
  });
});
