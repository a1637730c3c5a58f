import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { pagerDutySecret } from '../../sandbox/pagerduty/wire.ts';
import { type Opened, open } from './open.ts';
import { type Loose, pagerOf, type Received, receiver } from './pager.ts';

const signed = (secret: string, text: string) => `v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
const idOf = ({ headers }: Received) => headers['x-webhook-id'];

const openOne = ({ client }: Opened) => client.pagerduty.as('ana').open('PSVCCHK', 'Checkout is failing');

it('tells of everything that happens to an incident, in its order, by whom', async () => {
  await using told = await receiver();
  await using opened = await open({ pagerDutyWebhookUrl: told.url });
  const { pagerduty, clock } = opened.client;
  await clock.freeze();
  await pagerduty.setOnCall('PSCCHK', ['ben']);
  const { id } = await openOne(opened);
  const [ana, ben] = [pagerduty.as('ana'), pagerduty.as('ben')];
  await clock.forward({ minutes: 5 });
  await ben.acknowledge(id);
  await ben.prioritize(id, 'P1');
  await ben.annotate(id, 'Rolling back');
  await ben.publishUpdate(id, 'Cards fail');
  await ben.reassign(id, 'chloe');
  await ben.delegate(id, 'PEPINC');
  await ana.resolve(id);
  await ana.reopen(id);
  const { rest } = pagerOf(opened);
  await rest('POST', `/incidents/${id}/responder_requests`, {
    requester_id: 'PUSRANA',
    message: 'Please help',
    responder_request_targets: [{ responder_request_target: { id: 'PUSRCHL', type: 'user_reference' } }],
  });
  await pagerduty.as('chloe').accept(id);
  await rest('PUT', `/incidents/${id}`, { incident: { type: 'incident', incident_type: { name: 'major_incident' } } });
  const expected = [
    ['incident.triggered', 'PUSRANA', 'incident'],
    ['incident.escalated', undefined, 'incident'],
    ['incident.acknowledged', 'PUSRBEN', 'incident'],
    ['incident.priority_updated', 'PUSRBEN', 'incident'],
    ['incident.annotated', 'PUSRBEN', 'incident_note'],
    ['incident.status_update_published', 'PUSRBEN', 'incident_status_update'],
    ['incident.reassigned', 'PUSRBEN', 'incident'],
    ['incident.delegated', 'PUSRBEN', 'incident'],
    ['incident.resolved', 'PUSRANA', 'incident'],
    ['incident.reopened', 'PUSRANA', 'incident'],
    ['incident.responder.added', 'PUSRANA', 'incident_responder'],
    ['incident.responder.replied', 'PUSRCHL', 'incident_responder'],
    ['incident.incident_type.changed', 'PUSRANA', 'incident'],
  ];
  const heard = (await told.have(expected.length)).map(({ event }) => [
    event.event_type,
    event.agent?.id,
    event.data.type,
  ]);
  expect(heard).toEqual(expected);
  expect(told.received[2]?.event).toMatchObject({
    resource_type: 'incident',
    data: { id, number: 1, status: 'acknowledged', assignees: expect.any(Array), service: { id: 'PSVCCHK' } },
  });
});

it('tells that an acknowledgement ran out, and of a merge by what was merged away', async () => {
  await using told = await receiver();
  await using opened = await open({ pagerDutyWebhookUrl: told.url });
  const { pagerduty, clock } = opened.client;
  await clock.freeze();
  const { id } = await openOne(opened);
  await pagerduty.as('ben').snooze(id, 60);
  await clock.forward({ hours: 1 });
  await pagerOf(opened).trigger('inc_1');
  const other = await pagerduty.waitForIncident('inc_1');
  await pagerduty.as('ana').merge(other.id, id);
  await told.have(5);
  expect(told.types().slice(0, 3)).toEqual(['incident.triggered', 'incident.acknowledged', 'incident.unacknowledged']);
  expect(told.received.find(({ event }) => event.event_type === 'incident.resolved')?.event.data).toMatchObject({
    id: other.id,
    resolve_reason: { type: 'merge_resolve_reason', incident: { id } },
  });
});

it('signs what it sends, with every secret while one is being replaced', async () => {
  await using told = await receiver();
  await using opened = await open();
  const { pagerduty } = opened.client;
  await pagerduty.sendWebhooksTo(told.url);
  await pagerduty.ping();
  const [ping] = await told.have(1);
  expect(ping?.headers['x-pagerduty-signature']).toBe(signed(pagerDutySecret, ping?.text ?? ''));
  expect(ping?.event).toMatchObject({ event_type: 'pagey.ping', data: { type: 'ping' } });
  await pagerduty.sendWebhooksTo(told.url, { secrets: ['old', 'new'] });
  await pagerduty.ping();
  const [, again] = await told.have(2);
  expect(again?.headers['x-pagerduty-signature']).toBe(
    `${signed('old', again?.text ?? '')},${signed('new', again?.text ?? '')}`,
  );
  expect(ping && again && idOf(ping) !== idOf(again)).toBe(true);
});

it('lets webhooks be subscribed to over REST, tried, and asked for, without their secret', async () => {
  await using told = await receiver();
  await using opened = await open();
  const { rest } = pagerOf(opened);
  const wanted = {
    type: 'webhook_subscription',
    delivery_method: {
      type: 'http_delivery_method',
      url: told.url,
      custom_headers: [{ name: 'x-from', value: 'pagerduty' }],
    },
    events: ['incident.triggered'],
    filter: { type: 'account_reference' },
  };
  const subscribe = (more: object) =>
    rest('POST', '/webhook_subscriptions', { webhook_subscription: { ...wanted, ...more } }, { from: undefined });
  expect((await subscribe({ events: ['incident.invented'] })).status).toBe(400);
  const made = await subscribe({});
  const { id, delivery_method } = (made.body as Loose).webhook_subscription;
  expect([made.status, delivery_method]).toMatchObject([201, { url: told.url, temporarily_disabled: false }]);
  expect((await rest('POST', `/webhook_subscriptions/${id}/ping`, undefined, { from: undefined })).status).toBe(202);
  const [ping] = await told.have(1);
  expect(ping?.headers).toMatchObject({
    'x-pagerduty-signature': signed(delivery_method.secret, ping?.text ?? ''),
    'x-from': 'pagerduty',
    'x-webhook-subscription': id,
  });
  const listed = (await rest('GET', '/webhook_subscriptions')).body as Loose;
  expect(listed.webhook_subscriptions).toMatchObject([
    {
      id,
      active: true,
      events: ['incident.triggered'],
      delivery_method: { secret: null, custom_headers: [{ name: 'x-from', value: '-- redacted --' }] },
    },
  ]);
  expect(await opened.client.violations()).toEqual([]);
});

it('tells only of what was subscribed to', async () => {
  await using told = await receiver();
  await using opened = await open();
  const { pagerduty } = opened.client;
  await pagerduty.sendWebhooksTo(told.url, { events: ['incident.resolved'], service: 'PSVCCHK' });
  const other = await pagerduty.as('ana').open('PSVCSRC', 'Search is slow');
  const { id } = await openOne(opened);
  for (const one of [other.id, id]) await pagerduty.as('ana').resolve(one);
  await opened.client.quiet();
  expect(told.received.map(({ event }) => [event.event_type, event.data.id])).toEqual([['incident.resolved', id]]);
});

describe('a webhook that is not taken', () => {
  it('comes again under the same id, and those after it wait', async () => {
    await using told = await receiver((number) => (number === 1 ? 500 : number === 2 ? 429 : 202));
    await using opened = await open({ pagerDutyWebhookUrl: told.url });
    const { id } = await openOne(opened);
    await opened.client.pagerduty.as('ben').acknowledge(id);
    const received = await told.have(4);
    expect(told.types()).toEqual([...Array(3).fill('incident.triggered'), 'incident.acknowledged']);
    expect(new Set(received.slice(0, 3).map(idOf)).size).toBe(1);
    const delivered = (await opened.client.ledger()).filter((entry) => entry.kind === 'delivery');
    expect(delivered).toMatchObject([{ type: 'pagerduty.incident.triggered', attempts: 3, outcome: 'acked' }, {}]);
  });

  it('is dropped when it is refused; after three the subscription rests for a day', async () => {
    await using told = await receiver(() => 401);
    await using opened = await open({ pagerDutyWebhookUrl: told.url });
    const { pagerduty, clock, quiet } = opened.client;
    for (let turn = 0; turn < 4; turn += 1) {
      await openOne(opened);
      await quiet();
    }
    expect(told.received).toHaveLength(3);
    await clock.forward({ hours: 25 });
    await openOne(opened);
    await told.have(4);
    for (let turn = 0; turn < 2; turn += 1) {
      await openOne(opened);
      await quiet();
    }
    await pagerduty.enableWebhooks();
    await openOne(opened);
    await told.have(7);
  });
});

describe('on a bad night', () => {
  it.each([
    ['event-duplicate', ['one', 'one', 'two']],
    ['event-drop', ['two']],
    ['event-reorder', ['two', 'one']],
    ['event-late', ['two', 'one']],
  ] as const)('%s', async (kind, expected) => {
    await using told = await receiver();
    await using opened = await open({ pagerDutyWebhookUrl: told.url });
    const { pagerduty, faults, quiet } = opened.client;
    const { id } = await openOne(opened);
    await told.have(1);
    await faults.add({ kind, type: 'pagerduty.*', times: 1, ms: 120 });
    for (const content of ['one', 'two']) await pagerduty.as('ben').annotate(id, content);
    await told.have(1 + expected.length);
    await quiet();
    const notes = told.received.slice(1).map(({ event }) => event.data.content);
    expect(kind === 'event-duplicate' ? notes.toSorted() : notes).toEqual(expected);
    const ids = new Set(told.received.slice(1).map(idOf));
    expect(ids.size).toBe(new Set(expected).size);
  });

  it('webhooks wait for the end of an outage', async () => {
    await using told = await receiver();
    await using opened = await open({ pagerDutyWebhookUrl: told.url });
    const { pagerduty, faults } = opened.client;
    await faults.outage(true, 'pagerduty.webhooks');
    const { id } = await openOne(opened);
    await pagerduty.as('ben').acknowledge(id);
    expect(await pagerduty.summary()).toMatchObject({ waiting: 2, outages: { webhooks: true, rest: false } });
    expect(told.received).toEqual([]);
    await faults.outage(false, 'pagerduty.webhooks');
    await told.have(2);
    expect(told.types()).toEqual(['incident.triggered', 'incident.acknowledged']);
  });

  it.each([
    ['error-before', 503, 0],
    ['error-after', 503, 1],
    ['ratelimit', 429, 0],
    ['lost-reply', 'gone', 1],
    ['lost-request', 'gone', 0],
  ] as const)('%s strikes an event and a call as told', async (kind, outcome, made) => {
    await using opened = await open();
    const { trigger, create } = pagerOf(opened);
    const { faults, pagerduty } = opened.client;
    const statusOf = (work: Promise<{ status: number }>) => work.then(({ status }) => status).catch(() => 'gone');
    await faults.add({ kind, method: 'pagerduty.events.*', times: 1 });
    await faults.add({ kind, method: 'pagerduty.rest.incidents.create', times: 1 });
    expect([await statusOf(trigger('inc_1')), await statusOf(create({ incident_key: 'k' }))]).toEqual([
      outcome,
      outcome,
    ]);
    expect(await pagerduty.incidents()).toHaveLength(2 * made);
    expect([await statusOf(trigger('inc_1')), await statusOf(create({ incident_key: 'k' }))]).toEqual([
      202,
      made ? 400 : 201,
    ]);
    expect(await pagerduty.incidents()).toHaveLength(2);
    const struck = (await opened.client.ledger()).filter((entry) => entry.kind === 'call' && entry.fault === kind);
    expect(struck).toHaveLength(2);
  });

  it('each part is out by itself, and Slack’s bad night is not PagerDuty’s', async () => {
    await using opened = await open();
    const { trigger, rest } = pagerOf(opened);
    const { faults } = opened.client;
    const statuses = async () => [
      (await trigger('inc_1')).status,
      (await rest('GET', '/users')).status,
      await opened.slack.auth.test().then(
        () => 200,
        () => 503,
      ),
    ];
    await faults.outage(true, 'pagerduty.events');
    expect(await statuses()).toEqual([503, 200, 200]);
    await faults.outage(false, 'pagerduty.events');
    await faults.outage(true, 'pagerduty.rest');
    expect(await statuses()).toEqual([202, 503, 200]);
    await faults.outage(false, 'pagerduty.rest');
    await faults.outage(true);
    expect(await statuses()).toEqual([202, 200, 503]);
    await faults.clear();
    await faults.add({ kind: 'error-before' });
    expect(await statuses()).toEqual([202, 200, 503]);
    await faults.clear();
    await faults.add({ kind: 'error-before', method: 'pagerduty.*' });
    expect(await statuses()).toEqual([503, 503, 200]);
  });
});

it('makes a storm for a bench and counts what was taken', async () => {
  await using told = await receiver();
  await using opened = await open({ pagerDutyWebhookUrl: told.url });
  const { id } = await openOne(opened);
  await told.have(1);
  const result = await opened.client.pagerduty.burst({ count: 200, incident: id });
  expect(result).toMatchObject({ sent: 200, acked: 200, failed: 0 });
  expect(new Set(told.received.map(({ event }) => event.id)).size).toBe(201);
});
