import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, gus, sam, slack, clock, faults, channel, bot, incidents } = story();

describe('a person from another workspace', () => {
  it('is told to ask a member, whatever they type or press', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await ana.self().invite('sam', room.id);
    await ana.self().invite('sam', 'incidents');
    for (const command of ['', ' declare x', ' list', ' update x', ' resolve now'])
      expect(await sam.types(`/incident${command}`, room)).toMatch(/Only members of this workspace/);

    await sam.presses('Resolve', room);
    await sam.sees(/Only members of this workspace/, room);
    await (await channel('incidents')).shows('Checkout is failing');
    await sam.presses('Join', 'incidents');
    await sam.sees(/Only members of this workspace/, 'incidents');
    await sam.self().shortcut('declare');
    await sam.isTold(/Only members of this workspace/);
    expect(await incidents()).toMatchObject([{ status: 'investigating', updateCount: 0 }]);
  });

  it('is one too when Slack does not know them here', async () => {
    await faults.add({ kind: 'api-error', method: 'users.info', error: 'user_not_found' });
    for (const command of ['', ' declare x', ' list'])
      expect(await ben.types(`/incident${command}`)).toMatch(/Only members of this workspace/);
  });
});

describe('a guest', () => {
  it('gets no form in the channel of an incident that they could not send', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await ana.self().invite('gus', room.id);
    for (const command of ['update', 'status', 'severity', 'resolve'])
      expect(await gus.types(`/incident ${command}`, room)).toMatch(/Guests cannot do that here/);
    expect(await gus.types('/incident help', room)).toMatch(/In an incident/);
    expect(await gus.self().views()).toEqual([]);
  });

  it('is told that guests cannot do that, and that a member can', async () => {
    await ana.declares('Checkout is failing');
    const updates = await channel('incidents');
    await updates.shows('Checkout is failing');
    for (const command of ['', ' declare x', ' list', ' Search is slow'])
      expect(await gus.types(`/incident${command}`)).toMatch(/Guests cannot do that here\. Ask a member/);
    await gus.presses('Join', 'incidents');
    await gus.sees(/Guests cannot do that here/);
    await gus.self().shortcut('declare');
    await gus.isTold(/Guests cannot do that here/);
  });

  it('is one from the day a member is made one', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await ben.types('/incident list');
    await ana.self().invite('ben', room.id);
    await slack.setPerson('ben', { role: 'multi-channel-guest' });
    await clock.forward({ hours: 25 });
    await ben.presses('Resolve', room);
    await ben.sees(/Guests cannot do that here/, room);
  });
});

describe('a member', () => {
  it('may update, change and resolve without being in the channel', async () => {
    await ana.declares('Checkout is failing', { felt: 'no' });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    const [incident] = await incidents();
    await ben.types('/incident resolve', 'general');
    await ben.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    await ben.submits({}, 'Resolve');
    await room.headline(/Resolved by <@U0000000BEN>/);
  });

  it('is let in when Slack does not say who they are, but learns and ends nothing that matters', async () => {
    await ana.declares('Leak', { private: true });
    await ana.declares('Search is slow');
    const search = await ana.isInvitedTo(/search/);
    await ana.self().invite('ben', (await ana.isInvitedTo(/private/)).id);
    await bot.settled();
    await faults.add({ kind: 'error-before', method: 'users.info' });

    const listed = await ben.types('/incident list', 'general');
    expect(listed).toContain('Search is slow');
    expect(listed).not.toContain('Leak');
    await ana.self().invite('ben', search.id);
    expect(await ben.types('/incident resolve now', search)).toMatch(/cannot check who you are/);
    await ben.declares('Invoices are late', { in: 'general' });
    const room = await ben.isInvitedTo(/invoices/);
    expect(wordsOf(await room.headline())).toContain('Invoices are late');
  });
});
