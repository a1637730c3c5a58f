import { describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, channel, bot, incidents } = story();

async function anIncident(title = 'Checkout is failing'): Promise<Room> {
  await ana.declares(title);
  const room = await ana.isInvitedTo(new RegExp(title.toLowerCase().replaceAll(' ', '-')));
  await room.headline();
  return room;
}

describe('inside an incident channel', () => {
  it('a bare command shows what can be done', async () => {
    const room = await anIncident();
    expect(await ana.types('/incident', room)).toMatch(/Post update[\s\S]*Resolve/);
  });

  it('a word that is no command is answered with the nearest one', async () => {
    const room = await anIncident();
    expect(await ana.types('/incident udpate all is well', room)).toMatch(
      /I do not know \*udpate\*\. Did you mean `\/incident update`\?/,
    );
    expect(await room.count(/all is well/)).toBe(0);
  });

  it('and can be declared as something new', async () => {
    const room = await anIncident();
    await ana.types('/incident printers are on fire', room);
    await ana.presses('Declare this', room);
    const form = await ana.form('Declare an incident');
    await ana.self().submit({}, { view: form.id });
    await ana.isInvitedTo(/^inc-2-printers-are-on-fire$/);
  });

  it('commands are taken in any case', async () => {
    const room = await anIncident();
    await ana.types('/incident Update all is well', room);
    await room.shows(/> all is well/);
  });

  it.each(['status', 'severity', 'resolve'])('“%s” with words it does not understand asks again', async (command) => {
    const room = await anIncident();
    const answer = await ana.types(`/incident ${command} banana`, room);
    if (answer === '') await ana.form(/Resolve/);
    else expect(answer).toMatch(/^Which/);
  });

  it('“status resolved” asks what resolving asks', async () => {
    const room = await anIncident();
    await ana.types('/incident status resolved', room);
    await ana.form('When did they stop feeling it?');
  });
});

describe('outside of incident channels', () => {
  it('a command about an incident asks which one, and does it', async () => {
    await anIncident();
    const room = await anIncident('Search is slow');
    expect(await ben.types('/incident update rebuilding the index', 'general')).toMatch(/Which\?/);
    const asked = await ben.sees('Which?', 'general');
    const second = (await incidents()).find(({ number }) => number === 2);
    await ben.self().choose('choose-incident', second?.id ?? '', { channel: asked.channel, ts: asked.ts });
    await room.shows(/Update\* by[\s\S]*rebuilding the index/);
    await ben.sees(/Done for/, 'general');
  });

  it('carries a long text through the question', async () => {
    const room = await anIncident();
    const text = `${'Customers in Spain cannot pay by card. '.repeat(70)}The end.`;
    await ben.types(`/incident update ${text}`, 'general');
    const [incident] = await incidents();
    await ben.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    await room.shows(/The end\./);
    await bot.settled();
    expect((await incidents())[0]?.latestUpdate?.text).toBe(text);
  });

  it('opens the form of the incident chosen', async () => {
    await anIncident();
    await ben.types('/incident status', 'general');
    const [incident] = await incidents();
    await ben.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    await ben.submits({ to: 'identified' }, 'Change status');
    await (await channel('incidents')).shows('Identified');
  });

  it('offers to declare what was typed', async () => {
    await anIncident();
    await ben.types('/incident status page is down', 'general');
    await ben.presses('Declare this', 'general');
    await ben.submits({}, 'Declare an incident');
    await ben.isInvitedTo(/^inc-2-status-page-is-down$/);
  });

  it('says so when no incident is open, and offers to declare', async () => {
    expect(await ben.types('/incident update all is well', 'general')).toMatch(/No incident is open/);
    await ben.presses('Declare this', 'general');
    await ben.form('Declare an incident');
  });

  it('help shows every command', async () => {
    const help = await ben.types('/incident help', 'general');
    for (const command of ['declare', 'list', 'help', 'update', 'status', 'severity', 'resolve'])
      expect(help).toContain(`/incident ${command}`);
  });

  it('a list with nothing in it offers to declare', async () => {
    expect(await ben.types('/incident list', 'general')).toMatch(/No incidents are open/);
    await ben.presses('Declare an incident', 'general');
    await ben.form('What is wrong?');
  });

  it('Slack’s entities in what was typed are words again', async () => {
    const room = await anIncident();
    await ana.types('/incident update a < b & c > d, ask @ben in #general', room);
    const shown = await room.shows(/a < b & c > d, ask @ben in #general/);
    expect(wordsOf(shown)).toMatch(/Update/);
    expect(shown.notifies?.users ?? []).not.toContain(ben.id);
  });
});
