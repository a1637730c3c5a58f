import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { story } from '../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
const begin = '  declare: { offer: true, rules: [{ service: PSVCCHK, severity: sev3 }] }\n';
writeFileSync(policyFile, readFileSync('config/tocsin.yml', 'utf8').concat(begin));

const { bot, channel, clock, faults, incidents, pagerduty, slack, tolerate } = story({
  bot: 'process',
  policyFile,
  paging: {},
});

// A bot that is gone acknowledges nothing.
beforeEach(() => tolerate('missing-ack'));

const isHeard = async () =>
  (await slack.ledger()).find(
    (entry) => entry.kind === 'delivery' && entry.type === 'pagerduty.incident.triggered' && entry.outcome === 'acked',
  );

it.each([
  ['PSVCCHK', 'declared', 1, 0],
  ['PSVCSRC', 'offered', 0, 1],
])('kill -9 when what rings at %s was just heard of leaves it %s once', async (service, _, declared, offered) => {
  await faults.add({ kind: 'latency', method: 'chat.postMessage', ms: 200 });
  await pagerduty.as('dev').open(service, 'Payments time out');
  await eventually('PagerDuty to have heard', isHeard);
  await bot.kill();
  await faults.clear();
  await bot.start();
  await bot.settled();
  // What Slack was being told when it was killed is told again once that can no longer arrive.
  await clock.forward({ seconds: 26 });
  await bot.settled();
  expect(await incidents()).toHaveLength(declared);
  expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(declared);
  expect(await (await channel('incidents')).count(/Declare an incident/)).toBe(offered);
  expect(await pagerduty.incidents()).toHaveLength(1);
});
