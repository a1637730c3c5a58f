import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sandboxAt } from '../../sandbox/client.ts';
import type { PagerIncident } from '../../sandbox/pagerduty/wire.ts';
import { createSandbox } from '../../sandbox/server.ts';
import { type Opened, open } from './open.ts';
import { pagerOf, receiver } from './pager.ts';

const whose = ({ assignees }: PagerIncident) => assignees.map(({ user }) => user);

/** Ben is on call for Checkout, Chloe for Search, and both have an incident. */
async function triggered({ client, ...opened }: Opened) {
  await client.pagerduty.setOnCall('PSCCHK', ['ben']);
  await client.pagerduty.setOnCall('PSCSRC', ['chloe']);
  const { trigger, rest } = pagerOf({ client, ...opened });
  await trigger('inc_1');
  const search = await client.pagerduty.as('ana').open('PSVCSRC', 'Search is slow');
  const checkout = await client.pagerduty.waitForIncident('inc_1');
  return { checkout, search, rest };
}

describe('an incident that nobody takes', () => {
  it('goes up the levels of its policy by the clock, begins again as often as the policy says, and then stays', async () => {
    await using opened = await open();
    const { client } = opened;
    await client.clock.freeze();
    const { checkout } = await triggered(opened);
    const seen = [whose(checkout)];
    for (const minutes of [5, 10, 15, 5, 10, 15, 60]) {
      await client.clock.forward({ minutes });
      seen.push(whose(await client.pagerduty.incident(checkout.id)));
    }
    const round = [['PUSRBEN'], ['PUSRDEV'], ['PUSRANA']];
    expect(seen).toEqual([...round, ...round, ['PUSRANA'], ['PUSRANA']]);
  });

  it('does so however far the clock is wound at once, each step at its own time', async () => {
    await using opened = await open();
    const { client } = opened;
    await client.clock.freeze();
    const { checkout } = await triggered(opened);
    await client.clock.forward({ hours: 3 });
    const { log, createdAt } = await client.pagerduty.incident(checkout.id);
    const escalations = log.filter(({ type }) => type === 'escalate_log_entry');
    expect(escalations.map(({ at }) => (at - createdAt) / 60_000)).toEqual([5, 15, 30, 35, 45]);
    expect(log.at(-1)).toMatchObject({ type: 'exhaust_escalation_path_log_entry', by: null });
  });

  it('stops climbing once somebody takes it, until that has run out where the service says so', async () => {
    await using opened = await open();
    const { client } = opened;
    await client.clock.freeze();
    const { checkout, search } = await triggered(opened);
    await client.pagerduty.as('ben').acknowledge(checkout.id);
    await client.pagerduty.as('dev').acknowledge(search.id);
    await client.clock.forward({ minutes: 29 });
    expect(await client.pagerduty.incident(search.id)).toMatchObject({ status: 'acknowledged' });
    await client.clock.forward({ minutes: 1 });
    expect(await client.pagerduty.incident(search.id)).toMatchObject({ status: 'triggered', acknowledgements: [] });
    expect(await client.pagerduty.incident(checkout.id)).toMatchObject({ status: 'acknowledged' });
  });
});

describe('people', () => {
  it('take, escalate, hand over, delegate, annotate, resolve and reopen it', async () => {
    await using opened = await open();
    const { checkout } = await triggered(opened);
    const { pagerduty } = opened.client;
    const [ben, dev] = [pagerduty.as('ben'), pagerduty.as('dev')];
    expect(await ben.acknowledge(checkout.id)).toMatchObject({ status: 'acknowledged', changedBy: 'PUSRBEN' });
    expect(whose(await ben.escalate(checkout.id))).toEqual(['PUSRDEV']);
    expect(whose(await dev.reassign(checkout.id, 'chloe'))).toEqual(['PUSRCHL']);
    expect(await dev.delegate(checkout.id, 'PEPINC')).toMatchObject({ policy: 'PEPINC', level: 1 });
    expect((await dev.annotate(checkout.id, 'Rolled back')).notes).toMatchObject([{ content: 'Rolled back' }]);
    expect((await dev.prioritize(checkout.id, 'P1')).priority).toBe('PPRIOR1');
    expect(await dev.resolve(checkout.id)).toMatchObject({ status: 'resolved', assignees: [] });
    expect(await ben.reopen(checkout.id)).toMatchObject({ status: 'triggered', policy: 'PEPINC' });
  });

  it('answer when they are asked for help', async () => {
    await using opened = await open();
    const { checkout, rest } = await triggered(opened);
    const { pagerduty } = opened.client;
    for (const id of ['PUSRCHL', 'PUSRDEV'])
      await rest('POST', `/incidents/${checkout.id}/responder_requests`, {
        requester_id: 'PUSRANA',
        message: 'Please help',
        responder_request_targets: [{ responder_request_target: { id, type: 'user_reference' } }],
      });
    await pagerduty.as('chloe').accept(checkout.id);
    const { responders } = await pagerduty.as('dev').decline(checkout.id);
    expect(responders.map(({ user, state }) => [user, state])).toEqual([
      ['PUSRCHL', 'joined'],
      ['PUSRDEV', 'declined'],
    ]);
    await expect(pagerduty.as('ben').accept(checkout.id)).rejects.toThrow(/asked this person/);
  });

  it('cannot do what cannot be, and are told why', async () => {
    await using opened = await open();
    const { checkout } = await triggered(opened);
    const { pagerduty } = opened.client;
    await expect(pagerduty.as('sam').acknowledge(checkout.id)).rejects.toThrow('sam has no PagerDuty account');
    await expect(pagerduty.as('ana').acknowledge('QNONE')).rejects.toThrow('there is no PagerDuty incident QNONE');
    await expect(pagerduty.as('ana').open('PSVCEMP', 'x')).rejects.toThrow('nobody is on call');
    await pagerduty.as('ana').resolve(checkout.id);
    await expect(pagerduty.as('ana').acknowledge(checkout.id)).rejects.toThrow('Incident Already Resolved');
  });
});

it('is what it was after a restart of the sandbox, with what was due meanwhile and what was not yet told', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-pagerduty-'));
  const start = new Date('2026-01-05T09:00:00Z');
  const options = { manifest: '/none', dataDir, clock: { start, running: false } } as const;
  let checkout: PagerIncident;
  {
    await using down = await receiver(() => 503);
    const first = await createSandbox({ ...options, pagerDutyWebhookUrl: down.url });
    checkout = await sandboxAt(first.url).pagerduty.as('ana').open('PSVCCHK', 'Checkout is failing');
    await down.have(1);
    await first[Symbol.asyncDispose]();
  }
  {
    await using up = await receiver();
    await using second = await createSandbox({ ...options, pagerDutyWebhookUrl: up.url });
    const { clock, pagerduty } = sandboxAt(second.url);
    expect(await pagerduty.incident(checkout.id)).toEqual(checkout);
    const [told] = await up.have(1);
    expect(told?.event).toMatchObject({ event_type: 'incident.triggered', data: { id: checkout.id } });
    await clock.forward({ minutes: 5 });
    expect(await pagerduty.incident(checkout.id)).toMatchObject({ level: 2, assignees: [{ user: 'PUSRDEV' }] });
  }
  await rm(dataDir, { recursive: true, force: true });
});

it('is empty again when the workspace starts over', async () => {
  await using opened = await open();
  const { checkout } = await triggered(opened);
  await opened.client.pagerduty.revokeToken();
  await opened.client.startOver();
  const { incidents, tokenRevoked } = await opened.client.pagerduty.summary();
  expect([incidents, tokenRevoked]).toEqual([[], false]);
  await opened.client.clock.forward({ hours: 1 });
  await expect(opened.client.pagerduty.incident(checkout.id)).rejects.toThrow(/there is no/);
});
