import { describe, expect, it } from '@jest/globals';
import { wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, bot, channel, incidents } = story();

/** One and the same minute for as long as the file runs: between two looks at the clock it may have struck. */
const thisMinute = Math.floor(Date.now() / 60_000);
const minutesAgo = (count: number) => new Date((thisMinute - count) * 60_000);

describe('what customers feel', () => {
  it('starts with one press on a warm issue, is said in one line or a form, and corrected with a reason', async () => {
    await ana.declares('Queue grows', { felt: 'no' });
    const room = await ana.isInvitedTo(/queue/);
    await room.headline(/do not feel it yet/);
    await ana.presses('Customers are affected', room);
    await ana.submits({ started: minutesAgo(60), share: '20', journeys: ['pay'] }, 'What customers feel');
    await room.headline(/Investigating[\s\S]*feel it since[\s\S]*about 20 % of them · Paying/);
    await room.shows(/changed status to \*Investigating\*[\s\S]*Customers are affected/);
    await (await channel('incidents')).shows(/rotating_light[\s\S]*about 20 % of them · Paying/);

    expect(await ana.types('/incident impact gallons', room)).toMatch(/do not understand \*gallons\*/);
    expect(await ana.types('/incident impact ended 25:99', room)).toMatch(/do not understand/);
    expect(await ana.types('/incident impact ended tomorrow 10:00', room)).toMatch(/in the future/);
    await ana.types('/incident impact 35 %', room);
    await ana.types('/incident impact ended 20 minutes ago', room);
    await room.headline(/no longer feel it; they did from[\s\S]*about 35 % of them/);

    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'yes' }, 'Resolve');
    await room.shows(/resolved this incident[\s\S]*felt it from/);
    expect(await ana.types('/incident impact no', room)).toMatch(/Say why it changes/);
    await ben.types('/incident impact no because it was the probe', 'general');
    await ben.self().choose('choose-incident', (await incidents())[0]?.id ?? '', { channel: 'general' });
    await room.shows(/corrected what customers feel: customers did not feel it\.[\s\S]*it was the probe/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ status: 'resolved', impact: { felt: 'no' }, troubles: [] }]);
  });

  it('has times that can be corrected, each with a reason', async () => {
    await ana.declares('Checkout is failing', { felt: 'yes', since: minutesAgo(30) });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await ana.types('/incident correct', room);
    const late = { of: 'detected', to: minutesAgo(-60), reason: 'the alert' };
    expect(await ana.submits(late, 'Correct a time')).toMatchObject({
      errors: { to: expect.stringMatching(/future/) },
    });
    await ana.submits({ ...late, to: minutesAgo(40) });
    await room.headline(/First seen/);
    await ana.types('/incident correct declared 35 minutes ago because the page came first', room);
    await room.shows(/corrected when it was declared[\s\S]*instead of[\s\S]*the page came first/);
    expect(await ana.types('/incident correct', room)).toBe('');
    expect(wordsOfView(await ana.form('Correct a time'))).toContain('Detected');
    expect(await incidents()).toMatchObject([{ detectedAt: minutesAgo(40) }]);
  });
});

describe('somebody who is not sure', () => {
  it('is asked three questions, told why, and takes the answer into the form', async () => {
    await ben.types('/incident decide Checkout fails', 'general');
    await ben.submits({ 'question-0': '0', 'question-1': '1', 'question-2': '2' }, 'Is it an incident?');
    const verdict = wordsOfView(await ben.form('Because you said'));
    expect(verdict).toMatch(/Declare it, as SEV2[\s\S]*20 % or more with a way around/);
    expect(verdict).not.toContain('they feel it');
    await ben.submits({}, 'Declare as SEV2');
    await ben.submits({}, 'Declare an incident');
    const room = await ben.isInvitedTo(/checkout-fails/);
    await room.headline(/SEV2[\s\S]*feel it; since when is not known/);
    expect(await incidents()).toMatchObject([{ title: 'Checkout fails', severity: 'sev2', impact: { felt: 'yes' } }]);

    await ben.types('/incident decide', 'general');
    await ben.submits({ 'question-0': '3', 'question-1': '5', 'question-2': '2' }, 'Is it an incident?');
    expect(wordsOfView(await ben.form('No need'))).toContain('Declare it anyway');
  });
});
