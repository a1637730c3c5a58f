import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { heldBack, promiseMany, remindersIn } from '../support/promised.ts';
import { story } from '../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-promised-'));
const databaseUrl = `file:${folder}/tocsin.db`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const count = 20;

const { ana, ben, slack, clock, bot, tolerate } = story({
  database: async () => databaseUrl,
  sandbox: { limits: 'real' },
  before: async ({ clock: sandboxClock }) =>
    promiseMany({
      databaseUrl,
      policyFile: 'config/tocsin.yml',
      now: await sandboxClock.now(),
      people: [ana.id, ben.id],
      count,
    }),
});

describe('twenty updates that fall due in one minute', () => {
  it('are all reminded of, once each, though Slack takes only so many messages a second', async () => {
    tolerate('ratelimited');
    await bot.settled();
    await clock.forward({ minutes: 25 });
    await eventually(
      'everybody to be reminded',
      async () => (remindersIn(await slack.ledger()).length >= count ? true : undefined),
      { within: 30_000 },
    );
    await bot.settled();
    const ledger = await slack.ledger();
    const arrived = remindersIn(ledger).map(({ incident }) => incident);
    expect(arrived).toHaveLength(count);
    expect(new Set(arrived).size).toBe(count);
    // Ten for each of two people are more than a channel takes at once.
    expect(heldBack(ledger)).toBeGreaterThan(0);
  }, 60_000);
});
