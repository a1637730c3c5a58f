import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import { botToken, type History, type Message, type SeenChannel } from '../../sandbox/wire.ts';
import { type Opened, open } from './open.ts';
import { openWindow } from './window.ts';

const get = async <T>({ sandbox }: Pick<Opened, 'sandbox'>, path: string): Promise<T> =>
  (await fetch(`${sandbox.url}/sandbox/people/${path}`)).json() as Promise<T>;

const post = (sandbox: Sandbox, path: string, body: unknown) =>
  fetch(`${sandbox.url}/sandbox/people/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const texts = (messages: Message[]) => messages.map(({ text }) => text);

async function seen(sandbox: Sandbox, person: string, name: string): Promise<SeenChannel> {
  await using window = openWindow(sandbox, person);
  const { channels } = await window.snapshot();
  const channel = channels.find((one) => one.name === name);
  if (!channel) throw new Error(`${person} sees no ${name}`);
  return channel;
}

const isUnread = ({ latest, mark }: SeenChannel) => latest > mark;

describe('reading a channel', () => {
  it('goes back page by page, threads left out', async () => {
    await using world = await open();
    const ana = world.client.as('ana');
    const first = await ana.say('0', { channel: 'general' });
    for (const words of ['1', '2', '3', '4']) await ana.say(words, { channel: 'general' });
    await ana.say('a reply', { channel: 'general', thread: first.ts });
    const newest = await get<History>(world, 'ben/history?channel=general&limit=2');
    expect([texts(newest.messages), newest.more]).toEqual([['3', '4'], true]);
    const before = newest.messages[0]?.ts;
    const older = await get<History>(world, `ben/history?channel=general&limit=5&before=${before}`);
    expect([texts(older.messages), older.more]).toEqual([['0', '1', '2'], false]);
    const until = await get<History>(world, `ben/history?channel=general&before=${before}&since=${first.ts}`);
    expect(texts(until.messages)).toEqual(['0', '1', '2']);
    expect(texts(await get<Message[]>(world, `ben/thread?channel=general&ts=${first.ts}`))).toEqual(['0', 'a reply']);
  });

  it('is open to who may see it, and to nobody else', async () => {
    await using world = await open();
    const ana = world.client.as('ana');
    await ana.createChannel('plans');
    await ana.createChannel('secret', { private: true });
    expect(await get(world, 'ben/history?channel=plans')).toMatchObject({ more: false });
    expect(await get(world, 'ben/history?channel=secret')).toMatchObject({ error: 'ben sees no channel secret' });
    expect(await get(world, 'gus/history?channel=plans')).toMatchObject({ error: 'gus sees no channel plans' });
  });

  it('gives what is pinned, the newest pin first', async () => {
    await using world = await open();
    const ana = world.client.as('ana');
    for (const words of ['one', 'two']) await ana.pin(await ana.say(words, { channel: 'general' }));
    expect(texts(await get<Message[]>(world, 'ana/pinned?channel=general'))).toEqual(['two', 'one']);
  });

  it('takes an image as it is', async () => {
    await using world = await open();
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    const response = await post(world.sandbox, 'ana/upload', {
      name: 'graph.png',
      content: bytes.toString('base64'),
      encoding: 'base64',
      channel: 'general',
    });
    const { files = [] } = (await response.json()) as Message;
    const given = await fetch(files[0]?.url_private ?? '', { headers: { authorization: `Bearer ${botToken}` } });
    expect(given.headers.get('content-type')).toBe('image/png');
    expect(given.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await given.arrayBuffer())).toEqual(bytes);
  });
});

describe('what is unread', () => {
  it('is what others said and one has not seen', async () => {
    await using world = await open();
    const { sandbox, client } = world;
    expect(isUnread(await seen(sandbox, 'ben', 'general'))).toBe(false);
    const { ts, channel } = await client.as('ana').say('news for @ben', { channel: 'general' });
    expect(isUnread(await seen(sandbox, 'ana', 'general'))).toBe(false);
    expect(await seen(sandbox, 'ben', 'general')).toMatchObject({ latest: ts, badge: 1 });
    expect(await seen(sandbox, 'chloe', 'general')).toMatchObject({ latest: ts, badge: 0 });
    await post(sandbox, 'ben/mark', { channel, ts });
    expect(await seen(sandbox, 'ben', 'general')).toMatchObject({ mark: ts, badge: 0 });
    expect(isUnread(await seen(sandbox, 'chloe', 'general'))).toBe(true);
  });

  it('is not who came and went, nor a reply in a thread', async () => {
    await using world = await open();
    const { sandbox, client } = world;
    const { ts, channel } = await client.as('ana').say('parent', { channel: 'general' });
    await post(sandbox, 'ben/mark', { channel, ts });
    await client.as('ana').say('reply', { channel: 'general', thread: ts });
    await client.as('chloe').leave('general');
    expect(isUnread(await seen(sandbox, 'ben', 'general'))).toBe(false);
  });

  it('tells the other windows of the same person, and nobody else', async () => {
    await using world = await open();
    const { sandbox, client } = world;
    const { ts, channel } = await client.as('ana').say('news', { channel: 'general' });
    await using other = openWindow(sandbox, 'ben');
    await using ana = openWindow(sandbox, 'ana');
    await Promise.all([other.snapshot(), ana.snapshot()]);
    await post(sandbox, 'ben/mark', { channel, ts });
    await other.delta(({ channels }) => channels?.some(({ mark }) => mark === ts));
    expect(ana.told).toHaveLength(1);
  });

  it('outlives a restart of the sandbox', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-marks-'));
    const first = await createSandbox({ manifest: '/none', dataDir });
    const said = await post(first, 'ana/say', { channel: 'general', text: 'news' });
    const { ts, channel } = (await said.json()) as Message;
    await post(first, 'ben/mark', { channel, ts });
    await first[Symbol.asyncDispose]();
    await using again = await createSandbox({ manifest: '/none', dataDir });
    expect(await seen(again, 'ben', 'general')).toMatchObject({ mark: ts });
    expect(isUnread(await seen(again, 'chloe', 'general'))).toBe(true);
  });
});
