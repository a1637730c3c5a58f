import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { story } from '../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8').replace('merge, severity]', 'merge, severity, updates]'),
);

const { ana, bot, clock, faults, pagerduty, slack, tolerate } = story({ bot: 'process', policyFile, paging: {} });

// A bot that is gone acknowledges nothing.
beforeEach(() => tolerate('missing-ack'));

const sent = async () =>
  (await slack.ledger()).filter(
    (entry) => entry.kind === 'call' && entry.method === 'pagerduty.rest.incidents.status_updates' && entry.applied,
  );

describe('kill -9', () => {
  it('when PagerDuty has just taken an update leaves its subscribers with one', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev3', services: ['checkout'] });
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline(/ringing at/);
    await bot.settled();
    await faults.add({ kind: 'lost-reply', method: 'pagerduty.rest.incidents.status_updates', times: 1 });
    await ana.types('/incident update One in ten payments fails', room);
    await eventually('PagerDuty to have it', async () => ((await sent()).length > 0 ? true : undefined));
    await bot.kill();
    await bot.start();
    await bot.settled();
    await clock.forward({ seconds: 61 });
    await bot.settled();
    const [page] = await pagerduty.incidents();
    expect(page?.statusUpdates.map(({ message }) => message)).toEqual(['One in ten payments fails']);
  });
});
