import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';
import { isComplete, kept, peopleTalk } from '../support/whole-record.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = { name: 'graph.png', content: png, encoding: 'base64' as const };

describe('the record, when Slack tells nothing while the connection stands', () => {
  const told = story();
  const { ana, ben, bot, clock, faults, read, slack } = told;

  async function anIncidentPeopleTalkIn(): Promise<{ room: Room; before: Awaited<ReturnType<typeof peopleTalk>> }> {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    const before = await peopleTalk(told, room);
    await bot.settled();
    return { room, before };
  }

  async function hoursPass(count: number): Promise<void> {
    for (let hour = 0; hour < count; hour++) {
      await clock.forward({ hours: 1 });
      await bot.settled();
    }
  }

  const images = async () =>
    read(async (tx) => {
      const [incident] = await tx.incidents.list();
      return tx.images.of(incident?.id ?? '');
    });

  it('is complete within two hours of what was said on a whole day, and at once when Slack speaks again', async () => {
    const { room, before } = await anIncidentPeopleTalkIn();
    const { first, parent } = before;
    const at = { channel: room.id };
    await faults.add({ kind: 'event-drop' });
    await hoursPass(7);
    const { parent: young } = await peopleTalk(told, room, first);
    await hoursPass(8);
    await ana.self().upload(picture, at);
    await ben.self().say('back at it', { ...at, thread: parent.ts });
    await ben.self().unpin({ ...at, ts: parent.ts });
    await ben.self().say('still mine', { ...at, thread: young.ts });
    await hoursPass(9);
    // Nobody has told anything for 24 hours.
    const caughtUp = await isComplete(told, room);
    expect(caughtUp.find(({ ts }) => ts === first.ts)).toMatchObject({
      text: 'the queue was full',
      earlier: [{ text: 'the queue is full' }],
    });
    expect(await images()).toMatchObject([{ name: 'graph.png' }]);

    await clock.forward({ minutes: 20 });
    const late = await ben.self().say('it was the certificate', at);
    await ben.self().edit({ ...at, ts: late.ts }, 'it was the certificate of eu-west');
    await ana.self().say('renewed', { ...at, thread: parent.ts });
    await ana.self().upload({ ...picture, name: 'after.png' }, at);
    await slack.quiet();
    expect((await kept(told)).some(({ ts }) => ts === late.ts)).toBe(false);

    await clock.forward({ minutes: 20 });
    await faults.clear();
    await ana.says('customers can pay', room);
    // The clock stands still: nothing that looks by the hour does it.
    await isComplete(told, room);
    await eventually('both images', async () => ((await images()).length === 2 ? true : undefined));
  });

  it('is complete where people only changed what stood there already', async () => {
    const { room, before } = await anIncidentPeopleTalkIn();
    const { first, parent } = before;
    const at = { channel: room.id };
    await hoursPass(2);
    await faults.add({ kind: 'event-drop' });
    await ana.self().edit({ ...at, ts: first.ts }, 'the queue of eu-west is full');
    await hoursPass(2);
    await isComplete(told, room);
    await ben.self().say('a reply and nothing else', { ...at, thread: parent.ts });
    await hoursPass(2);
    await isComplete(told, room);
    await ana.self().delete({ ...at, ts: first.ts });
    await hoursPass(2);
    await isComplete(told, room);
  });

  it('has at the end what was edited in a thread that had rested for days', async () => {
    const { room } = await anIncidentPeopleTalkIn();
    const at = { channel: room.id };
    const parent = await ana.says('who has the keys?', room);
    const reply = await ben.self().say('Chloe', { ...at, thread: parent.ts });
    await bot.settled();
    await hoursPass(2);
    await clock.forward({ days: 2 });
    await bot.settled();
    await faults.add({ kind: 'event-drop' });
    await ben.self().edit({ ...at, ts: reply.ts }, 'Chloe, until Friday');
    await faults.clear();
    await ana.types('/incident resolve', room);
    await ana.submits({}, 'Resolve');
    await isComplete(told, room);
  });

  it('is asked for with one call an hour where there is nothing to tell', async () => {
    await anIncidentPeopleTalkIn();
    await hoursPass(2);
    const asked = async () =>
      (await slack.ledger()).filter(
        (one) => one.kind === 'call' && /^conversations\.(history|replies)$/.test(one.method),
      );
    const before = (await asked()).length;
    await hoursPass(6);
    const calls = (await asked()).length - before;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThanOrEqual(6);
  });
});
