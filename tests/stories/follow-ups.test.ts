import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { wordsOf, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, gus, slack, clock, bot, incidents, tolerate } = story();

async function anIncident(declaration: Parameters<typeof ana.declares>[1] = {}): Promise<Room> {
  await ana.declares('Checkout is failing', declaration);
  const room = await ana.isInvitedTo(declaration.private ? /private/ : /checkout/);
  await room.headline();
  return room;
}

/** Days from a Monday morning on, so that working days can be counted. */
function nextMonday(now: Date): (days: number) => Date {
  const begins = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 8 - now.getUTCDay(), 10);
  return (days) => new Date(begins + days * 24 * 60 * 60_000);
}

const followUp = async (number: number) => (await incidents())[0]?.followUps.find((one) => one.number === number);

async function toldOfDue(person: typeof ben): Promise<number> {
  await bot.settled();
  return (await person.self().directMessages()).filter(({ text }) => /follow-up.* is (due|overdue)/i.test(text)).length;
}

describe('follow-ups', () => {
  it('are given in one line, reminded of before and after, also by a bot that was down, and done', async () => {
    const room = await anIncident();
    const monday = nextMonday(await clock.now());
    // Answers are owed within half an hour.
    await bot.settled();
    await clock.setTo(monday(0));
    const said = await ana.types(`/incident followup Be more careful <@${ben.id}|ben> by in 7 days`, room);
    expect(said).toMatch(/Follow-up 1 .*is kept[\s\S]*People were careful[\s\S]*Refuse a deploy/);
    await room.shows(/added a follow-up: 1\. Be more careful/);
    await ben.isTold(/gave you a follow-up/);
    await ana.types('/incident resolve now', room);
    await room.shows(/resolved this incident/);

    await bot.settled();
    await clock.setTo(monday(5));
    expect(await toldOfDue(ben)).toBe(1);
    await ben.isTold(/A follow-up of yours is due/);
    await bot.stop();
    await clock.setTo(monday(14));
    await bot.start();
    await ben.isTold(/is overdue/);
    expect(await toldOfDue(ben)).toBe(2);
    await clock.forward({ days: 4 });
    expect(await toldOfDue(ben)).toBe(3);

    await ben.presses('New date', await ben.dm());
    await ben.submits({ due: monday(29) }, 'Until when');
    await room.shows(/changed a follow-up/);
    await bot.settled();
    await clock.setTo(monday(24));
    expect(await toldOfDue(ben)).toBe(3);
    await clock.setTo(monday(28));
    expect(await toldOfDue(ben)).toBe(4);
    await ben.presses('Done', await ben.dm());
    await room.shows(/finished a follow-up: 1/);
    // In the place of the reminder.
    await ben.isTold(/Done: follow-up 1/);
    expect(await toldOfDue(ben)).toBe(3);
    await clock.forward({ days: 60 });
    expect(await toldOfDue(ben)).toBe(3);
    expect(await followUp(1)).toMatchObject({ owner: ben.id, done: { by: ben.id } });
  });

  it('are kept as written in the form, which then says what would make them better', async () => {
    const room = await anIncident();
    await ana.types('/incident', room);
    await ana.presses('Add a follow-up', room);
    const sent = await ana.submits({ text: 'Improve monitoring', owner: gus.id }, 'Add a follow-up');
    expect(sent).toMatchObject({ outcome: 'errors' });
    await ana.submits({ owner: ben.id }, 'Add a follow-up');
    const better = await ana.form(/It is kept/);
    expect(wordsOfView(better)).toMatch(/does not say what would be seen/);
    const values = { text: 'Alert when the queue is longer than 1000 for 5 min', kind: 'detect', proof: 'A drill' };
    expect(await ana.self().submit(values, { view: better.id })).toMatchObject({ outcome: 'closed' });
    await room.shows(/changed a follow-up: 1\. Alert when/);
    expect((await incidents())[0]?.followUps).toMatchObject([{ owner: ben.id, kind: 'detect', proof: 'A drill' }]);

    expect(await ana.types('/incident followup 1 https://tracker.example/browse/A-1', room)).toBe('');
    await room.shows(/keeps a follow-up in a ticket[\s\S]*A-1/);
    expect(await ana.types('/incident followup drop 1 because the queue is gone', room)).toBe('');
    await room.shows(/dropped follow-up 1[\s\S]*the queue is gone/);
    expect(await ana.types('/incident followup done 1', room)).toMatch(/no such follow-up/);
    expect(await ana.types('/incident followup renew by 25:99', room)).toMatch(/do not understand the date/);
  });

  it('are made of messages, here and elsewhere, and of tasks that were left, by one press', async () => {
    // Much is said within a second or two.
    tolerate('ratelimited');
    const room = await anIncident();
    await ben.self().join(room.id);
    const said = await ben.says('The certificate was renewed by hand', room);
    await ben.self().react('ticket', said);
    await room.shows(/added a follow-up: 1\. The certificate was renewed/);
    await ben.isTold(/Follow-up 1 .*is kept/);
    await ben.self().unreact('ticket', said);
    await room.shows(/dropped follow-up 1/);
    const elsewhere = await ben.says('Mails are late too', 'general');
    await ben.self().messageShortcut('make-follow-up', elsewhere);
    const [incident] = await incidents();
    await ben.submits({ incident: incident?.id ?? '' }, 'Of which incident?');
    await room.shows(/added a follow-up: 2\. Mails are late/);

    await ana.types(`/incident task restart the API <@${ben.id}|ben>`, room);
    await ana.types('/incident task call the bank', room);
    await ana.types('/incident resolve now', room);
    await ana.isTold(/2 tasks left/);
    await ana.presses('Make follow-ups of 2 tasks', await ana.dm());
    await ana.isTold(/2 follow-ups made/);
    await room.shows(/made follow-ups of 2 tasks[\s\S]*3\. restart the API[\s\S]*4\. call the bank/);
    await bot.settled();
    expect((await incidents())[0]).toMatchObject({ tasks: [], followUps: [{ number: 2 }, { task: 1 }, { task: 2 }] });
    expect(await room.count(/made follow-ups of/)).toBe(1);

    await ben.self().openHome();
    const home = async () => wordsOfView((await ben.self().home()) ?? ({ blocks: [] } as never));
    await eventually(
      'his follow-up in App Home',
      async () => (/My follow-ups[\s\S]*restart the API/.test(await home()) ? true : undefined),
      { seen: home },
    );
    // Outside of the channel, and after the end.
    expect(await ben.types('/incident followup', 'general')).toMatch(/Which/);
  });

  it('of a private incident are told to its people alone', async () => {
    const room = await anIncident({ private: true });
    const said = await ana.types(`/incident followup Rotate the canary keys <@${ben.id}|ben>`, room);
    expect(said).toMatch(/is kept/);
    await ben.isInvitedTo(/private/);
    await ben.isTold(/gave you a follow-up/);
    await bot.settled();
    await ben.self().leave(room.id);
    await bot.settled();
    const before = (await ben.self().directMessages()).length;
    await clock.forward({ days: 40 });
    await ana.isTold(/A follow-up .*is overdue/);
    await bot.settled();
    expect((await ben.self().directMessages()).length).toBe(before);
    await chloe.self().openHome();
    await ben.self().openHome();
    await bot.settled();
    const all = [...(await chloe.self().directMessages()), ...(await slack.messages('incidents'))];
    expect(all.map(wordsOf).join('\n')).not.toMatch(/canary/);
    expect(wordsOfView((await ben.self().home()) ?? ({ blocks: [] } as never))).not.toMatch(/canary/);
  });
});
