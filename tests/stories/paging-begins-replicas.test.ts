import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { type SandboxClient, sandboxAt } from '../../sandbox/client.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import { openStore } from '../../src/store/store.ts';
import { type StoryBot, startBot } from '../support/bot.ts';
import { onPostgres } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/shown.ts';

/** Checkout's incidents are declared by a rule, search's are offered in a channel of their own. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
const declare = '  declare:\n    offer: "#triage"\n    rules: [{ service: PSVCCHK, severity: sev2 }]\n';
writeFileSync(policyFile, readFileSync('config/tocsin.yml', 'utf8').concat(declare));

onPostgres('two replicas that hear of the same incident of PagerDuty’s at once', (fresh) => {
  let sandbox: Sandbox;
  let slack: SandboxClient;
  let bots: StoryBot[];
  let databaseUrl: string;
  let triage: string;

  /** Both are stopped before their database goes, which happens after the test. */
  async function staged(play: () => Promise<void>): Promise<void> {
    await using parts = new AsyncDisposableStack();
    sandbox = parts.use(await createSandbox({ port: 0 }));
    slack = sandboxAt(sandbox.url);
    databaseUrl = await fresh.url();
    triage = (await slack.as('ana').createChannel('triage')).id;
    await slack.as('ana').invite('tocsin', triage);
    bots = [];
    for (const _ of [1, 2]) {
      const bot = await startBot({ sandbox, databaseUrl, policyFile, paging: {} }, slack);
      parts.defer(() => bot.stop());
      bots.push(bot);
    }
    // Each event comes to both below, and by itself to nobody.
    await slack.faults.outage(true, 'pagerduty.webhooks');
    await play();
  }

  /** As two events, so that no key of a delivery tells one from the other. */
  async function tellBoth(id: string, service: string, title: string): Promise<void> {
    const data = { id, type: 'incident', status: 'triggered', title, service: { id: service, summary: service } };
    const answers = bots.flatMap(({ port }) => [told(port ?? 0, data), told(port ?? 0, data)]);
    expect(await Promise.all(answers)).toEqual(answers.map(() => 202));
  }

  async function told(port: number, data: object): Promise<number> {
    const occurred_at = (await slack.clock.now()).toISOString();
    const body = JSON.stringify({
      event: { id: randomUUID(), event_type: 'incident.triggered', occurred_at, data },
    });
    const signature = createHmac('sha256', sandbox.pagerDuty.webhookSecret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-pagerduty-signature': `v1=${signature}` };
    return (await fetch(`http://127.0.0.1:${port}/webhooks/pagerduty`, { method: 'POST', headers, body })).status;
  }

  const said = async (channel: string) => (await slack.messages(channel)).map(wordsOf).join('\n');
  const incidents = async () => openStore(await fresh.database(databaseUrl)).read((tx) => tx.incidents.list({}));

  it('make one offer, in the channel that the policy names', () =>
    staged(async () => {
      const { id } = await slack.pagerduty.as('dev').open('PSVCSRC', 'Index is stale');
      await tellBoth(id, 'PSVCSRC', 'Index is stale');
      await eventually('the offer', async () => /Index is stale/.test(await said(triage)) || undefined);
      await slack.quiet();
      expect((await said(triage)).match(/Declare an incident/g)).toHaveLength(1);
      expect(await said('incidents')).not.toMatch(/Index is stale/);

      const ana = slack.as('ana');
      await ana.press({ actionId: 'declare-offered' }, { channel: triage });
      await ana.waitForView('declare');
      expect(await ana.submit({ severity: 'sev3' })).toMatchObject({ outcome: 'closed' });
      await slack.waitForChannel(/^inc-1-index-is-stale/);
      await eventually('the offer to say so', async () => /#1/.test(await said(triage)) || undefined);
      expect(await incidents()).toMatchObject([{ begun: { id }, declaredBy: ana.id }]);
    }));

  it('declare one incident, which rings nobody anew', () =>
    staged(async () => {
      const { id } = await slack.pagerduty.as('dev').open('PSVCCHK', 'Payments time out');
      await tellBoth(id, 'PSVCCHK', 'Payments time out');
      await slack.waitForChannel(/^inc-1-payments-time-out/);
      await slack.quiet();
      expect(await incidents()).toMatchObject([{ begun: { id, rule: 1 } }]);
      expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
      expect((await slack.pagerduty.incidents()).filter(({ service }) => service === 'PSVCCHK')).toHaveLength(1);
    }));
});
