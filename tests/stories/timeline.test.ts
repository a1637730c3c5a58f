import { describe, expect, it } from '@jest/globals';
import { type Line, readTimeline } from '../../src/features/timeline/read.ts';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

const { ana, ben, gus, slack, bot, incidents, read } = story();

async function anIncident(): Promise<Room> {
  await ana.declares('Checkout is failing');
  const room = await ana.isInvitedTo(/checkout/);
  await room.headline();
  return room;
}

/** What stands in the timeline beside what is in it by itself. */
async function kept(): Promise<Line[]> {
  const [incident] = await incidents();
  const lines = incident ? await read((tx) => readTimeline(tx, incident)) : [];
  return lines.filter(({ event, moment }) => !event && !moment);
}

/** Waits until the bot says, or no longer says, that a message is in the timeline. */
async function marked(room: Room, ts: string, there: boolean): Promise<void> {
  await eventually(`the bot's pin on ${ts} to be ${there ? 'there' : 'gone'}`, async () => {
    const message = (await room.messages()).find((one) => one.ts === ts);
    return (message?.reactions ?? []).some(({ name }) => name === 'round_pushpin') === there ? true : undefined;
  });
}

describe('the timeline', () => {
  it('keeps a message while somebody points at it, by a reaction or a pin', async () => {
    const room = await anIncident();
    await ben.self().join(room.id);
    const said = await ben.says('The disk of *db-1* is full, says @ana', room);
    await ben.self().react('pushpin', said);
    await marked(room, said.ts, true);
    expect(await kept()).toMatchObject([
      {
        source: { channel: room.id, ts: said.ts },
        author: ben.id,
        by: ben.id,
        text: `The disk of db-1 is full, says @${ana.id}`,
        at: new Date(Math.floor(Number(said.ts) * 1000)),
      },
    ]);
    expect(await ana.types('/incident timeline', room)).toMatch(/The disk of db-1 is full[\s\S]*\|message>/);

    await ana.self().pin(said);
    await bot.settled();
    await ben.self().unreact('pushpin', said);
    await bot.settled();
    // Pinned it is still.
    expect(await kept()).toHaveLength(1);
    await ana.self().unpin(said);
    await marked(room, said.ts, false);
    expect(await kept()).toEqual([]);

    await ana.self().pin(said);
    await marked(room, said.ts, true);
    // The headline is pinned by the bot, and nobody asked for that.
    expect(await kept()).toHaveLength(1);
  });

  it('takes what people write, now or earlier, and lets them put it right with a reason', async () => {
    const room = await anIncident();
    await ana.types('/incident timeline restarted the API 20 minutes ago', room);
    await room.shows(/added to the timeline[\s\S]*restarted the API/);
    expect(await ana.types('/incident timeline restarted at 25:99', room)).toMatch(
      /do not understand the time \*25:99/,
    );
    expect(await ana.types('/incident timeline', room)).toMatch(/restarted the API[\s\S]*Declared as SEV2: Checkout/);
    const [before] = await kept();
    const [incident] = await incidents();
    const edit = { actionId: 'timeline-edit', value: JSON.stringify([incident?.id, before?.id, 0, false]) };
    await ana.self().press(edit, { channel: room.id });
    const earlier = new Date(Math.floor((before?.at.getTime() ?? 0) / 1000) * 1000 - 5 * 60_000);
    const changes = { text: 'Restarted API and queue', at: earlier, shown: 'hidden', reason: 'Both of them' };
    expect(await ana.submits(changes, 'Change an entry')).toMatchObject({ outcome: 'closed' });
    await room.shows(/changed an entry of the timeline: reworded, moved to .*, hidden[\s\S]*Both of them/);
    expect(await kept()).toMatchObject([
      {
        text: 'Restarted API and queue',
        hidden: true,
        at: earlier,
        changes: [{ by: ana.id, reason: 'Both of them', before: { text: 'restarted the API', at: before?.at } }],
      },
    ]);
    // The page under the form shows it.
    await ana.sees('Show hidden (1)', room);
    await ana.presses('Show hidden (1)', room);
    await ana.sees(/hidden.*Restarted API and queue/, room);
    expect(await ben.types('/incident timeline')).toMatch(/Which\?/);
  });

  it('takes a message by the shortcut, here and from elsewhere', async () => {
    const room = await anIncident();
    const here = await ana.says('Certificates ran out', room);
    await ana.self().messageShortcut('add-to-timeline', here);
    await marked(room, here.ts, true);
    const elsewhere = await ben.says('Mails are late since nine', 'general');
    await ben.self().messageShortcut('add-to-timeline', elsewhere);
    const [incident] = await incidents();
    await ben.submits({ incident: incident?.id ?? '' }, 'Of which incident?');
    await room.shows(/kept a message from elsewhere/);
    expect((await kept()).map(({ text, author }) => [text, author])).toEqual([
      ['Certificates ran out', ana.id],
      ['Mails are late since nine', ben.id],
    ]);
    await bot.settled();
    expect((await slack.violations()).length).toBe(0);
  });

  it('takes nothing of whoever may not, and of a private incident shows nothing to who is not in it', async () => {
    await ana.declares('Leak of canary-41', { private: true });
    const room = await ana.isInvitedTo(/private/);
    await room.headline();
    const said = await ana.says('canary-41 was copied', room);
    await ana.self().react('pushpin', said);
    await marked(room, said.ts, true);
    await ana.self().invite('gus', room.id);
    await bot.settled();
    await gus.self().react('pushpin', await ana.says('Guests see this', room));
    await gus.isTold(/not kept in the timeline.*Guests cannot/);
    expect(await kept()).toHaveLength(1);
    expect(await ana.types('/incident timeline', room)).toMatch(/canary-41 was copied/);
    expect(await ben.types('/incident timeline')).not.toContain('canary-41');
    const [incident] = await incidents();
    const outside = await ben.says('Who knows more?', 'general');
    await ben.self().messageShortcut('add-to-timeline', outside);
    await eventually('an answer to Ben', async () => {
      const told = (await ben.self().sees('general')).map(({ text }) => text).join();
      return told.includes('No incident that you can see') ? true : undefined;
    });
    expect(incident?.isPrivate).toBe(true);
  });
});
