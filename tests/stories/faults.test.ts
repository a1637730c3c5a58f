import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, slack, faults, clock, channel, bot, incidents, tolerate } = story();

/** Winds the clock until everything planned has happened. */
async function windDown(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    await bot.settled();
    await clock.forward({ seconds: 61 });
  }
  await bot.settled();
}

/** Real milliseconds. */
const lateBy = 300;

async function theLoop(): Promise<Room> {
  await ana.declares('Checkout is failing', { in: 'general' });
  const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing/);
  await ana.types('/incident update half of it is back', room);
  await ana.types('/incident status identified', room);
  await ana.types('/incident resolve now', room);
  return room;
}

async function isThereOnce(room: Room): Promise<void> {
  const updates = await channel('incidents');
  const inTheOpen = (await updates.messages()).filter(({ ts, thread_ts: thread }) => !thread || thread === ts);
  expect(inTheOpen.map(wordsOf)).toEqual([expect.stringMatching(/Resolved[\s\S]*Checkout is failing/)]);
  expect(await updates.count(/^half of it is back/)).toBe(1);
  expect(await room.count(/^#1 Checkout is failing: Resolved/)).toBe(1);
  expect(await room.count(/:mega:/)).toBe(1);
  expect(await room.count(/changed status to/)).toBe(1);
  expect(await room.count(/resolved this incident/)).toBe(1);
  const { topic, pins, bookmarks } = await room.channel();
  expect({ topic, pins: pins.length, bookmarks: bookmarks.length }).toEqual({
    topic: 'SEV2 · Resolved · Checkout is failing',
    pins: 1,
    bookmarks: 1,
  });
  expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
  expect(await incidents()).toMatchObject([{ status: 'resolved', updateCount: 1, troubles: [] }]);
}

describe('a reply that is lost', () => {
  it.each([
    'conversations.create',
    'conversations.invite',
    'conversations.setTopic',
    'chat.postMessage',
    'chat.update',
    'pins.add',
    'bookmarks.add',
    'users.info',
    'views.open',
  ])('of %s doubles nothing and loses nothing', async (method) => {
    await faults.add({ kind: 'lost-reply', method, times: 1 });
    const room = await theLoop();
    await windDown();
    await isThereOnce(room);
  });

  it('of every post, and of what looks for them, neither', async () => {
    await faults.add({ kind: 'lost-reply', method: 'chat.postMessage', times: 6 });
    await faults.add({ kind: 'error-before', method: 'conversations.history', times: 2 });
    const room = await theLoop();
    await windDown();
    await isThereOnce(room);
  });
});

it('a confirmation in private whose replies are lost is still one message', async () => {
  await faults.add({ kind: 'lost-reply', method: 'conversations.open', times: 1 });
  await faults.add({ kind: 'lost-reply', method: 'chat.postMessage', times: 3 });
  await ana.self().shortcut('declare');
  await ana.submits({ title: 'Checkout is failing' }, 'Declare');
  await ana.isInvitedTo(/checkout/);
  await windDown();
  await ana.isTold(/Headline posted/);
  expect((await ana.self().directMessages()).map(wordsOf)).toHaveLength(1);
});

describe('a call that fails', () => {
  it.each([
    ['before it was applied', { kind: 'error-before', status: 503 }],
    ['after it was applied', { kind: 'error-after', status: 500 }],
    ['and never arrives', { kind: 'lost-request' }],
    ['and arrives late', { kind: 'late', ms: lateBy }],
  ] as const)('%s is made good', async (_, fault) => {
    await ana.types('/incident');
    await ana.form('Declare');
    for (const method of ['conversations.create', 'chat.postMessage', 'conversations.invite'])
      await faults.add({ ...fault, method, times: 1 });
    await ana.submits({ title: 'Checkout is failing' });
    for (let turn = 0; turn < 4; turn++) {
      await bot.settled();
      // What is late lands in real time; a clock that is wound before says that it was later than any request can be.
      await sleep(lateBy + 100);
      await clock.forward({ seconds: 31 });
    }
    const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing$/);
    await ana.types('/incident update half of it is back', room);
    await ana.types('/incident status identified', room);
    await ana.types('/incident resolve now', room);
    await windDown();
    await isThereOnce(room);
  });
});

it('an edit that lands after the next one does not stay', async () => {
  await clock.freeze();
  await ana.declares('Checkout is failing');
  const room = await ana.isInvitedTo(/checkout/);
  await room.headline(/SEV2/);
  await bot.settled();
  await faults.add({ kind: 'late', method: 'chat.update', channel: room.id, clockMs: 10_000, times: 1 });
  await ana.types('/incident severity sev1 it spreads', room);
  await room.headline(/SEV1/);
  await ana.types('/incident severity sev3 it was a drill', room);
  await room.headline(/SEV3/);
  await clock.forward({ seconds: 11 });
  await room.headline(/SEV1/);
  await clock.forward({ seconds: 20 });
  await room.headline(/SEV3/);
});

describe('a rate limit', () => {
  it('holds back its own method and nothing else', async () => {
    await clock.freeze();
    await faults.add({ kind: 'ratelimit', method: 'conversations.setTopic', retryAfter: 30, times: 1 });
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.becomes('bookmarked', ({ bookmarks }) => bookmarks.length === 1);
    expect((await room.channel()).topic).toBe('');
    await clock.forward({ seconds: 31 });
    await room.hasTopic('SEV2 · Investigating · Checkout is failing');
  });

  it('on one channel holds back only what is posted there', async () => {
    await clock.freeze();
    await faults.add({ kind: 'ratelimit', method: 'chat.postMessage', channel: 'incidents', retryAfter: 60, times: 1 });
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await ana.types('/incident update it goes on', room);
    await room.shows(/:mega:/);
    const updates = await channel('incidents');
    expect(await updates.count(/Checkout/)).toBe(0);
    await clock.forward({ seconds: 61 });
    await updates.shows(/Checkout/);
  });
});

describe('an outage of Slack', () => {
  it('in the middle of declaring is caught up with', async () => {
    await ana.types('/incident');
    const { id } = await ana.form('Declare');
    await faults.add({ kind: 'latency', ms: 150 });
    await ana.self().submit({ title: 'Checkout is failing' }, { view: id });
    await faults.outage(true);
    await clock.forward({ minutes: 3 });
    expect((await slack.channels()).filter(({ pins }) => pins.length > 0)).toEqual([]);
    await faults.clear();
    await clock.forward({ minutes: 6 });
    await slack.waitForApp();
    const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing$/);
    await room.headline();
    await ana.types('/incident update half of it is back', room);
    await ana.types('/incident status identified', room);
    await ana.types('/incident resolve now', room);
    await windDown();
    await isThereOnce(room);
  });
});

describe('a socket', () => {
  it('that is cut is replaced, and what was said meanwhile arrives', async () => {
    tolerate('missing-ack');
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await faults.cutSockets();
    await ana.self().invite('ben', room.id);
    await slack.waitForApp();
    await ben.types('/incident update it goes on', room);
    await room.shows(/:mega:/);
    await bot.settled();
    expect((await incidents())[0]?.members).toContain(ben.id);
  });

  it('that Slack asks to renew is renewed without a gap', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    for (const word of ['one', 'two', 'three']) {
      await faults.refreshSockets();
      await ana.types(`/incident update ${word}`, room);
    }
    await room.shows(/:mega:[\s\S]*> three/);
    expect(await room.count(/:mega:/)).toBe(3);
  });
});
