import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { pagerDutySecret, routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

/** Checkout's are declared by rules; search's are offered; what is resolved on one side is resolved on the other. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
const rules = `  declare:
    offer: true
    rules:
      - { service: PSVCCHK, urgency: low, severity: sev3, private: true }
      - { service: PSVCCHK, severity: sev2 }
      - { priority: PPRIOR1, severity: sev1, services: [search] }
`;
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8')
    .replace('inward: []', 'inward: [resolve, reopen]')
    .replace('name: Incident commanders,', 'name: Incident commanders, routingKey: search,')
    .concat(rules),
);

const { ana, ben, chloe, bot, channel, clock, faults, incidents, pagerduty, slack } = story({
  policyFile,
  paging: { PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search}` },
});

const atWork = () => pagerduty.as('dev');
const updates = () => channel('incidents');
const one = async () => {
  await bot.settled();
  const [incident, ...others] = await incidents();
  expect(others).toEqual([]);
  return incident;
};
const stands = (status: string) =>
  eventually(`the incident to be ${status}`, async () => (await incidents()).find((found) => found.status === status));

describe('an incident of PagerDuty’s that a rule of the policy names', () => {
  it('is declared by itself, is its first page, and rings nobody a second time', async () => {
    const { id, number } = await atWork().open('PSVCCHK', 'Payments time out');
    const room = await channel('inc-1-payments-time-out');
    await room.headline(/Declared by PagerDuty/);
    await room.headline(/Paged\W+Checkout on-call: :bell: ringing at Ben Okafor/);
    await room.shows(/Page to Checkout on-call[\s\S]*by PagerDuty itself/);
    expect(await one()).toMatchObject({
      severity: 'sev2',
      status: 'investigating',
      impact: { felt: 'unknown' },
      services: ['checkout'],
      declaredBy: 'pagerduty',
      begun: { id, number, rule: 2 },
    });
    // The commanders, whom SEV2 demands as well, are behind another key.
    const others = (await pagerduty.incidents()).filter((other) => other.id !== id);
    expect(others.map(({ policy }) => policy)).toEqual(['PEPSRC']);
    expect(await (await updates()).count(/Declare an incident/)).toBe(0);
  });

  it('invites whoever acknowledges, and is over on both sides when it is resolved on one', async () => {
    const { id } = await atWork().open('PSVCCHK', 'Payments time out');
    const room = await channel('inc-1-payments-time-out');
    await room.headline(/ringing/);
    await pagerduty.as('ben').acknowledge(id);
    await ben.isInvitedTo(/^inc-1/);
    await room.headline(new RegExp(`<@${ben.id}> has it`));
    await ben.types('/incident resolve', room);
    await ben.submits({ felt: 'no', owner: ben.id });
    await eventually('PagerDuty to know', async () =>
      (await pagerduty.incident(id)).status === 'resolved' ? true : undefined,
    );
    await bot.settled();
    await pagerduty.as('ben').reopen(id);
    await stands('investigating');
    await bot.settled();
    expect(await incidents()).toHaveLength(1);
  });

  it('that nobody has taken is said in its channel, for there is nobody else to tell', async () => {
    await atWork().open('PSVCCHK', 'Payments time out');
    const room = await channel('inc-1-payments-time-out');
    await room.headline(/ringing/);
    await clock.forward({ minutes: 6 });
    await room.shows(/Nobody has taken the page to Checkout on-call for 5 min[\s\S]*I take it/);
    await clock.forward({ minutes: 20 });
    await room.shows(/update is due[\s\S]*Nobody has taken this incident yet/);
    await ana.self().join(room.id);
    await ana.presses('I take it', room);
    await room.headline(new RegExp(`<@${ana.id}> has it`));
  });

  it('and that was over before it was heard of is left at that', async () => {
    await faults.outage(true, 'pagerduty.webhooks');
    const { id } = await atWork().open('PSVCCHK', 'Payments time out');
    await pagerduty.as('ben').resolve(id);
    await faults.outage(false, 'pagerduty.webhooks');
    await atWork().open('PSVCCHK', 'Payments time out again');
    await channel('inc-1-payments-time-out-again');
    expect(await one()).toMatchObject({ title: 'Payments time out again' });
  });

  it('that is private is shown to nobody but who acknowledges it', async () => {
    const { id } = await atWork().open('PSVCCHK', 'Data was taken', 'low');
    expect(await one()).toMatchObject({ isPrivate: true, severity: 'sev3' });
    expect((await (await updates()).messages()).map((message) => wordsOf(message)).join('\n')).not.toMatch(/Data was/);
    await pagerduty.as('ben').acknowledge(id);
    await ben.isInvitedTo(/^inc-1/);
  });

  it('when its priority is given later', async () => {
    const { id } = await atWork().open('PSVCSRC', 'Index is stale');
    await (await updates()).shows(/Declare an incident/);
    await atWork().prioritize(id, 'P1');
    await (await updates()).shows(/Declared:[\s\S]*#1[\s\S]*Index is stale/);
    expect(await one()).toMatchObject({ severity: 'sev1', services: ['search'], begun: { rule: 3 } });
  });

  it.each([
    ['rings nobody in a channel', '<!channel> *all* <@U0000000BEN> is down', '<!channel> *all* <@U0000000BEN> is down'],
    ['is cut where it is too long', 'x'.repeat(900), `${'x'.repeat(299)}…`],
    ['is a number where nothing is to be seen', ' \u200b ', 'PagerDuty incident 1'],
  ])('and a title that %s', async (_, title, shown) => {
    await atWork().open('PSVCCHK', title);
    const { id } = await slack.waitForChannel(({ name }) => name.startsWith('inc-1'));
    expect((await one())?.title).toBe(shown);
    const said = [...(await slack.messages(id)), ...(await (await updates()).messages())];
    expect(said.length).toBeGreaterThan(2);
    expect(said.flatMap(({ notifies }) => [...(notifies?.users ?? []), ...(notifies?.broadcast ?? [])])).toEqual([]);
  });
});

describe('an incident of PagerDuty’s that no rule names', () => {
  it('is offered, and declared with a form that knows what it is about', async () => {
    const { id } = await atWork().open('PSVCSRC', 'Index is stale');
    await (await updates()).shows(/PagerDuty #1[\s\S]*Index is stale[\s\S]*Search[\s\S]*It rings/);
    await ana.presses('Declare an incident', 'incidents');
    expect(await ana.submits({ severity: 'sev3' }, 'Declare an incident')).toMatchObject({ outcome: 'closed' });
    const room = await ana.isInvitedTo(/^inc-1-index-is-stale/);
    await room.headline(/Paged\W+Search on-call: :bell: ringing/);
    await (await updates()).shows(/Declared:[\s\S]*#1[\s\S]*Index is stale/);
    expect(await one()).toMatchObject({
      declaredBy: ana.id,
      services: ['search'],
      pages: [{ cause: 'begun', outside: { id }, state: 'ringing' }],
    });
    expect(await pagerduty.incidents()).toHaveLength(1);
    expect(await (await updates()).count(/Declare an incident/)).toBe(0);
  });

  it('and that somebody has acknowledged is theirs from the start', async () => {
    const { id } = await atWork().open('PSVCSRC', 'Index is stale');
    await (await updates()).shows(/It rings/);
    await pagerduty.as('chloe').acknowledge(id);
    await (await updates()).shows(/has it/);
    await ana.presses('Declare an incident', 'incidents');
    await ana.submits({ severity: 'sev3' }, 'Declare an incident');
    await chloe.isInvitedTo(/^inc-1/);
    expect(await one()).toMatchObject({ pages: [{ state: 'acknowledged', takers: [{ person: chloe.id }] }] });
  });

  it('is offered no more once it is resolved there', async () => {
    const { id } = await atWork().open('PSVCSRC', 'Index is stale');
    await (await updates()).shows(/Declare an incident/);
    await pagerduty.as('chloe').resolve(id);
    await (await updates()).shows(/Resolved in PagerDuty[\s\S]*nobody declared an incident/);
    await bot.settled();
    expect(await (await updates()).count(/Declare an incident/)).toBe(0);
    expect(await incidents()).toEqual([]);
  });

  it('is declared by one of two who press at once', async () => {
    await atWork().open('PSVCSRC', 'Index is stale');
    await (await updates()).shows(/Declare an incident/);
    await ana.presses('Declare an incident', 'incidents');
    const anas = await ana.form('Declare an incident');
    await ben.presses('Declare an incident', 'incidents');
    expect(await ben.submits({ severity: 'sev3' }, 'Declare an incident')).toMatchObject({ outcome: 'closed' });
    await bot.settled();
    expect(await ana.self().submit({ severity: 'sev3' }, { view: anas.id })).toMatchObject({
      errors: { title: expect.stringMatching(/declared already/) },
    });
    expect(await one()).toMatchObject({ declaredBy: ben.id });
  });

  it('is no practice, and leaves nothing to read of it once it is private', async () => {
    await atWork().open('PSVCSRC', 'Data was taken');
    await (await updates()).shows(/Declare an incident/);
    await ana.presses('Declare an incident', 'incidents');
    expect(await ana.submits({ severity: 'sev3', kind: ['practice'] }, 'Declare an incident')).toMatchObject({
      errors: { kind: expect.stringMatching(/no practice/) },
    });
    expect(await ana.submits({ kind: ['private'] }, 'Declare an incident')).toMatchObject({ outcome: 'closed' });
    await (await updates()).shows(/It is being looked after/);
    await bot.settled();
    expect(await (await updates()).count(/Data was taken/)).toBe(0);
  });

  it('of a service that nobody here knows, or made by the bot itself, is not offered', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev2', services: ['search'] });
    await ana.isInvitedTo(/^inc-1/);
    await pagerduty.waitForIncident(/Checkout is failing/);
    await bot.settled();
    expect(await incidents()).toHaveLength(1);
    expect(await (await updates()).count(/Declare an incident/)).toBe(0);
  });
});

describe('a webhook that comes again', () => {
  /** As an event of its own, which no key of a delivery tells from the first. */
  async function triggeredAgain(id: string, service: string): Promise<number> {
    const data = {
      id,
      type: 'incident',
      status: 'triggered',
      title: 'Once more',
      service: { id: service, summary: service },
    };
    const body = JSON.stringify({
      event: {
        id: randomUUID(),
        event_type: 'incident.triggered',
        occurred_at: (await clock.now()).toISOString(),
        data,
      },
    });
    const signature = createHmac('sha256', pagerDutySecret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-pagerduty-signature': `v1=${signature}` };
    return (await fetch(`${bot.url()}/webhooks/pagerduty`, { method: 'POST', headers, body })).status;
  }

  it('makes no second incident and no second offer', async () => {
    const { id } = await atWork().open('PSVCCHK', 'Payments time out');
    const offered = await atWork().open('PSVCSRC', 'Index is stale');
    await (await updates()).shows(/Declare an incident/);
    await bot.settled();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => [triggeredAgain(id, 'PSVCCHK'), triggeredAgain(offered.id, 'PSVCSRC')]).flat(),
    );
    expect(new Set(answers)).toEqual(new Set([202]));
    expect(await one()).toMatchObject({ begun: { id } });
    expect(await (await updates()).count(/PagerDuty #2/)).toBe(1);
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
  });
});
