import { describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { open } from './open.ts';
import { aTrigger, type Json, pagerOf } from './pager.ts';

const payload = (more: Json) => ({ payload: { ...(aTrigger().payload as Json), ...more } });
const long = (length: number) => 'x'.repeat(length);

it('gives every integration a key of 32 characters of its own', () => {
  const keys = Object.values(routingKeys);
  expect(keys.map(({ length }) => length)).toEqual(keys.map(() => 32));
  expect(new Set(keys).size).toBe(keys.length);
});

describe('an event', () => {
  it('is taken with 202 and the key it goes by, given or made', async () => {
    await using opened = await open();
    const { trigger, enqueue } = pagerOf(opened);
    expect(await trigger('inc_1')).toMatchObject({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'inc_1' },
    });
    const [one, other] = [await enqueue(aTrigger()), await enqueue(aTrigger())];
    expect(one.body.dedup_key).toMatch(/^[0-9a-f]{32}$/);
    expect(one.body.dedup_key).not.toBe(other.body.dedup_key);
    expect(await opened.client.pagerduty.incidents()).toHaveLength(3);
    expect(await opened.client.violations()).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['no routing key', { routing_key: undefined }, "'routing_key' is missing or blank"],
    ['no summary', payload({ summary: ' ' }), "'payload.summary' is missing or blank"],
    ['a long summary', payload({ summary: long(1025) }), "'payload.summary' is too long (maximum is 1024 characters)"],
    ['no source', payload({ source: undefined }), "'payload.source' is missing or blank"],
    [
      'a severity of its own',
      payload({ severity: 'sev1' }),
      "'payload.severity' is invalid (must be one of the following: 'critical', 'error', 'warning', 'info')",
    ],
    ['a long dedup key', { dedup_key: long(256) }, "'dedup_key' is too long (maximum is 255 characters)"],
    ['a picture over http', { images: [{ src: 'http://a/b.png' }] }, "'images[0].src' must be served by https"],
    ['a link to nowhere', { links: [{ text: 'Channel' }] }, "'links[0].href' is missing or blank"],
    ['no payload', { payload: undefined }, "'payload' is missing or blank"],
  ])('with %s is refused, and that is a violation', async (_, wrong, sentence) => {
    await using opened = await open();
    const { status, body } = await pagerOf(opened).enqueue({ ...aTrigger(), ...wrong });
    expect({ status, body }).toEqual({
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: [sentence] },
    });
    expect(await opened.client.violations()).toMatchObject([{ kind: 'pagerduty' }]);
    expect(await opened.client.pagerduty.incidents()).toEqual([]);
  });

  it('that is no JSON is not recognised, and one that follows nothing needs a key', async () => {
    await using opened = await open();
    const { enqueue } = pagerOf(opened);
    expect(await enqueue('{')).toMatchObject({ status: 400, body: { errors: ['JSON parse error'] } });
    const resolve = { routing_key: routingKeys.checkout, event_action: 'resolve' };
    expect(await enqueue(resolve)).toMatchObject({
      status: 400,
      body: { errors: ["'dedup_key' is missing or blank"] },
    });
  });

  it('with a misspelled field is taken without it, and that is a violation', async () => {
    await using opened = await open();
    const { status } = await pagerOf(opened).enqueue({ ...aTrigger(), dedupKey: 'inc_1' });
    expect(status).toBe(202);
    expect(await opened.client.violations()).toMatchObject([{ what: expect.stringMatching(/dedupKey/) }]);
  });

  it.each([
    ['of another length', 'short', "Length of 'routing_key' is incorrect (should be 32 characters)"],
    ['of nobody', long(32), 'Invalid routing key'],
  ])('with a key %s is refused, which is no violation: a key can be taken away', async (_, routing_key, sentence) => {
    await using opened = await open();
    const reply = await pagerOf(opened).enqueue({ ...aTrigger(), routing_key });
    expect(reply).toMatchObject({ status: 400, body: { errors: [sentence] } });
    expect(await opened.client.violations()).toEqual([]);
  });

  it('leaves its line in the ledger, with whose key it was and not the key', async () => {
    await using opened = await open();
    await pagerOf(opened).trigger('inc_1');
    const [entry] = await opened.client.ledger();
    expect(entry).toMatchObject({
      kind: 'call',
      method: 'pagerduty.events.trigger',
      args: { dedup_key: 'inc_1', integrationOf: 'PSVCCHK' },
      applied: true,
      reply: { ok: true, status: 202 },
    });
    expect(JSON.stringify(entry)).not.toContain(routingKeys.checkout);
  });
});

describe('alerts of one dedup key', () => {
  it('are one incident for as long as it is open, and another one after it', async () => {
    await using opened = await open();
    const { trigger, follow } = pagerOf(opened);
    for (let turn = 0; turn < 3; turn += 1) await trigger('inc_1');
    const [first] = await opened.client.pagerduty.incidents();
    expect(first).toMatchObject({ status: 'triggered', alerts: [{ key: 'inc_1', triggers: 3 }] });
    await follow('acknowledge', 'inc_1');
    expect(await opened.client.pagerduty.incident(first?.id ?? '')).toMatchObject({ status: 'acknowledged' });
    await follow('resolve', 'inc_1');
    await trigger('inc_1');
    const statuses = (await opened.client.pagerduty.incidents()).map(({ status }) => status);
    expect(statuses).toEqual(['resolved', 'triggered']);
  });

  it('belong to the integration that triggered them', async () => {
    await using opened = await open();
    const { trigger, follow } = pagerOf(opened);
    await trigger('inc_1');
    await follow('resolve', 'inc_1', routingKeys.checkoutAgain);
    await trigger('inc_1', { routing_key: routingKeys.search });
    const services = (await opened.client.pagerduty.incidents()).map(({ service, status }) => [service, status]);
    expect(services).toEqual([
      ['PSVCCHK', 'triggered'],
      ['PSVCSRC', 'triggered'],
    ]);
  });

  it('are taken and lead to nothing where nobody is on call, or where nothing is open', async () => {
    await using opened = await open();
    const { trigger, follow } = pagerOf(opened);
    expect((await trigger('inc_1', { routing_key: routingKeys.empty })).status).toBe(202);
    expect((await follow('resolve', 'inc_2')).status).toBe(202);
    expect(await opened.client.pagerduty.incidents()).toEqual([]);
  });
});

it('takes 120 events a minute for one integration, by the sandbox clock', async () => {
  await using opened = await open();
  await opened.client.clock.freeze();
  const { trigger, follow } = pagerOf(opened);
  const statuses = await Promise.all(Array.from({ length: 121 }, async () => (await trigger('inc_1')).status));
  expect(statuses.filter((status) => status === 202)).toHaveLength(120);
  const { status, body } = await trigger('inc_1');
  expect({ status, body }).toMatchObject({ status: 429, body: { status: 'throttle exceeded' } });
  expect((await follow('resolve', 'inc_1', routingKeys.search)).status).toBe(202);
  await opened.client.clock.forward({ minutes: 1 });
  expect((await trigger('inc_1')).status).toBe(202);
});
