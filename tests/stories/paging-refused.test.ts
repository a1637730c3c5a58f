import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { eventually } from '../support/eventually.ts';
import { type LocalServer, localServer } from '../support/local-server.ts';
import { fits, wordsOf, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8')
    .replace('service: PSVCSRC,', 'service: PSVCSRC, routingKey: search,')
    .replace('  sign-in: {', '  newsletter: { name: Newsletter, paging: newsletter }\n  sign-in: {')
    .replace(
      '    commanders: { name',
      `    newsletter: { name: Newsletter on-call, routingKey: newsletter, service: PSVCEMP, escalationPolicy: PEPEMP }
    mainframe: { name: Mainframe on-call, service: PSVCCHK, escalationPolicy: PEPGONE }
    commanders: { name`,
    )
    .replace('incidentAdmins: []', 'incidentAdmins: [U0000000ANA]'),
);

const paging: Record<string, string> = {
  PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search},newsletter=${routingKeys.empty}`,
};
let hook: LocalServer;
beforeAll(async () => {
  hook = await localServer({ status: 204 });
  paging.PAGING_WEBHOOK_URL = hook.url;
});
afterAll(async () => {
  await hook[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  hook.received.length = 0;
});

const { ana, ben, bot, clock, faults, incidents, pagerduty, slack } = story({ policyFile, paging });

async function declared(severity: 'sev3' | 'sev4', service = 'checkout') {
  await ben.declares('Checkout is failing', { severity, services: [service] });
  const room = await ben.isInvitedTo(/^inc-1/);
  await room.headline();
  return room;
}
const toldToAna = async (pattern: RegExp) =>
  (await ana.self().sees(await ana.dm())).filter((message) => fits(wordsOf(message), pattern));

describe('something that was deleted in PagerDuty', () => {
  it('a service: the next way is taken at once, and admins hear which it is and where it is named', async () => {
    const room = await declared('sev4');
    await pagerduty.deleteService('PSVCSRC');
    await ben.types('/incident page search the index is stale', room);
    await room.shows(/Page to Search on-call[\s\S]*Not by PagerDuty[\s\S]*Accepted by the webhook/);
    await ana.isTold(/does not know the service PSVCSRC[\s\S]*Search on-call[\s\S]*paging\.targets\.search\.service/);
  });

  it('an integration: the next way is taken at once, and admins hear which key it is, without the key', async () => {
    await pagerduty.deleteService('PSVCSRC');
    const room = await declared('sev3', 'search');
    await room.shows(/Page to Search on-call[\s\S]*Not by PagerDuty[\s\S]*Accepted by the webhook/);
    const told = await ana.isTold(/does not know the routing key search[\s\S]*PAGERDUTY_ROUTING_KEYS/);
    expect(wordsOf(told)).not.toContain(routingKeys.search);
  });

  it('an escalation policy: the same', async () => {
    const room = await declared('sev4');
    await ben.types('/incident page mainframe it hums', room);
    await room.shows(/Page to Mainframe on-call[\s\S]*Not by PagerDuty[\s\S]*Accepted by the webhook/);
    await ana.isTold(/does not know the escalation policy PEPGONE[\s\S]*paging\.targets\.mainframe\.escalationPolicy/);
  });
});

describe('a token that is refused when somebody is paged', () => {
  it('the next way is taken at once, admins hear of it once an hour, and put right the page goes there too', async () => {
    const room = await declared('sev4');
    await pagerduty.revokeToken();
    await ben.types('/incident page search the index is stale', room);
    await room.shows(/Page to Search on-call[\s\S]*Not by PagerDuty[\s\S]*Accepted by the webhook/);
    await ana.isTold(/PagerDuty refuses my token/);
    await ben.types('/incident page checkout payments time out', room);
    await room.shows(/Page to Checkout on-call[\s\S]*Not by PagerDuty[\s\S]*Accepted by the webhook/);
    for (let minute = 0; minute < 5; minute += 1) await clock.forward({ seconds: 61 });
    await bot.settled();
    expect(await toldToAna(/PagerDuty refuses my token/)).toHaveLength(1);
    await clock.forward({ minutes: 61 });
    await eventually('ana to hear of it again', async () =>
      (await toldToAna(/PagerDuty refuses my token/)).length === 2 ? true : undefined,
    );
    await pagerduty.revokeToken(false);
    await clock.forward({ minutes: 2 });
    await pagerduty.waitForIncident(/the index is stale/);
    await pagerduty.waitForIncident(/payments time out/);
    expect(hook.received).toHaveLength(2);
  });
});

describe('too many requests', () => {
  it('over REST: the page waits as long as it is told, and it is one', async () => {
    const room = await declared('sev4');
    await faults.add({ kind: 'ratelimit', method: 'pagerduty.rest.*', retryAfter: 20, times: 1 });
    await ben.types('/incident page search the index is stale', room);
    await room.headline(/Search on-call: :hourglass_flowing_sand: not accepted yet/);
    const creations = async () =>
      (await slack.ledger()).filter(
        (entry) => entry.kind === 'call' && entry.method === 'pagerduty.rest.incidents.create' && entry.applied,
      ).length;
    await clock.forward({ seconds: 15 });
    await bot.settled();
    expect(await creations()).toBe(0);
    await clock.forward({ seconds: 6 });
    await room.shows(/Page to Search on-call[\s\S]*Accepted by PagerDuty/);
    expect([await creations(), hook.received]).toEqual([1, []]);
  });
});

describe('nobody on call', () => {
  it('is said by the form and by oncall; the page goes out all the same, and what nobody takes is told', async () => {
    await pagerduty.setOnCall('PSCCHK', []);
    const room = await declared('sev4');
    expect(await ben.types('/incident oncall checkout')).toMatch(
      /Nobody is on call at the first level · \*Now\* Dev Patel/,
    );
    await ben.presses('Page somebody', room);
    const form = await ben.form('Page somebody');
    await ben.self().choose('page-target', 'Checkout on-call', { view: form.id });
    expect(wordsOfView(await ben.form(/Nobody is on call/))).toMatch(/Checkout on-call/);
    await ben.submits({ 'page-why': 'Rollback is stuck' }, 'Page somebody');
    await room.shows(/Page to Checkout on-call[\s\S]*Accepted by/);
    await clock.forward({ minutes: 6 });
    await ben.isTold(/Nobody has taken the page to Checkout on-call for 5 min/);
  });

  it('at any level: a page somebody asks for goes on by the next way at once, and no id is blamed', async () => {
    const room = await declared('sev4');
    expect(await ben.types('/incident oncall newsletter')).toMatch(/Nobody is on call here: the schedule is empty/);
    await ben.types('/incident page newsletter it is stuck', room);
    await room.shows(
      /Page to Newsletter on-call[\s\S]*Not by PagerDuty: [^\n]*No User On Call[\s\S]*Accepted by the webhook/,
    );
    await bot.settled();
    expect(await toldToAna(/does not know/)).toEqual([]);
  });

  it('at any level: what PagerDuty accepted and nobody was rung by is told to whoever declared it', async () => {
    const room = await declared('sev3', 'newsletter');
    await room.shows(/Page to Newsletter on-call[\s\S]*Accepted by PagerDuty/);
    expect(await pagerduty.incidents()).toEqual([]);
    await clock.forward({ minutes: 6 });
    await ben.isTold(/Nobody has taken the page to Newsletter on-call for 5 min/);
  });
});

describe('somebody without a PagerDuty account', () => {
  it('takes a page all the same: PagerDuty hears of it in the name of the bot', async () => {
    const room = await declared('sev3');
    const { id } = await pagerduty.waitForIncident(/Checkout is failing/);
    const eva = await slack.addPerson({ name: 'eva' });
    await eva.join(room.id);
    await room.shows(/I take it/);
    await eva.press({ text: 'I take it' }, { channel: room.id });
    await room.headline(new RegExp(`<@${eva.id}> has it`));
    await eventually('PagerDuty to know', async () =>
      (await pagerduty.incident(id)).status === 'acknowledged' ? true : undefined,
    );
    await bot.settled();
    expect(await incidents()).toMatchObject([{ pages: [{ takers: [{ person: eva.id }] }] }]);
  });
});
