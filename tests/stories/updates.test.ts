import { describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOf, wordsOfView } from '../support/shown.ts';
import { type Story, story } from '../support/story.ts';

const { ana, ben, chloe, dev, slack, clock, channel, bot, incidents } = story();

async function declared(severity: 'sev1' | 'sev2' | 'sev4' = 'sev2', more = {}): Promise<Room> {
  await ana.declares('Checkout is failing', { severity, ...more });
  const room = await ana.isInvitedTo(/^inc-/);
  await room.headline();
  // A clock that is wound while the confirmation is on its way would make it too late.
  await bot.settled();
  return room;
}

type Someone = Story['ana'];
const told = async (person: Someone, pattern: RegExp) =>
  (await person.self().directMessages()).filter((message) => pattern.test(wordsOf(message))).length;

describe('an update that is promised', () => {
  it('is promised on the headline, in the channel and under the announcement', async () => {
    const room = await declared();
    await room.headline(/Next update by/);
    await ana.types('/incident update We roll back', room);
    await room.shows(/\*Update\*[\s\S]*> We roll back[\s\S]*Next update by/);
    const updates = await channel('incidents');
    await updates.shows(/^We roll back[\s\S]*Next update by/);
    await updates.shows(/rotating_light[\s\S]*Next update by/);
  });

  it('comes when something changes where the policy has no rhythm', async () => {
    const room = await declared('sev4');
    await room.headline(/Next update when something changes/);
    await ana.types('/incident update It is slow', room);
    await room.shows(/> It is slow[\s\S]*Next update when something changes/);
  });

  it('is reminded of by direct message only, and posted from there', async () => {
    const room = await declared();
    await clock.forward({ minutes: 26 });
    await ana.isTold(/alarm_clock[\s\S]*Checkout is failing[\s\S]*due by/);
    await ana.presses('Post update', await ana.dm());
    const form = await ana.form('Post an update');
    await ana.self().submit({ text: 'All is well again' }, { view: form.id });
    await room.shows(/> All is well again/);
    await clock.forward({ minutes: 10 });
    await bot.settled();
    expect(await told(ana, /alarm_clock/)).toBe(1);
    expect(await room.count(/alarm_clock|You are the one who writes it/)).toBe(0);
  });

  it('is seen to be overdue by itself, and so by those who wait', async () => {
    const room = await declared();
    await clock.forward({ minutes: 31 });
    await room.headline(/:warning: Update overdue since/);
    await (await channel('incidents')).shows(/Update overdue since/);
    await ana.types('/incident update Late, but here', room);
    await room.headline(/Next update by/);
  });

  it('is left to whoever says that they are on it, and everybody sees who', async () => {
    const room = await declared();
    await clock.forward({ minutes: 26 });
    await ana.isTold(/alarm_clock/);
    await ana.presses('I’m on it', await ana.dm());
    await ana.isTold(/You are on it, and the headline says so/);
    expect(await told(ana, /alarm_clock/)).toBe(0);
    await room.headline(new RegExp(`<@${ana.id}> is on it`));
  });

  it('is reminded of once more after a snooze; a button of the promise before does nothing', async () => {
    const room = await declared();
    await clock.forward({ minutes: 26 });
    await ana.isTold(/alarm_clock/);
    await ana.presses('Snooze 15 min', await ana.dm());
    await ana.isTold(/I remind you again/);
    await clock.forward({ minutes: 16 });
    await ana.isTold(/:warning:[\s\S]*overdue/);
    await ana.types('/incident update We roll back', room);
    await bot.settled();
    await ana.presses('I’m on it', await ana.dm());
    await ana.isTold(/No update is due any more/);
    expect(wordsOf(await room.headline())).not.toMatch(/is on it/);
  });

  it('is reminded of once after the bot was away over all of its times', async () => {
    const room = await declared();
    await bot.settled();
    await bot.stop();
    await clock.forward({ hours: 3 });
    await bot.start();
    await bot.settled();
    await room.headline(/Update overdue/);
    expect(await told(ana, /overdue/)).toBe(1);
    await clock.forward({ hours: 3 });
    await bot.settled();
    expect(await told(ana, /overdue/)).toBe(1);
  });

  it('is owed by nobody once the incident is resolved', async () => {
    const room = await declared();
    await ana.types('/incident resolve now', room);
    await room.shows(/resolved this incident/);
    await clock.forward({ hours: 2 });
    await bot.settled();
    expect(await told(ana, /due by|overdue/)).toBe(0);
    expect(wordsOf(await room.headline())).not.toMatch(/update by|overdue/);
  });
});

describe('the form for an update', () => {
  it('begins with the template, and leaves out what nobody filled in', async () => {
    const room = await declared();
    await ana.types('/incident update', room);
    const form = await ana.form('Post an update');
    const refused = await ana.self().submit({}, { view: form.id });
    expect(refused).toMatchObject({ outcome: 'errors', errors: { text: expect.stringMatching(/Write a sentence/) } });
    const text = 'What customers feel:\nCards are refused\nWhat we know:\nWhat we do next:\nRoll back';
    await ana.self().submit({ text, next: '60' }, { view: form.id });
    const shown = wordsOf(await room.shows(/Cards are refused/));
    expect(shown).toMatch(/What customers feel:/);
    expect(shown).not.toMatch(/What we know/);
    const [incident] = await incidents();
    expect(incident?.nextUpdateDue?.getTime()).toBeGreaterThan((await clock.now()).getTime() + 59 * 60_000);
  });

  it('shows what will be posted and where, and posts nothing by that', async () => {
    const room = await declared();
    await ben.types('/incident ask Can we sell?');
    await ben.self().choose('choose-incident', `#1 Checkout is failing`, { channel: 'incidents' });
    await ben.sees(/I have told/);
    await ana.types('/incident update', room);
    const form = await ana.form(/One person has asked[\s\S]*Can we sell\?/);
    await ana.self().type('text', 'Cards work again <!channel>', { view: form.id });
    await ana.presses('Preview', { form: form.id });
    const preview = wordsOfView(await ana.form('Preview'));
    expect(preview).toMatch(/\*Update\*[\s\S]*> Cards work again <!channel>[\s\S]*Next update by/);
    expect(preview).toMatch(/#incidents\*, under the announcement/);
    expect(preview).toMatch(new RegExp(`privately: <@${ben.id}>`));
    expect(await room.count(/Cards work again/)).toBe(0);
  });
});

describe('somebody who waits for news', () => {
  it('asks with a button, is told when the next update is due, and when it is there', async () => {
    const room = await declared();
    const updates = await channel('incidents');
    await updates.shows(/Ask for an update/);
    await chloe.presses('Ask for an update', 'incidents');
    await chloe.sees(/I have told[\s\S]*Next update by/);
    await ana.isTold(new RegExp(`<@${chloe.id}> asks for an update`));
    await chloe.presses('Ask for an update', 'incidents');
    await chloe.sees(/You have asked already/);
    await ana.types('/incident update Cards work again', room);
    await chloe.isTold(/has the update you asked for[\s\S]*Read it/);
    expect(await told(ana, /asks for an update/)).toBe(1);
    expect(await told(chloe, /has the update/)).toBe(1);
  });

  it('asks by a command, with a question; who writes the updates is not asked by themselves', async () => {
    const room = await declared();
    await slack.as('dev').join(room.id);
    expect(await dev.types('/incident ask Can we sell?', room)).toMatch(/I have told[\s\S]*Next update by/);
    await ana.isTold(/> Can we sell\?/);
    expect(await ana.types('/incident ask', room)).toMatch(/You are the one who writes/);
    await ana.types('/incident resolve now', room);
    await dev.isTold(/is resolved/);
    expect(await dev.types('/incident ask', room)).toMatch(/This incident is over/);
  });

  it('is told nothing of a private incident that they cannot see', async () => {
    await declared('sev2', { private: true });
    const updates = await channel('incidents');
    expect(wordsOf(await updates.shows(/private incident/))).not.toMatch(/Ask for an update|Next update/);
    expect(await chloe.types('/incident ask')).toMatch(/No incident is open that you can see/);
  });
});
