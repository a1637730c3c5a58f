import { describe, expect, it } from '@jest/globals';
import { declareFields } from '../support/character.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

const { ana, ben, slack, faults, channel, bot, incidents, applied } = story();

async function anIncident(): Promise<Room> {
  await ana.declares('Checkout is failing');
  const room = await ana.isInvitedTo(/checkout/);
  await room.headline();
  return room;
}

describe('a form that is sent twice', () => {
  it.each([
    ['one after the other', false],
    ['at the same moment', true],
  ])('%s makes one incident', async (_, together) => {
    await ana.types('/incident');
    const { id } = await ana.form('Declare');
    const send = () => ana.self().submit(declareFields('Checkout is failing'), { view: id });
    const sent = together ? await Promise.all([send(), send()]) : [await send(), await send()];
    expect(sent.map(({ outcome }) => outcome)).toEqual(['closed', 'closed']);
    await ana.isInvitedTo(/checkout/);
    await bot.settled();
    expect(await incidents()).toHaveLength(1);
    expect(await applied('conversations.create')).toBe(1);
  });
});

describe('a delivery that comes again', () => {
  it('declares once', async () => {
    await ana.types('/incident');
    const { id } = await ana.form('Declare');
    const { key = '' } = await ana.self().submit(declareFields('Checkout is failing'), { view: id });
    await slack.redeliver(key);
    await ana.isInvitedTo(/checkout/);
    await slack.redeliver(key);
    await bot.settled();
    expect(await incidents()).toHaveLength(1);
  });

  it('posts an update once, though the same words may be said again', async () => {
    const room = await anIncident();
    const { key } = await ana.self().command('/incident update half of it is back', { channel: room.id });
    expect(await slack.redeliver(key)).toMatchObject({ ok: true });
    await ana.types('/incident update half of it is back', room);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ updateCount: 2 }]);
    expect(await room.count(/:mega:[\s\S]*half of it is back/)).toBe(2);
  });

  it('is answered as the first time', async () => {
    const room = await anIncident();
    const first = await ana.self().command('/incident status investigating', { channel: room.id });
    await slack.redeliver(first.key);
    const deliveries = (await slack.ledger()).flatMap((entry) =>
      entry.kind === 'delivery' && entry.key === first.key ? [entry] : [],
    );
    expect(deliveries).toMatchObject([{ attempts: 2, ack: { text: expect.stringMatching(/It is that already/) } }]);
  });

  it('does no harm when every event comes twice and out of order', async () => {
    await faults.add({ kind: 'event-duplicate' });
    await faults.add({ kind: 'event-reorder', probability: 0.3 });
    const room = await anIncident();
    await (await channel('incidents')).shows('Checkout');
    await ben.presses('Join', 'incidents');
    await ben.isInvitedTo(/checkout/);
    await ana.types('/incident update it goes on', room);
    await ana.types('/incident resolve now', room);
    await room.headline(/Resolved by/);
    await bot.settled();
    expect(await room.count(/:mega:/)).toBe(1);
    const [incident] = await incidents();
    expect(incident?.members.toSorted()).toEqual([ana.id, ben.id].toSorted());
  });
});

it('two people who declare at the same moment get an incident each', async () => {
  await Promise.all([ana.declares('Checkout is failing'), ben.declares('Search is slow', { in: 'general' })]);
  const rooms = [await ana.isInvitedTo(/checkout/), await ben.isInvitedTo(/search/)];
  expect(rooms.map(({ name }) => name.split('-')[1]).toSorted()).toEqual(['1', '2']);
});
