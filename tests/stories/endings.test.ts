import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

/** One and the same minute for as long as the file runs: between two looks at the clock it may have struck. */
const thisMinute = Math.floor(Date.now() / 60_000);
const minutesAgo = (count: number) => new Date((thisMinute - count) * 60_000);

/** The policy that ships, with one thing added. */
function policyWith(lines: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tocsin-policy-')), 'tocsin.yml');
  writeFileSync(file, readFileSync('config/tocsin.yml', 'utf8').replace('archiveOnClose: false', lines));
  return file;
}

describe('how an incident ends, and comes back', () => {
  const { ana, ben, bot, channel, incidents } = story();

  it('is resolved with who writes the postmortem, reopened because customers feel it again, and closed', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev1', felt: 'yes', since: minutesAgo(60) });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await ana.types('/incident resolve', room);
    expect(wordsOfView(await ana.form('Resolve'))).toContain('Who writes the postmortem?');
    const refused = await ana.submits({ felt: 'yes', ended: minutesAgo(30), owner: 'gus' });
    expect(refused).toMatchObject({ outcome: 'errors', errors: { owner: expect.stringMatching(/member/) } });
    await ana.submits({ felt: 'yes', ended: minutesAgo(30), owner: 'ben', note: 'rolled back' });
    await room.shows(
      /resolved this incident[\s\S]*\(30 min\)\. Skipped \*Identified\* and \*Monitoring\*\.[\s\S]*writes the postmortem/,
    );
    await room.headline(/Postmortem/);
    const updates = await channel('incidents');
    await updates.shows(/white_check_mark[\s\S]*Resolved/);

    await ana.presses('Reopen', room);
    await ana.submits({ reason: 'errors are back', felt: 'yes', started: minutesAgo(5) }, 'Reopen');
    await room.shows(/reopened this incident[\s\S]*errors are back/);
    await room.headline(/Investigating[\s\S]*feel it since[\s\S]*before that from/);
    await room.hasTopic(/Investigating/);
    await updates.shows(/rotating_light[\s\S]*Investigating/);

    await ana.types('/incident resolve now', room);
    await room.headline(/Resolved by/);
    expect(await ana.types('/incident cancel twin', room)).toMatch(/is over/);
    await ana.types('/incident close all tickets done', room);
    await room.shows(/closed this incident[\s\S]*all tickets done/);
    await updates.shows(/· Closed/);
    await bot.settled();
    expect(await incidents()).toMatchObject([
      {
        status: 'closed',
        postmortemOwner: ben.id,
        earlierImpacts: [{ started: minutesAgo(60), ended: minutesAgo(30) }],
        troubles: [],
      },
    ]);
  });

  it('is declined when it was nothing, cancelled when it was a mistake, and says where it cannot be', async () => {
    await ana.declares('Odd graph', { felt: 'no' });
    await ana.declares('Search is slow', { felt: 'yes' });
    const [warm, real] = [await ana.isInvitedTo(/odd/), await ana.isInvitedTo(/search/)];
    await warm.headline(/Customers are affected/);
    await real.headline();
    expect(await ana.types('/incident decline a test', real)).toMatch(/Only a warm issue/);
    expect(await ana.types('/incident reopen', real)).toMatch(/not resolved/);
    await ana.types('/incident decline', warm);
    await ana.submits({ reason: 'a test of ours' }, 'Decline');
    await warm.shows(/declined this[\s\S]*a test of ours/);
    await ana.types('/incident cancel typed by mistake', real);
    await real.shows(/cancelled this incident[\s\S]*typed by mistake/);
    await real.headline(/Cancelled/);
    await (await channel('incidents')).shows(/heavy_minus_sign[\s\S]*· Cancelled/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ status: 'cancelled' }, { status: 'declined' }]);
  });

  it('goes on as another one, where its people are taken', async () => {
    await ana.declares('Search is slow');
    await ana.declares('Checkout is failing');
    await ben.declares('Payments fail at checkout');
    const [checkout, payments] = [await ana.isInvitedTo(/checkout-is/), await ben.isInvitedTo(/payments/)];
    await checkout.headline();
    await payments.headline();
    expect(await ben.types('/incident merge #99', payments)).toMatch(/do not know that incident/);
    expect(await ben.types('/incident merge #3', payments)).toMatch(/That is this incident/);

    await ben.types('/incident merge', payments);
    // The likeliest stands first and is chosen already.
    const form = JSON.stringify(await ben.form('Merge'));
    expect(form.indexOf('#2 Checkout')).toBeLessThan(form.indexOf('#1 Search'));
    await ben.submits({}, 'Merge');
    await payments.shows(/merged this into[\s\S]*#2[\s\S]*Checkout is failing[\s\S]*Join #2/);
    await checkout.shows(/merged[\s\S]*#3[\s\S]*Payments fail at checkout[\s\S]*into this one/);
    await payments.headline(/It goes on as \*#2\*/);
    await checkout.headline(/Merged into this\* #3/);
    const updates = await channel('incidents');
    await updates.shows(/Payments fail[\s\S]*It goes on as \*#2\*/);
    await updates.shows(/Merged into this: #3/);
    await ben.presses('Join #2', payments);
    await ben.isInvitedTo(/checkout-is/);
    expect(await ana.types('/incident merge 3', checkout)).toMatch(/That one is over/);
    await bot.settled();
    expect(await incidents()).toMatchObject([
      { status: 'merged', mergedInto: { number: 2 } },
      { absorbed: [{ number: 3 }] },
      {},
    ]);
  });
});

describe('a policy that closes and archives', () => {
  const { ana, bot, clock, incidents } = story({ policyFile: policyWith('archiveOnClose: true\ncloseAfterDays: 2') });

  it('closes by itself, archives, and says how to take it out again when it comes back', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev3', felt: 'no' });
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' }, 'Resolve');
    await room.headline(/Resolved by/);
    await bot.settled();
    await clock.forward({ days: 1 });
    await bot.settled();
    expect(await incidents()).toMatchObject([{ status: 'resolved' }]);
    await clock.forward({ days: 1, minutes: 1 });
    await room.becomes('archived', ({ archived }) => archived);
    await room.shows(/Closed, as it was resolved a while ago/);
    await room.headline(/Closed/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ status: 'closed', archivedByUs: true, troubles: [] }]);

    expect(await ana.types('/incident reopen it is back', 'general')).toMatch(/Which\?/);
    const [incident] = await incidents();
    await ana.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    await ana.isTold(/open again\. Slack lets only people take[\s\S]*Unarchive channel/);
    await ana.presses('Open a new channel', await ana.dm());
    const next = await ana.isInvitedTo(/^inc-1-checkout-is-failing-2$/);
    await next.headline(/Investigating/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ status: 'investigating', channel: { id: next.id }, troubles: [] }]);
  });
});
