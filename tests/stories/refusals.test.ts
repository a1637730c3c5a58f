import { describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, bot, clock, faults, incidents } = story();

/** One and the same minute for as long as the file runs: between two looks at the clock it may have struck. */
const thisMinute = Math.floor(Date.now() / 60_000);
const minutesAgo = (count: number) => new Date((thisMinute - count) * 60_000);

async function anIncident(): Promise<Room> {
  await ana.declares('Checkout is failing', { felt: 'yes', since: minutesAgo(30) });
  const room = await ana.isInvitedTo(/checkout/);
  await room.headline();
  return room;
}

describe('resolving', () => {
  it.each([
    ['an end in the future', { ended: minutesAgo(-90) }, { ended: /in the future/ }],
    ['an end before the start', { ended: minutesAgo(45) }, { ended: /before it started/ }],
    ['a start in the future', { started: minutesAgo(-90) }, { started: /in the future/ }],
  ])('refuses %s under its field, and takes the corrected form', async (_, given, wanted) => {
    const room = await anIncident();
    await ana.types('/incident resolve', room);
    const refused = await ana.submits({ felt: 'yes', ...given }, 'Resolve');
    const fields = Object.entries(wanted).map(([field, text]) => [field, expect.stringMatching(text)]);
    expect(refused).toMatchObject({ outcome: 'errors', errors: Object.fromEntries(fields) });
    expect(await ana.submits({ started: minutesAgo(30), ended: minutesAgo(10) })).toMatchObject({ outcome: 'closed' });
    await room.headline(/Resolved by/);
  });

  it('takes an end that nobody knows', async () => {
    const room = await anIncident();
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'yes' }, 'Resolve');
    await room.headline(/until when is not known/);
  });

  it('takes the time when customers stopped feeling it for a yes', async () => {
    await ana.declares('Search is slow');
    const room = await ana.isInvitedTo(/search/);
    await room.headline(/not known yet/);
    await ana.types('/incident resolve', room);
    await ana.submits({ ended: minutesAgo(10) }, 'Resolve');
    await room.headline(/Resolved by/);
    expect(await incidents()).toMatchObject([{ impact: { felt: 'yes', ended: minutesAgo(10) } }]);
  });

  it('asks who felt it where nobody was said to, with the time filled in', async () => {
    await ana.declares('A replica is gone', { felt: 'no' });
    const room = await ana.isInvitedTo(/replica/);
    await room.headline(/do not feel it yet/);
    await ana.types('/incident resolve 10 minutes ago', room);
    await ana.form('Resolve');
    expect(await ana.submits({ felt: 'yes' })).toMatchObject({ outcome: 'closed' });
    await room.headline(/Resolved by/);
    const [{ impact, resolvedAt } = {}] = await incidents();
    const ended = impact?.felt === 'yes' && impact.ended;
    expect(ended && resolvedAt && resolvedAt.getTime() - ended.getTime()).toBeGreaterThan(590_000);
  });

  it('refuses a time in the future as a one-liner too', async () => {
    const room = await anIncident();
    expect(await ana.types('/incident resolve in 2 hours', room)).toMatch(/in the future/);
    expect(await incidents()).toMatchObject([{ status: 'investigating' }]);
  });
});

describe('an incident that is over', () => {
  async function resolved(): Promise<Room> {
    const room = await anIncident();
    await ana.types('/incident resolve now', room);
    await room.headline(/Resolved by/);
    return room;
  }

  it('is not changed again, and says what to do instead', async () => {
    const room = await resolved();
    for (const command of ['status identified', 'severity 1', 'resolve now'])
      expect(
        await ben.types(`/incident ${command}`, 'general').then(() => ana.types(`/incident ${command}`, room)),
      ).toMatch(/This incident is over\. If it came back, reopen it/);
  });

  it('answers a click on a message that still shows its buttons', async () => {
    const room = await anIncident();
    await clock.freeze();
    await faults.add({ kind: 'ratelimit', method: 'chat.update', retryAfter: 60 });
    await ana.types('/incident resolve now', room);
    await room.shows(/resolved this incident/);
    for (const button of ['Change status', 'Change severity', 'Resolve']) {
      await ana.presses(button, room);
      await ana.sees(/This incident is over/, room);
    }
    expect(await ana.self().views()).toEqual([]);
    await faults.clear();
    await clock.forward({ seconds: 61 });
    await room.headline(/Resolved by/);
  });

  it('refuses a form that was opened before', async () => {
    const room = await anIncident();
    await ana.self().invite('ben', room.id);
    await ben.presses('Change severity', room);
    await ben.form('Change severity');
    await ana.types('/incident resolve now', room);
    expect(await ben.submits({ to: 'sev1' })).toMatchObject({
      outcome: 'errors',
      errors: { to: expect.stringContaining('is over') },
    });
  });

  it('has no buttons left that would change it, and still takes a last word', async () => {
    const room = await resolved();
    const headline = JSON.stringify((await room.headline()).blocks);
    expect(headline).not.toMatch(/open-status|open-severity|open-resolve/);
    await ana.types('/incident update Thank you for your patience', room);
    await room.headline(/Thank you for your patience/);
  });
});

describe('a form', () => {
  it('that is empty does not leave Slack, and one of blanks is refused under its field', async () => {
    await ana.types('/incident');
    expect(await ana.submits({}, 'Declare')).toMatchObject({
      outcome: 'invalid',
      errors: { title: expect.anything() },
    });
    expect(await ana.submits({ title: '\u200b \u2060' })).toMatchObject({
      outcome: 'errors',
      errors: { title: expect.stringContaining('Say in a few words') },
    });
    expect(await incidents()).toEqual([]);
  });

  it('takes 300 characters of title and not one more', async () => {
    await ana.types('/incident');
    expect(await ana.submits({ title: 'x'.repeat(301) })).toMatchObject({ outcome: 'invalid' });
    expect(await ana.submits({ title: 'x'.repeat(300) })).toMatchObject({ outcome: 'closed' });
    await ana.isInvitedTo(/^inc-1-x+$/);
  });

  it('that says nothing new is answered so', async () => {
    const room = await anIncident();
    expect(await ana.types('/incident status investigating', room)).toMatch(/It is that already/);
    expect(await ana.types('/incident severity 2', room)).toMatch(/It is that already/);
    await ana.presses('Post update', room);
    expect(await ana.submits({ text: '  \n ' }, 'Post an update')).toMatchObject({ outcome: 'errors' });
  });

  it('stays usable when it changed under the bot’s hands', async () => {
    await anIncident();
    await ben.types('/incident');
    const { id } = await ben.form('Declare an incident');
    await Promise.all(
      ['Checkout', 'Search is', 'Checkout is failing too'].map((title) =>
        ben.self().type('title', title, { view: id }),
      ),
    );
    await bot.settled();
    expect(wordsOfView(await ben.form())).toMatch(/Declare/);
    expect(await ben.self().submit({ title: 'Invoices are late' }, { view: id })).toMatchObject({ outcome: 'closed' });
    await ben.isInvitedTo(/^inc-2-invoices/);
  });
});
