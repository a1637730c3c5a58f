import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, dev, gus, slack, bot, channel, clock, applied, incidents, read, faults } = story();

type Somebody = typeof ana;

/** What stands in the direct messages with the bot, oldest first. */
const direct = async (person: Somebody) => (await slack.messages(await person.dm())).map(wordsOf);
const about = async (person: Somebody, pattern: RegExp) =>
  (await direct(person)).filter((words) => pattern.test(words));

describe('stakeholders', () => {
  it('follow by service, by severity and by button, and each get one message that stays true', async () => {
    expect(await ben.types('/incident subscribe checkout')).toMatch(/You follow every incident of Checkout now/);
    expect(await chloe.types('/incident subscribe sev1')).toMatch(/You follow every SEV1 now/);
    await ana.declares('Payments fail', { services: ['checkout'], severity: 'sev2', felt: 'yes' });
    const room = await ana.isInvitedTo(/payments/);
    await ben.isTold(/Payments fail[\s\S]*SEV2 · Investigating/);
    await (await channel('incidents')).shows('Payments fail');
    await dev.presses('Follow', 'incidents');
    await dev.sees(/You follow .*Payments fail.* now/, 'incidents');
    await dev.isTold(/Payments fail/);
    expect(await about(chloe, /Payments/)).toEqual([]);

    // A rule for the worst catches what becomes the worst.
    await ana.types('/incident severity 1 it spreads', room);
    await chloe.isTold(/Payments fail[\s\S]*SEV1 · Investigating/);
    await ben.isTold(/SEV1 · Investigating/);
    await ana.types('/incident update We know why', room);
    for (const person of [ben, chloe, dev]) await person.isTold(/^We know why\n\*Update\* by/);
    await bot.settled();
    await ana.types('/incident resolve', room);
    await ana.submits({ note: 'Put back', felt: 'no' }, 'Resolve');
    for (const person of [ben, chloe, dev])
      await person.isTold(/Payments fail[\s\S]*SEV1 · Resolved[\s\S]*We know why/);
    await bot.settled();
    // One living message and one update in its thread.
    for (const person of [ben, chloe, dev]) expect(await about(person, /Payments fail|We know why/)).toHaveLength(2);
    const [living, reply] = await slack.messages(await ben.dm());
    expect(reply?.thread_ts).toBe(living?.ts);
  });

  it('stop with a button, and hear of the next one again', async () => {
    await ben.types('/incident subscribe all');
    await ana.declares('Payments fail');
    const room = await ana.isInvitedTo(/payments/);
    await ben.isTold(/Payments fail/);
    await ben.presses('Unfollow this', await ben.dm());
    await ben.isTold(/You do not follow #1 any more/);
    await ana.types('/incident update Nothing for ben', room);
    await bot.settled();
    expect(await about(ben, /Nothing for ben/)).toEqual([]);
    await ana.declares('Search is slow');
    await ben.isTold(/Search is slow/);
    await ben.presses('Follow again', await ben.dm());
    await ben.isTold(/Payments fail[\s\S]*Nothing for ben/);
    expect(await ben.types('/incident unsubscribe everything')).toMatch(/You do not follow every incident any more/);
    await ana.declares('Mails are late');
    await ana.isInvitedTo(/mails/);
    await bot.settled();
    expect(await about(ben, /Mails are late/)).toEqual([]);
  });

  it('choose in a form that shows what they have', async () => {
    await ana.declares('Payments fail', { services: ['checkout'] });
    await ana.isInvitedTo(/payments/);
    await ben.types('/incident subscribe');
    await ben.submits({ severity: 'sev2', services: ['api'], incidents: ['1'] }, 'What I follow');
    await ben.isTold(/Payments fail/);
    await ben.types('/incident unsubscribe');
    const form = JSON.stringify(await ben.form('What I follow'));
    expect(form).toMatch(/"initial_option":\{[^}]*\{[^}]*SEV2 and worse/);
    expect(form).toMatch(/"initial_options":\[\{[^\]]*#1 Payments fail/);
    await ben.submits({ severity: 'none', services: ['api', 'checkout'], incidents: [] }, 'What I follow');
    await ben.isTold(/You do not follow #1 any more/);
    await ana.declares('The API is slow', { services: ['api'] });
    await ben.isTold(/The API is slow/);
  });

  it('are told what is not there, with the nearest that is', async () => {
    expect(await ben.types('/incident subscribe chekout')).toMatch(/Did you mean `\/incident subscribe checkout`/);
    expect(await ben.types('/incident subscribe #99')).toMatch(/I do not know that incident/);
    expect(await ben.types('/incident unsubscribe sev4')).toMatch(/You did not follow every SEV4 and worse/);
    expect(await gus.types('/incident subscribe all')).toMatch(/Guests cannot do that here/);
    await ben.types('/incident follow all');
    expect(await ben.types('/incident subscribe all')).toMatch(/already/);
  });

  it('get one overview while three run at once, and the updates of each in its thread', async () => {
    await ben.types('/incident subscribe all');
    await chloe.types('/incident subscribe all');
    await chloe.types('/incident subscribe checkout');
    await ana.declares('Payments fail');
    await ana.declares('Search is slow');
    await ben.isTold(/Search is slow/);
    await ana.declares('Mails are late', { services: ['checkout'] });
    const mails = await ana.isInvitedTo(/mails/);
    await ben.isTold(/1 more incident is going on[\s\S]*Mails are late/);
    // Whoever named its service is told of it by itself.
    await chloe.isTold(/Mails are late[\s\S]*The next update|Mails are late[\s\S]*Next update by/);
    await ana.declares('Maps are empty');
    await ben.isTold(/2 more incidents are going on[\s\S]*Mails are late[\s\S]*Maps are empty/);
    await ana.types('/incident update Mails go out again', mails);
    await ben.isTold(/Mails are late[\s\S]*\*Update\* by[\s\S]*Mails go out again/);
    await bot.settled();
    const [digest] = await about(ben, /going on/);
    expect(await about(ben, /more incidents? (is|are) going on/)).toHaveLength(1);
    expect(digest).toMatch(/Mails go out again/);
    await ben.presses('Follow', await ben.dm());
    await bot.settled();
    expect((await about(ben, /Unfollow this/)).length).toBe(3);
  });

  it('follow no practice run by a rule, but the one they ask for', async () => {
    await ben.types('/incident subscribe all');
    await ana.declares('Fire drill', { practice: true });
    const room = await ana.isInvitedTo(/fire-drill/);
    await room.headline();
    await bot.settled();
    expect(await about(ben, /drill/)).toEqual([]);
    await ben.types('/incident subscribe #1');
    await ben.isTold(/Fire drill[\s\S]*Practice/);
  });

  it('hear nothing any more when they left the company or became guests', async () => {
    await ben.types('/incident subscribe all');
    await chloe.types('/incident subscribe all');
    await slack.setPerson('ben', { role: 'deactivated' });
    await slack.setPerson('chloe', { role: 'multi-channel-guest' });
    await clock.forward({ hours: 25 });
    await bot.settled();
    await ana.declares('Payments fail');
    await ana.isInvitedTo(/payments/);
    await clock.forward({ minutes: 2 });
    await bot.settled();
    const posts = (await slack.ledger()).flatMap((entry) =>
      entry.kind === 'call' && entry.method === 'chat.postMessage' ? [String(entry.args.channel)] : [],
    );
    expect(posts).not.toContain(ben.id);
    expect(posts).not.toContain(chloe.id);
  });

  it('are no obstacle when Slack does not know one of them any more', async () => {
    await ben.types('/incident subscribe all');
    await chloe.types('/incident subscribe all');
    await slack.setPerson('ben', { role: 'deactivated' });
    await ana.declares('Payments fail');
    const room = await ana.isInvitedTo(/payments/);
    await chloe.isTold(/Payments fail/);
    await ana.types('/incident update Better', room);
    await chloe.isTold(/Better/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ troubles: [] }]);
    expect(await read((tx) => tx.outbox.dead())).toEqual([]);
  });

  it('get each message once, though Slack’s replies are lost', async () => {
    await ben.types('/incident subscribe all');
    await ana.declares('Payments fail');
    const room = await ana.isInvitedTo(/payments/);
    await room.headline();
    await ben.isTold(/Payments fail/);
    await faults.add({ kind: 'lost-reply', method: 'chat.postMessage', times: 2 });
    await chloe.types('/incident subscribe #1');
    await chloe.isTold(/Payments fail/);
    await clock.forward({ minutes: 1 });
    await bot.settled();
    await faults.add({ kind: 'lost-reply', method: 'chat.update', times: 2 });
    await ana.types('/incident update Better now', room);
    await clock.forward({ minutes: 1 });
    for (const person of [ben, chloe]) await person.isTold(/Payments fail[\s\S]*Better now/);
    await bot.settled();
    for (const person of [ben, chloe]) expect(await about(person, /Payments fail|Better now/)).toHaveLength(2);
  });

  it('are 50 and all told, while a declare in between is not held up', async () => {
    const people = [];
    for (let index = 0; index < 50; index++) {
      const person = await slack.addPerson({ name: `follower-${index}` });
      await person.command('/incident subscribe all', { channel: 'incidents' });
      people.push(person);
    }
    await ana.declares('Payments fail');
    await ana.isInvitedTo(/payments/);
    await ben.declares('Search is slow');
    const began = performance.now();
    await (await ben.isInvitedTo(/search/)).headline();
    expect(performance.now() - began).toBeLessThan(4_000);
    await clock.forward({ minutes: 1 });
    await bot.settled(20_000);
    for (const person of people) {
      const said = (await person.directMessages()).map(wordsOf);
      expect(said.filter((words) => /Payments fail/.test(words))).toHaveLength(1);
      expect(said.filter((words) => /Search is slow/.test(words))).toHaveLength(1);
    }
    expect(await applied('chat.postMessage')).toBeGreaterThanOrEqual(100);
  });
});
