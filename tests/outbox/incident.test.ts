import { expect, it } from '@jest/globals';
import { onBothEngines } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { aBot, aDesk, anEffect, becomes, declared, handClock, post, put } from './world.ts';

const hours = 3_600_000;

/** Posts a headline, and tells the incident where it is. */
const headline = post({
  async run({ text }, world, { id }) {
    await world.request(id, text);
    return { report: { type: 'reportHeadlinePosted', at: { channel: 'C7', ts: '1.1' } } };
  },
  async find(_, world, { id }) {
    return world.look(id) && { report: { type: 'reportHeadlinePosted', at: { channel: 'C7', ts: '1.1' } } };
  },
  purpose: 'post the headline',
});

onBothEngines('an incident', (fresh) => {
  const started = async (parts: Parameters<typeof aBot>[1] = {}) => {
    const store = await fresh.store();
    const bot = await aBot(store, { kinds: [headline, put()], ...parts });
    const { id } = await declared(bot.desk);
    const now = () => store.read((tx) => tx.incidents.load(id));
    const types = async () => (await store.read((tx) => tx.record.of(id))).map(({ event }) => event.type);
    return { store, bot, id, now, types };
  };

  it('hears what the worker learned, once', async () => {
    const { bot, id, now, types } = await started();
    await using _ = bot;
    bot.world.moods.push('reply lost');
    await bot.plan(anEffect('headline', { incident: id }));
    await becomes(bot, 'post:headline', 'done');
    expect(await now()).toMatchObject({ headline: { channel: 'C7', ts: '1.1' } });
    expect(await types()).toEqual(['declared', 'headlinePosted']);
  });

  it('hears of it again when it could not be told the first time, and nothing is posted twice', async () => {
    const store = await fresh.store();
    const clock = handClock();
    const sound = aDesk(store, clock);
    let broken = true;
    const handleIn: typeof sound.handleIn = async (...args) => {
      if (!broken) return sound.handleIn(...args);
      broken = false;
      throw new Error('the database went away');
    };
    await using bot = await aBot(store, { kinds: [headline], clock, desk: { ...sound, handleIn } });
    const { id } = await declared(bot.desk);
    await bot.plan(anEffect('headline', { incident: id }));
    await becomes(bot, 'post:headline', 'done');
    expect(bot.world.texts()).toEqual(['headline']);
    expect(await store.read((tx) => tx.incidents.load(id))).toMatchObject({ headline: { ts: '1.1' } });
  });

  it('keeps what was said together with what was learned of it, or neither', async () => {
    const store = await fresh.store();
    const clock = handClock();
    const sound = aDesk(store, clock);
    const place = { channel: 'C7', ts: '1.1' };
    const message = { ...place, author: 'U0BEN', kind: 'said' as const, text: 'Disk full', files: [], earlier: [] };
    const kept = () => store.read(async (tx) => (await tx.messages.at([place])).length);
    const goOn = Promise.withResolvers<void>();
    let told = 0;
    const handleIn: typeof sound.handleIn = async (...args) => {
      told += 1;
      if (told === 1) throw new Error('the database went away');
      await goOn.promise;
      return sound.handleIn(...args);
    };
    const learned = (incident = '') => ({
      keep: [{ ...message, incident }],
      report: { type: 'addToTimeline' as const, source: place },
    });
    const look = post({
      run: async (_, __, { incident }) => learned(incident),
      find: async (_, __, { incident }) => learned(incident),
    });
    await using bot = await aBot(store, { kinds: [look], clock, desk: { ...sound, handleIn } });
    const { id } = await declared(bot.desk);
    await bot.plan(anEffect('look', { incident: id }));
    await eventually('the incident to be told again', async () => (told === 2 ? true : undefined));
    // Nothing of the first time stayed, and of the second nobody sees anything before the incident knows of it.
    expect(await kept()).toBe(0);
    goOn.resolve();
    await becomes(bot, 'post:look', 'done');
    expect(await kept()).toBe(1);
    expect(await store.read((tx) => tx.incidents.load(id))).toMatchObject({ timelineSources: ['C7:1.1'] });
  });

  it('shows what failed for good, until somebody put it right', async () => {
    const { store, bot, id, now, types } = await started();
    await using _ = bot;
    bot.world.moods.push('refuses');
    await bot.plan(anEffect('headline', { incident: id }));
    await becomes(bot, 'post:headline', 'dead');
    expect(await now()).toMatchObject({
      troubles: [{ effect: 'post:headline', what: 'post the headline', why: 'is_archived', at: bot.clock.now() }],
    });

    const dead = await store.read((tx) => tx.outbox.dead(id));
    await store.transact((tx) =>
      tx.outbox.revive(
        dead.map((row) => row.id),
        bot.clock.now(),
      ),
    );
    bot.worker.wake();
    await becomes(bot, 'post:headline', 'done');
    expect(await now()).toMatchObject({ troubles: [], headline: { ts: '1.1' } });
    expect(await types()).toEqual(['declared', 'troubleReported', 'headlinePosted', 'troubleCleared']);
  });

  it('shows no trouble over what nobody misses', async () => {
    const { bot, id, now } = await started();
    await using _ = bot;
    bot.world.moods.push('refuses');
    await bot.plan(anEffect('topic', { kind: 'put', incident: id }));
    await becomes(bot, 'post:topic', 'dead');
    expect(await now()).toMatchObject({ troubles: [], version: 1 });
  });

  it('is told when a day of trying was not enough', async () => {
    const { bot, id, now } = await started();
    await using _ = bot;
    bot.world.moods.push('unreachable', 'unreachable', 'unreachable');
    await bot.plan(anEffect('headline', { incident: id }));
    for (const tried of [1, 2]) {
      await becomes(bot, 'post:headline', 'waiting', tried);
      bot.clock.forward(12 * hours + 1);
    }
    await becomes(bot, 'post:headline', 'dead');
    expect(await now()).toMatchObject({ troubles: [{ what: 'post the headline', why: 'connect ECONNREFUSED' }] });
  });

  it('is not told so when the work was planned for days ahead and just began', async () => {
    const { bot, id } = await started();
    await using _ = bot;
    bot.world.moods.push('unreachable');
    await bot.plan(anEffect('headline', { incident: id, runAt: new Date(bot.clock.now().getTime() + 72 * hours) }));
    bot.clock.forward(72 * hours);
    await becomes(bot, 'post:headline', 'waiting', 1);
    bot.clock.forward(2_000);
    await becomes(bot, 'post:headline', 'done');
  });

  it('gets no second headline when its last try of the day lost the reply and somebody presses "Try again"', async () => {
    const { store, bot, id } = await started();
    await using _ = bot;
    bot.world.moods.push('unreachable', 'reply lost');
    await bot.plan(anEffect('headline', { incident: id }));
    await becomes(bot, 'post:headline', 'waiting', 1);
    bot.clock.forward(25 * hours);
    await eventually('the last try', async () => bot.world.posts[0]);
    await eventually('an end', async () => {
      const state = (await bot.row('post:headline'))?.state;
      return state === 'done' || state === 'dead' ? true : undefined;
    });
    const dead = await store.read((tx) => tx.outbox.dead(id));
    await store.transact((tx) =>
      tx.outbox.revive(
        dead.map((row) => row.id),
        bot.clock.now(),
      ),
    );
    bot.worker.wake();
    await becomes(bot, 'post:headline', 'done');
    expect(bot.world.texts()).toEqual(['headline']);
  });

  it('can be tried again after a doubt was given up, from the moment of the first attempt on', async () => {
    const since: (Date | undefined)[] = [];
    const kind = post({
      async find(_, world, { id, firstSentAt }) {
        since.push(firstSentAt);
        return world.look(id) && { result: null };
      },
    });
    const { store, bot, id } = await started({ kinds: [kind] });
    await using _ = bot;
    const first = bot.clock.now();
    bot.world.moods.push('request lost', 'refuses');
    await bot.plan(anEffect('headline', { incident: id }));
    await becomes(bot, 'post:headline', 'unknown', 2);
    bot.clock.forward(25_000);
    await becomes(bot, 'post:headline', 'dead');

    const dead = await store.read((tx) => tx.outbox.dead(id));
    bot.clock.forward(hours);
    await store.transact((tx) =>
      tx.outbox.revive(
        dead.map((row) => row.id),
        bot.clock.now(),
      ),
    );
    bot.worker.wake();
    await becomes(bot, 'post:headline', 'done');
    for (const moment of since) expect(moment).toEqual(first);
  });
});
