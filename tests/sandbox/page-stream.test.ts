import { describe, expect, it } from '@jest/globals';
import { superviseBot } from '../../sandbox/bot.ts';
import type { Delta, Snapshot } from '../../sandbox/wire.ts';
import { open } from './open.ts';
import { openWindow } from './window.ts';

const texts = ({ messages = [] }: Delta) => messages.map(({ text }) => text);
const says = (words: string) => (delta: Delta) => texts(delta).includes(words);
const named = ({ channels }: Snapshot, name: string) => channels.find((one) => one.name === name);

describe('a window of the page', () => {
  it('is told everything but messages at first', async () => {
    await using world = await open({ manifest: 'manifest.yml' });
    await world.client.as('ben').say('said before', { channel: 'general' });
    await using window = openWindow(world.sandbox, 'ana');
    const snapshot = await window.snapshot();
    expect(snapshot).toMatchObject({
      person: { name: 'ana', timeZone: 'Europe/Madrid' },
      app: { name: 'Tocsin', commands: [{ command: '/incident' }, { command: '/inc' }] },
      bot: { state: 'absent', connected: false },
      views: [],
      home: null,
    });
    expect(snapshot.channels.map(({ name }) => name)).toEqual(['general', 'incidents']);
    expect(JSON.stringify(snapshot)).not.toContain('said before');
  });

  it('is told only what changed, and only by what it may see', async () => {
    await using world = await open();
    const { client } = world;
    await client.as('ana').createChannel('secret', { private: true });
    await using ana = openWindow(world.sandbox, 'ana');
    await using ben = openWindow(world.sandbox, 'ben');
    expect(named(await ben.snapshot(), 'secret')).toBeUndefined();
    await ana.snapshot();
    await client.as('ana').say('between us', { channel: 'secret' });
    await client.as('ana').say('for all', { channel: 'general' });
    await ana.delta(says('between us'));
    await ben.delta(says('for all'));
    expect(JSON.stringify(ben.told)).not.toContain('between us');
    for (const delta of ana.told.slice(1)) expect(delta).not.toHaveProperty('people');
  });

  it('sees a message change and go', async () => {
    await using world = await open();
    const ana = world.client.as('ana');
    await using window = openWindow(world.sandbox, 'ben');
    await window.snapshot();
    const message = await ana.say('frist', { channel: 'general' });
    await window.delta(says('frist'));
    await ana.edit(message, 'first');
    await window.delta(says('first'));
    await ana.react('eyes', message);
    await window.delta(({ messages }) => messages?.some(({ reactions }) => reactions?.[0]?.name === 'eyes'));
    await ana.delete(message);
    await window.delta(({ messages }) => messages?.some(({ deleted }) => deleted));
  });

  it('sees replies with the parent they belong to', async () => {
    await using world = await open();
    const ana = world.client.as('ana');
    const parent = await ana.say('parent', { channel: 'general' });
    await using window = openWindow(world.sandbox, 'ben');
    await window.snapshot();
    await ana.say('reply', { channel: 'general', thread: parent.ts });
    const delta = await window.delta(says('reply'));
    expect(delta.messages?.find(({ ts }) => ts === parent.ts)).toMatchObject({ reply_count: 1 });
  });

  it('shows one person what is for that person alone', async () => {
    await using world = await open();
    const channel = await world.id('incidents');
    await using ana = openWindow(world.sandbox, 'ana');
    await using ben = openWindow(world.sandbox, 'ben');
    await Promise.all([ana.snapshot(), ben.snapshot()]);
    await world.slack.chat.postEphemeral({ channel, user: world.client.as('ana').id, text: 'psst' });
    await world.slack.chat.postMessage({ channel, text: 'hello' });
    await ana.delta(says('psst'));
    await ben.delta(says('hello'));
    expect(JSON.stringify(ben.told)).not.toContain('psst');
  });

  it('loses a channel its person was taken out of', async () => {
    await using world = await open();
    const ana = world.client.as('ana');
    const { id } = await ana.createChannel('secret', { private: true });
    await ana.invite('ben', 'secret');
    await using window = openWindow(world.sandbox, 'ben');
    expect(named(await window.snapshot(), 'secret')).toBeDefined();
    await ana.kick('ben', 'secret');
    await window.delta(({ hidden }) => hidden?.includes(id));
  });

  it('hears of the bot, the clock and the limits that were broken', async () => {
    await using world = await open();
    await using window = openWindow(world.sandbox, 'ana');
    await window.snapshot();
    const bot = superviseBot({
      command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'],
      env: {},
      files: [],
    });
    world.sandbox.supervise(bot);
    await bot.do('start');
    await window.delta(({ bot: status }) => status?.state === 'running');
    await bot.do('kill');
    await window.delta(({ bot: status }) => status?.state === 'stopped');
    await world.client.clock.freeze();
    await window.delta(({ clock }) => clock?.running === false);
    const channel = await world.id('incidents');
    await world.slack.chat.postMessage({ channel, text: '<!channel> hear me' });
    await window.delta(({ violations }) => violations === 1);
  });

  it('begins anew after a start over', async () => {
    await using world = await open();
    await world.client.as('ana').createChannel('old');
    await using window = openWindow(world.sandbox, 'ana');
    await window.snapshot();
    await world.client.startOver();
    const isNew = (one: Snapshot | Delta) => one.kind === 'snapshot' && !named(one, 'old');
    for (const end = Date.now() + 5000; !window.told.some(isNew) && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(window.told.some(isNew)).toBe(true);
  });

  it('is not opened for somebody unknown, nor for another origin', async () => {
    await using world = await open();
    await using nobody = openWindow(world.sandbox, 'nobody');
    await expect(nobody.snapshot()).rejects.toThrow('404');
    await using foreign = openWindow(world.sandbox, 'ana', { origin: 'http://evil.example' });
    await expect(foreign.snapshot()).rejects.toThrow();
    await using rebound = openWindow(world.sandbox, 'ana', { host: 'evil.example' });
    await expect(rebound.snapshot()).rejects.toThrow();
  });

  it('costs the same however many messages there are', async () => {
    await using world = await open({ limits: 'off' });
    const ana = world.client.as('ana');
    // A connection for each of a thousand at once would be open for longer than the test.
    const lines = Array.from({ length: 10 }, (_, line) => line);
    const sayHundred = async (line: number) => {
      for (let count = 0; count < 100; count += 1) await ana.say(`old ${line} ${count}`, { channel: 'general' });
    };
    await Promise.all(lines.map(sayHundred));
    await using window = openWindow(world.sandbox, 'ben');
    await window.snapshot();
    await ana.say('one more', { channel: 'general' });
    const delta = await window.delta(says('one more'));
    expect(texts(delta)).toEqual(['one more']);
    expect(JSON.stringify([...window.told]).length).toBeLessThan(20_000);
  });
});
