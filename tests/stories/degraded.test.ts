import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

describe('without optional scopes', () => {
  const { ana, slack, bot, faults, tolerate, incidents, applied } = story();
  const about = z.object({ scopes: z.array(z.string()) });

  it('for private channels finds a public one again whose reply was lost, and says why there is no private one', async () => {
    tolerate('missing-scope');
    const { scopes } = about.parse(await (await fetch(`${slack.url}/sandbox/app`)).json());
    await slack.app({ scopes: scopes.filter((scope) => !scope.startsWith('groups:')) });

    await faults.add({ kind: 'lost-reply', method: 'conversations.create', times: 1 });
    await ana.declares('Checkout is failing');
    await (await ana.isInvitedTo(/checkout/)).headline();
    await bot.settled();
    expect(await applied('conversations.create')).toBe(1);

    await ana.declares('Leak', { private: true });
    await ana.isTold(/could not open a channel for this incident: the app lacks the scope groups:write/);
    await bot.settled();
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
    expect((await incidents()).map(({ troubles }) => troubles.length)).toEqual([1, 0]);
  });

  it('declares all the same, says what is missing, and heals once it is granted', async () => {
    tolerate('missing-scope');
    const { scopes } = about.parse(await (await fetch(`${slack.url}/sandbox/app`)).json());
    const optional = ['pins:write', 'bookmarks:write', 'bookmarks:read'];
    await slack.app({ scopes: scopes.filter((scope) => !optional.includes(scope)) });

    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline(/could not pin the headline: the app lacks the scope pins:write/);
    await room.headline(/could not bookmark the headline: the app lacks the scope bookmarks:write/);
    await ana.types('/incident update it works without', room);
    await room.shows(/:mega:[\s\S]*it works without/);

    await slack.app({ scopes });
    await ana.presses('Try again', room);
    await room.becomes('pinned and bookmarked', ({ pins, bookmarks }) => pins.length === 1 && bookmarks.length === 1);
    await bot.settled();
    expect(wordsOf(await room.headline())).not.toContain('could not');
    expect(await incidents()).toMatchObject([{ troubles: [] }]);
  });
});

describe('a channel that Slack refuses again and again', () => {
  const { ana, slack, bot, faults } = story();

  it('is confirmed at most five times at one address, as Slack takes no more', async () => {
    await faults.add({ kind: 'api-error', method: 'conversations.create', error: 'restricted_action' });
    await ana.declares('Checkout is failing', { in: 'general' });
    await ana.isTold(/could not open a channel/);
    for (let tries = 1; tries <= 6; tries++) {
      await ana.presses('Try again', await ana.dm());
      await bot.settled();
    }
    const uses = (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.method === 'response_url');
    const confirmations = uses.filter((entry) => JSON.stringify(entry).includes('Declared as'));
    expect(confirmations).toHaveLength(5);
  });
});

describe('outside of the updates channel', () => {
  const { ana, bot, channel, incidents } = story({
    before: (slack) => slack.as('ana').kick('tocsin', 'incidents'),
  });

  it('says so, and announces once it was invited', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.shows(/could not announce this incident[\s\S]*\/invite @tocsin/);

    await ana.self().invite('tocsin', 'incidents');
    await ana.presses('Try again', room);
    const updates = await channel('incidents');
    await updates.shows(/SEV2 · Investigating[\s\S]*Checkout is failing/);
    await bot.settled();
    expect(wordsOf(await room.headline())).not.toContain('could not');
    expect(await incidents()).toMatchObject([{ troubles: [] }]);
  });
});

describe('an updates channel of another name', () => {
  const policyFile = join(mkdtempSync(join(tmpdir(), 'tocsin-policy-')), 'tocsin.yml');
  writeFileSync(policyFile, readFileSync('config/tocsin.yml', 'utf8').replace('"#incidents"', '"#service-status"'));
  const { ana, channel } = story({
    policyFile,
    before: async (slack) => {
      await slack.as('ana').createChannel('service-status');
      await slack.as('ana').invite('tocsin', 'service-status');
    },
  });

  it('gets the announcements, and nothing goes to the usual one', async () => {
    await ana.declares('Checkout is failing');
    await (await channel('service-status')).shows(/SEV2 · Investigating[\s\S]*Checkout is failing/);
    expect(await (await channel('incidents')).count('Checkout')).toBe(0);
  });
});

describe('what people do to the channel', () => {
  const { ana, bot, incidents } = story();

  it('a headline that somebody deleted comes back', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    const first = await room.headline();
    await bot.settled();
    await ana.self().delete({ channel: room.id, ts: first.ts });
    await ana.types('/incident update still failing', room);
    await room.headline(/still failing/);
    await bot.settled();
    expect((await incidents())[0]?.headline?.ts).not.toBe(first.ts);
  });

  it('what could not be said in an archived channel is said once it is back', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    await ana.self().archive(room.id);
    const [incident] = await incidents();
    await ana.types('/incident update from afar', 'general');
    await ana.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    await bot.settled();
    await ana.isTold(/was archived while the incident is open[\s\S]*Unarchive channel/);
    expect(await incidents()).toMatchObject([{ channelGone: 'archived', troubles: [] }]);

    await ana.self().unarchive(room.id);
    await ana.isTold(/I was removed from[\s\S]*invite @tocsin/);
    await ana.self().invite('tocsin', room.id);
    await room.shows(/I am back in this channel\. Meanwhile:[\s\S]*from afar/);
    await room.headline(/from afar/);
    await ana.types('/incident update from near', room);
    await room.shows(/:mega:[\s\S]*from near/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ troubles: [] }]);
    expect((await incidents())[0]?.channelGone).toBeUndefined();
  });
});
