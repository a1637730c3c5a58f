import { describe, expect, it } from '@jest/globals';
import { wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, clock, channel, incidents } = story();

const notice = /Is it one of these/;

describe('a similar open incident', () => {
  it('is shown when the form opens with a title', async () => {
    await ana.declares('Checkout is failing');
    await ana.isInvitedTo(/checkout/);
    await ben.types('/incident checkout fails');
    const form = await ben.form(notice);
    expect(wordsOfView(form)).toMatch(/Declare a new one[\s\S]*\*#1\* Checkout is failing/);

    await ben.presses('Join', { form: form.id });
    await ben.isInvitedTo(/^inc-1-checkout/);
  });

  it('is shown when the form opens bare, for a few minutes', async () => {
    await ana.declares('Checkout is failing');
    await ben.types('/incident');
    await ben.form(notice);
    await ben.self().close();

    await clock.forward({ minutes: 15 });
    await ben.types('/incident');
    expect(wordsOfView(await ben.form('Declare an incident'))).not.toMatch(notice);
  });

  it('is shown while somebody types, and what they filled in stays', async () => {
    await ana.declares('Checkout is failing');
    await clock.forward({ minutes: 15 });
    await ben.types('/incident');
    const form = await ben.form('Declare an incident');
    await ben.self().type('summary', 'carts do not load', { view: form.id });
    await ben.self().type('title', 'Failing checkouts', { view: form.id });
    const shown = await ben.form(notice);
    expect(JSON.stringify(shown.state)).toContain('carts do not load');
    expect(JSON.stringify(shown.state)).toContain('Failing checkouts');
    expect(await ben.self().submit({}, { view: form.id })).toMatchObject({ outcome: 'closed' });
    expect(await incidents()).toHaveLength(2);
  });

  it('is shown at the submit when it was declared meanwhile; a second submit declares', async () => {
    await ben.types('/incident');
    await ben.form('Declare an incident');
    await ana.declares('Checkout is failing');
    const first = await ben.submits({ title: 'The checkout fails', summary: 'carts do not load' });
    expect(first).toMatchObject({ outcome: 'updated' });
    expect(first.view && wordsOfView(first.view)).toMatch(notice);

    expect(await ben.submits({}, notice)).toMatchObject({ outcome: 'closed' });
    const room = await ben.isInvitedTo(/^inc-2-the-checkout-fails$/);
    await room.headline(/carts do not load/);
  });

  it('is shown to the second of two people who declare it in the same instant', async () => {
    await ana.types('/incident Checkout is failing');
    await ana.form('Declare an incident');
    await ben.types('/incident The checkout fails');
    await ben.form('Declare an incident');
    const both = await Promise.all([ana.self().submit({}), ben.self().submit({})]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['closed', 'updated']);
    expect(await incidents()).toHaveLength(1);
  });

  it('is not shown for another matter, nor when it is over', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await ben.types('/incident Search index is stale');
    expect(wordsOfView(await ben.form('Declare an incident'))).not.toMatch(notice);
    await ben.self().close();

    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' }, 'Resolve');
    await (await channel('incidents')).shows('Resolved');
    await ben.types('/incident Checkout is failing');
    expect(wordsOfView(await ben.form('Declare an incident'))).not.toMatch(notice);
  });
});
