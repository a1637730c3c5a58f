import { describe, expect, it } from '@jest/globals';
import { wordsOf, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, dev, slack, bot, channel, incidents } = story();

const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000);

describe('declaring an incident', () => {
  it('opens a channel with everything in place', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev1', felt: 'yes', since: minutesAgo(20) });

    const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing$/);
    const headline = await room.headline(/Checkout is failing/);
    expect(wordsOf(headline)).toMatch(/SEV1/);
    expect(wordsOf(headline)).toMatch(/Investigating/);
    expect(wordsOf(headline)).toMatch(/feel it since/);
    await room.hasTopic('SEV1 · Investigating · Checkout is failing');
    await room.becomes('pinned and bookmarked', ({ pins, bookmarks }) => pins.length === 1 && bookmarks.length === 1);

    const updates = await channel('incidents');
    await updates.shows(/SEV1 · Investigating[\s\S]*#1 Checkout is failing/);
    await updates.shows(`<#${room.id}>`);
  });

  it('needs at most seven calls of Slack', async () => {
    await ana.declares('Checkout is failing');
    await ana.isInvitedTo(/checkout/);
    await bot.settled();

    const calls = (await slack.ledger()).flatMap((entry) => (entry.kind === 'call' ? [entry.method] : []));
    const notCounted = ['response_url', 'apps.connections.open'];
    const declare = calls.slice(calls.indexOf('conversations.create')).filter((method) => !notCounted.includes(method));
    expect(declare.toSorted()).toEqual([
      'bookmarks.add',
      'chat.postMessage',
      'chat.postMessage',
      'conversations.create',
      'conversations.invite',
      'conversations.setTopic',
      'pins.add',
    ]);
  });

  it('lets somebody else in who presses Join', async () => {
    await ana.declares('Search is slow');
    const updates = await channel('incidents');
    await updates.shows('Search is slow');

    await ben.presses('Join', 'incidents');
    const room = await ben.isInvitedTo(/search-is-slow/);
    await ben.sees(`I am adding you to <#${room.id}>`);
  });

  it('takes words after the command as the title', async () => {
    await ana.types('/incident Checkout is failing in Spain');
    await ana.submits({}, 'Declare an incident');
    const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing-in-spain$/);
    await room.headline('Checkout is failing in Spain');
  });

  it('takes words after “declare” as the title, even one that is a command', async () => {
    await ana.types('/incident declare list of invoices is empty');
    await ana.submits({}, 'Declare an incident');
    await ana.isInvitedTo(/^inc-1-list-of-invoices-is-empty$/);
  });

  it('goes by the short form', async () => {
    await ana.types('/inc Search is slow');
    await ana.submits({}, 'Declare an incident');
    await ana.isInvitedTo(/^inc-1-search-is-slow$/);
  });

  it('goes by the global shortcut, and shows its progress in private', async () => {
    await ana.self().shortcut('declare');
    await ana.submits({ title: 'Search is slow' }, 'Declare an incident');
    const room = await ana.isInvitedTo(/search-is-slow/);

    const told = await ana.isTold(/Headline posted/);
    expect(wordsOf(told)).toContain(`<#${room.id}>`);
    await bot.settled();
    const dm = await ana.self().directMessages();
    expect(dm.filter((message) => wordsOf(message).includes('Search is slow'))).toHaveLength(1);
  });

  it('goes from a message, which becomes title and summary', async () => {
    const said = await ben.says('Customers cannot pay\nI see 500s since ten past nine', 'general');
    await dev.self().messageShortcut('declare-from-message', said);
    const form = await dev.form('Declare an incident');
    expect(JSON.stringify(form.blocks)).toContain('Customers cannot pay');
    await dev.submits({});

    const room = await dev.isInvitedTo(/^inc-1-customers-cannot-pay$/);
    await room.headline(/I see 500s since ten past nine/);
    expect(await incidents()).toMatchObject([{ source: { channel: said.channel, ts: said.ts } }]);
  });

  it('shows the progress in one message that edits itself', async () => {
    await ana.declares('Search is slow', { in: 'general' });
    const confirmed = await ana.sees(/Headline posted/, 'general');
    expect(wordsOf(confirmed)).toMatch(/Declared as \*#1\*, SEV2/);
    await bot.settled();

    const mine = (await ana.self().sees('general')).filter((message) => message.ephemeralFor === ana.id);
    expect(mine).toHaveLength(1);
    const uses = (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.method === 'response_url');
    expect(uses.length).toBeLessThanOrEqual(5);
  });

  it('starts with SEV2 and shows what each severity means', async () => {
    await ana.types('/incident');
    const form = await ana.form('Declare an incident');
    expect(wordsOfView(form)).toMatch(/A core journey is down/);
    await ana.submits({ title: 'Search is slow' });
    const room = await ana.isInvitedTo(/search/);
    await room.headline(/SEV2/);
  });

  it('numbers one after the other', async () => {
    await ana.declares('Search is slow');
    await ana.declares('Invoices are late');
    await ana.isInvitedTo(/^inc-1-search-is-slow$/);
    await ana.isInvitedTo(/^inc-2-invoices-are-late$/);
  });
});

describe('what customers feel', () => {
  it('makes a warm issue when nobody feels it yet', async () => {
    await ana.declares('A replica is gone', { felt: 'no' });
    const room = await ana.isInvitedTo(/replica/);
    await room.headline(/Triage[\s\S]*do not feel it yet/);
    await room.hasTopic('SEV2 · Triage · A replica is gone');
  });

  it('starts the clock when they began to feel it', async () => {
    const since = new Date(Math.floor(minutesAgo(42).getTime() / 60_000) * 60_000);
    await ana.declares('Checkout is failing', { felt: 'yes', since });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline(new RegExp(`feel it since <!date\\^${since.getTime() / 1000}\\^`));
    expect(await incidents()).toMatchObject([{ status: 'investigating', impact: { felt: 'yes', started: since } }]);
  });

  it('says that it is not known when nobody knows', async () => {
    await ana.declares('Checkout is failing', { felt: 'unknown' });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline(/Investigating[\s\S]*may feel it; not known yet/);
  });

  it('starts the clock at a time that was given though "Not known" was left as it stood', async () => {
    const since = new Date(Math.floor(minutesAgo(42).getTime() / 60_000) * 60_000);
    await ana.declares('Checkout is failing', { since });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline(/feel it since/);
    expect(await incidents()).toMatchObject([{ impact: { felt: 'yes', started: since } }]);
  });

  it('refuses a start in the future under its field, and takes the corrected form', async () => {
    await ana.types('/incident');
    const refused = await ana.submits({
      title: 'Checkout is failing',
      felt: 'yes',
      since: new Date(Date.now() + 3_600_000),
    });
    expect(refused).toMatchObject({ outcome: 'errors', errors: { since: expect.stringContaining('in the future') } });
    expect(await ana.submits({ since: minutesAgo(5) })).toMatchObject({ outcome: 'closed' });
    await ana.isInvitedTo(/^inc-1-checkout/);
    expect(await incidents()).toHaveLength(1);
  });
});
