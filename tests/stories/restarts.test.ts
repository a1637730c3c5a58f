import { beforeEach, describe, expect, it } from '@jest/globals';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, dev, slack, faults, clock, channel, bot, incidents, applied, tolerate } = story({ bot: 'process' });

// A bot that is gone acknowledges nothing.
beforeEach(() => tolerate('missing-ack'));

/** Slow enough to be killed on the way. */
const slowly = (ms: number, method = '*') => faults.add({ kind: 'latency', method, ms });

describe('kill -9', () => {
  it.each([
    ['before the channel is there', 'conversations.create', 0],
    ['when the channel was just made', 'conversations.create', 1],
    ['when the headline was just posted', 'chat.postMessage', 1],
    ['when almost all is done', 'pins.add', 1],
  ])('%s leaves an incident that is finished after the restart', async (_, method, count) => {
    await ana.types('/incident');
    const { id } = await ana.form('Declare');
    await slowly(80);
    expect(await ana.self().submit({ title: 'Checkout is failing' }, { view: id })).toMatchObject({
      outcome: 'closed',
    });
    while ((await applied(method)) < count) await new Promise((resolve) => setTimeout(resolve, 5));
    await bot.kill();
    await faults.clear();
    await bot.start();
    // What may be on its way still is given 25 seconds to arrive before it is sent again.
    await bot.settled();
    await clock.forward({ seconds: 26 });

    const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing$/);
    await room.headline();
    const updates = await channel('incidents');
    await updates.shows('Checkout is failing');
    await room.becomes('furnished', ({ pins, bookmarks, topic }) => Boolean(pins.length && bookmarks.length && topic));
    await bot.settled();
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
    expect(await room.count(/^#1 Checkout is failing/)).toBe(1);
    expect(await updates.count('Checkout is failing')).toBe(1);
    const { pins, bookmarks } = await room.channel();
    expect([pins.length, bookmarks.length]).toEqual([1, 1]);
    expect(await incidents()).toHaveLength(1);
  });

  it('between taking a command and doing it loses nothing: it is done after the restart', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    await ana.self().invite('dev', room.id);
    await slowly(1_200, 'users.info');
    const typed = dev.self().command('/incident update half of it is back', { channel: room.id });
    await asked('users.info', dev.id);
    await bot.kill();
    await faults.clear();
    await bot.start();
    await room.shows(/:mega: \*Update\* by <@U0000000DEV>[\s\S]*half of it is back/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ updateCount: 1 }]);
    expect(await typed).toMatchObject({ ok: false });
  });

  it('between asking for a form and getting it is answered honestly', async () => {
    await slowly(1_200, 'users.info');
    const typed = ben.self().command('/incident Search is slow', { channel: 'general' });
    await asked('users.info', ben.id);
    await bot.kill();
    await faults.clear();
    await bot.start();
    const said = await ben.sees(/I was restarting when you asked for this form/, 'general');
    expect(wordsOf(said)).toMatch(/ask once more/);
    expect(await ben.self().views()).toEqual([]);
    expect(await typed).toMatchObject({ ok: false });
  });

  it('between taking a form and answering declares once, and says so to nobody twice', async () => {
    await ana.types('/incident');
    await ana.form('Declare');
    await bot.stop();
    await bot.start();
    await slowly(1_200, 'users.info');
    const sent = ana.submits({ title: 'Checkout is failing' });
    await asked('users.info', ana.id);
    await bot.kill();
    expect(await sent).toMatchObject({ outcome: expect.stringMatching(/timeout|failed/) });
    await faults.clear();
    await bot.start();
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    // The form is still before her; what she sees makes her press once more.
    expect(await ana.submits({})).toMatchObject({ outcome: 'closed' });
    await bot.settled();
    expect(await incidents()).toHaveLength(1);
  });

  /** Until the bot has asked Slack who somebody is. */
  async function asked(method: string, user: string): Promise<void> {
    const calls = async () =>
      (await slack.ledger()).some(
        (entry) => entry.kind === 'call' && entry.method === method && entry.args.user === user && entry.ms === 0,
      );
    while (!(await calls())) await new Promise((resolve) => setTimeout(resolve, 5));
  }
});

describe('a stop and a start', () => {
  it('finishes what is on its way, and goes on where it was', async () => {
    await ana.declares('Checkout is failing');
    await bot.stop();
    expect(await ana.self().command('/incident list', { channel: 'general' })).toMatchObject({ ok: false });
    await bot.start();
    const room = await ana.isInvitedTo(/^inc-1-checkout/);
    await room.headline();
    await ana.types('/incident update we are back', room);
    await room.shows(/:mega:[\s\S]*we are back/);
    await bot.settled();
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
    expect(await room.count(/^#1 Checkout is failing/)).toBe(1);
  });
});
