import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RefusedToken } from '../../src/integrations/http.ts';
import type { NewAlert } from '../../src/integrations/pager-shapes.ts';
import { createPagerDuty } from '../../src/integrations/pagerduty/pagerduty.ts';
import { NotApplied } from '../../src/outbox/failures.ts';
import { secret } from '../../src/secret.ts';
import { type LocalServer, localServer, type Reply } from '../support/local-server.ts';
import { accepted } from '../support/pagerduty-bodies.ts';

const routingKey = 'canary'.padEnd(32, '1');

let server: LocalServer;
beforeEach(async () => {
  server = await localServer(accepted);
});
afterEach(async () => server[Symbol.asyncDispose]());

const pager = (eventsUrl = server.url) =>
  createPagerDuty(
    {
      rest: undefined,
      routingKeys: { default: secret(routingKey) },
      apiUrl: server.url,
      eventsUrl,
      webhookSecrets: [],
    },
    { within: 300 },
  ).pager;

const anAlert = (over: Partial<NewAlert> = {}): NewAlert => ({
  routingKey: 'default',
  dedupKey: 'inc_1:checkout',
  summary: 'SEV1 Checkout is failing',
  severity: 'critical',
  source: 'tocsin.example.com',
  at: new Date('2026-03-02T09:00:00Z'),
  links: [{ href: 'https://tocsin.example.com/incidents/7', text: 'Incident 7' }],
  details: { 'declared by': 'Ana' },
  ...over,
});

describe('an alert', () => {
  it('goes out as PagerDuty wants it', async () => {
    await pager().trigger(anAlert());
    expect(server.received).toMatchObject([{ method: 'POST', path: '/v2/enqueue' }]);
    expect(server.received[0]?.body).toEqual({
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: 'inc_1:checkout',
      payload: {
        summary: 'SEV1 Checkout is failing',
        severity: 'critical',
        source: 'tocsin.example.com',
        timestamp: '2026-03-02T09:00:00.000Z',
        custom_details: { 'declared by': 'Ana' },
      },
      links: [{ href: 'https://tocsin.example.com/incidents/7', text: 'Incident 7' }],
      client: 'Tocsin',
      client_url: 'https://tocsin.example.com/incidents/7',
    });
  });

  it('is acknowledged and resolved by its dedup key alone', async () => {
    await pager(`${server.url}/`).acknowledgeAlert({ routingKey: 'default', dedupKey: 'k' });
    await pager().resolveAlert({ routingKey: 'default', dedupKey: 'k' });
    expect(server.received.map(({ path, body }) => [path, body])).toEqual([
      ['/v2/enqueue', { routing_key: routingKey, event_action: 'acknowledge', dedup_key: 'k' }],
      ['/v2/enqueue', { routing_key: routingKey, event_action: 'resolve', dedup_key: 'k' }],
    ]);
  });

  it('is shortened to what fits, without cutting a character in two', async () => {
    await pager().trigger(anAlert({ summary: '🔥'.repeat(1_025) }));
    expect(server.received[0]?.body).toMatchObject({ payload: { summary: `${'🔥'.repeat(1_023)}…` } });
  });

  it.each<[string, Reply, unknown]>([
    ['held back by the limit', { status: 429, headers: { 'retry-after': '7' } }, { name: 'Held', retryAfterMs: 7_000 }],
    [
      'held back by PagerDuty’s own header',
      { status: 429, headers: { 'ratelimit-reset': '20' } },
      { retryAfterMs: 20_000 },
    ],
    ['held back without a time', { status: 429, text: '' }, { retryAfterMs: 5_000, gate: 'pagerduty.events:default' }],
    ['in doubt after an error of theirs', { status: 500, body: {} }, { name: 'Unclear' }],
    ['in doubt after a page of a proxy', { status: 503, text: '<html>' }, { name: 'Unclear', message: 'HTTP 503' }],
    ['in doubt when the answer is cut', { status: 202, text: '{"status":' }, { name: 'Unclear' }],
    ['in doubt when something else says 200', { status: 200, text: '<html>' }, { name: 'Unclear' }],
    ['in doubt when the connection breaks', 'reset', { name: 'Unclear', message: expect.stringMatching(/was lost/) }],
    ['in doubt when nobody answers', 'hang', { name: 'Unclear', message: 'no answer within 300 ms' }],
    ['not sent on to somewhere else', { status: 307, headers: { location: '/elsewhere' } }, { name: 'NotApplied' }],
    [
      'refused for good',
      {
        status: 400,
        body: { status: 'invalid event', message: 'Event object is invalid', errors: ["'severity' is wrong"] },
      },
      { name: 'Impossible', code: 'invalid_event', message: "HTTP 400: Event object is invalid: 'severity' is wrong" },
    ],
    [
      'refused for a key that no service has',
      { status: 400, body: { status: 'invalid event', message: 'Invalid routing key', errors: [] } },
      { name: 'Impossible', code: 'unknown_routing_key' },
    ],
  ])('is %s', async (_, reply, expected) => {
    server.answers(reply);
    const failure = await pager()
      .trigger(anAlert())
      .catch((error: unknown) => error);
    expect(failure).toMatchObject(expected as object);
    expect(server.received).toHaveLength(1);
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}`).not.toContain('canary');
  });

  it('certainly did not go out when nobody is there', async () => {
    await server[Symbol.asyncDispose]();
    const failure = await pager()
      .trigger(anAlert())
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotApplied);
    expect(failure).toMatchObject({ message: 'no connection (ECONNREFUSED)' });
    expect(failure).not.toBeInstanceOf(RefusedToken);
  });

  it('cannot go out by a key that nobody named', async () => {
    const sent = pager().trigger(anAlert({ routingKey: 'search' }));
    await expect(sent).rejects.toMatchObject({ code: 'unknown_routing_key' });
    expect(server.received).toEqual([]);
  });
});
