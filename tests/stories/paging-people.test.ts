import { describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, gus, bot, incidents, pagerduty, slack } = story({
  paging: { PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search}` },
});

const declared = async () => {
  await ana.declares('Checkout is failing', { severity: 'sev4', services: ['checkout'] });
  return ana.isInvitedTo(/^inc-1/);
};

describe('paging somebody', () => {
  it('in one line, and PagerDuty rings their policy in the name of whoever asks', async () => {
    const room = await declared();
    expect(await ana.types('/incident page search the index is stale', room)).toMatch(/I am paging them/);
    await room.headline(/Paged\W+Search on-call/);
    await room.shows(new RegExp(`Page to Search on-call[\\s\\S]*by <@${ana.id}>[\\s\\S]*> the index is stale`));
    const page = await pagerduty.waitForIncident(/the index is stale/);
    await room.shows(/Page to Search on-call[\s\S]*ringing at (?:Chloe Martin|Dev Patel)/);
    expect(page).toMatchObject({ service: 'PSVCSRC', policy: 'PEPSRC', urgency: 'low' });
    expect(await ana.types('/incident page search once more', room)).toMatch(/They are being paged for this already/);
    await bot.settled();
    expect(await pagerduty.incidents()).toHaveLength(1);
  });

  it('by the headline’s button and a form that shows who would be woken, and asks why', async () => {
    const room = await declared();
    await room.headline();
    await ana.presses('Page somebody', room);
    const form = await ana.form('Page somebody');
    await ana.self().choose('page-target', 'Checkout on-call', { view: form.id });
    expect(wordsOfView(await ana.form(/Now/))).toMatch(/Checkout on-call\W+· \*Now\* Ben Okafor/);
    expect(await ana.submits({ 'page-why': 'Rollback is stuck' }, 'Page somebody')).toMatchObject({
      outcome: 'closed',
    });
    await room.shows(/Page to Checkout on-call[\s\S]*> Rollback is stuck/);
  });

  it('one person, by their account; without one it is said before anything rings', async () => {
    const room = await declared();
    await ana.types('/incident page @ben can you look?', room);
    await ana.submits({}, 'Page somebody');
    const page = await pagerduty.waitForIncident(/can you look/);
    expect(page.assignees).toMatchObject([{ user: 'PUSRBEN' }]);
    await room.headline(new RegExp(`Paged\\W+<@${ben.id}>`));
    const eva = await slack.addPerson({ name: 'eva' });
    await eva.join(room.id);
    await ana.types('/incident page @eva can you look?', room);
    expect(await ana.submits({}, 'Page somebody')).toMatchObject({
      errors: { 'page-person': expect.stringMatching(/no PagerDuty account/) },
    });
  });

  it('before there is an incident begins one', async () => {
    await ana.types('/incident page checkout');
    await ana.submits({ 'page-why': 'Nobody can pay' }, 'Page somebody');
    const room = await ana.isInvitedTo(/^inc-1-nobody-can-pay/);
    await room.shows(/Page to Checkout on-call/);
    await pagerduty.waitForIncident(/Nobody can pay/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ severity: 'sev4', pages: [{ cause: 'asked' }] }]);
  });

  it('is for members, three times in ten minutes unless they are at work on it', async () => {
    await declared();
    expect(await gus.types('/incident page checkout help')).toMatch(/Guests cannot/);
    for (const why of ['One', 'Two', 'Three']) {
      await chloe.types('/incident page');
      const whom = why === 'One' ? 'checkout' : why === 'Two' ? 'search' : 'commanders';
      expect(
        await chloe.submits({ 'page-incident': 'none', 'page-target': whom, 'page-why': why }, 'Page somebody'),
      ).toMatchObject({ outcome: 'closed' });
    }
    await bot.settled();
    const last = await chloe.isInvitedTo(/three/);
    await chloe.types('/incident resolve', last);
    await chloe.submits({ felt: 'no' });
    await last.headline(/Resolved/);
    await chloe.types('/incident page');
    const fourth = { 'page-incident': 'none', 'page-target': 'checkout', 'page-why': 'Four' };
    expect(await chloe.submits(fourth, 'Page somebody')).toMatchObject({
      errors: { 'page-why': expect.stringMatching(/three times|3 times/) },
    });
  });
});

describe('who is on call', () => {
  it('is told for all or one, now and next, also when nobody is', async () => {
    const all = await ana.types('/incident oncall');
    expect(all).toMatch(/Checkout on-call[\s\S]*Now\* Ben Okafor[\s\S]*Search on-call[\s\S]*Incident commanders/);
    expect(await ana.types('/incident oncall checkout')).not.toMatch(/Search/);
    await pagerduty.setOnCall('PSCCHK', []);
    expect(await ana.types('/incident oncall Checkout')).toMatch(/Nobody is on call|then level/);
    expect(await ana.types('/incident oncall chekout')).toMatch(/Did you mean `\/incident oncall checkout`\?/);
    expect(await ana.types('/incident oncall mainframe')).toMatch(/I know nobody to page by the name mainframe/);
  });
});
