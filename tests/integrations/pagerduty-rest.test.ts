import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPagerDuty, type PagerDuty } from '../../src/integrations/pagerduty/pagerduty.ts';
import { secret } from '../../src/secret.ts';
import { type LocalServer, localServer, type Reply } from '../support/local-server.ts';
import { anIncident, ben, chloe, refusal } from '../support/pagerduty-bodies.ts';

let server: LocalServer;
let pagerDuty: PagerDuty;
let counted: string[];
beforeEach(async () => {
  server = await localServer();
  counted = [];
  pagerDuty = createPagerDuty(
    {
      rest: { token: secret('canary-token'), from: 'tocsin@example.com' },
      routingKeys: {},
      apiUrl: server.url,
      eventsUrl: server.url,
      webhookSecrets: [],
    },
    { within: 400, observe: (call, result) => counted.push(`${call} ${result}`) },
  );
});
afterEach(async () => {
  pagerDuty.close();
  await server[Symbol.asyncDispose]();
});

const one = (over?: object): Reply => ({ body: { incident: anIncident(over) } });
function incidents() {
  if (!pagerDuty.pager.incidents) throw new Error('no token');
  return pagerDuty.pager.incidents;
}
const sent = () => server.received.map(({ method, path }) => `${method} ${path}`);
const aPage = {
  key: 'inc_1:checkout',
  title: 'Checkout is failing',
  details: 'Declared by Ana',
  service: 'PSVCCHK',
  whom: { escalationPolicy: 'PEPCHK' },
  urgency: 'high',
} as const;

describe('an incident at PagerDuty', () => {
  it('is made for an escalation policy in the name of whoever asks', async () => {
    server.answers({ status: 201, ...(one() as object) });
    const incident = await incidents().page({ ...aPage, priority: 'PSO75BM', as: 'ana@example.com' });
    expect(incident).toEqual({
      id: 'PT4KHLK',
      number: 1234,
      title: 'Checkout is failing',
      url: 'https://example.pagerduty.com/incidents/PT4KHLK',
      status: 'ringing',
      key: 'inc_1:checkout',
      urgency: 'high',
      service: { id: 'PSVCCHK', name: 'Checkout' },
      escalationPolicy: { id: 'PEPCHK', name: 'Checkout' },
      assigned: [{ id: 'PUSRBEN', name: 'Ben Okafor' }],
      acknowledged: [],
      createdAt: new Date('2026-03-02T09:00:00Z'),
      changedAt: new Date('2026-03-02T09:00:00Z'),
    });
    expect(server.received[0]?.headers).toMatchObject({
      authorization: 'Token token=canary-token',
      accept: 'application/vnd.pagerduty+json;version=2',
      from: 'ana@example.com',
    });
    expect(server.received[0]?.body).toEqual({
      incident: {
        type: 'incident',
        incident_key: 'inc_1:checkout',
        title: 'Checkout is failing',
        service: { id: 'PSVCCHK', type: 'service_reference' },
        urgency: 'high',
        body: { type: 'incident_body', details: 'Declared by Ana' },
        priority: { id: 'PSO75BM', type: 'priority_reference' },
        escalation_policy: { id: 'PEPCHK', type: 'escalation_policy_reference' },
      },
    });
    expect(counted).toEqual(['POST /incidents ok']);
  });

  it('is made for people, in the name of the bot when nobody else is known', async () => {
    server.answers(one());
    await incidents().page({ ...aPage, whom: { person: 'PUSRBEN' } });
    expect(server.received[0]?.headers.from).toBe('tocsin@example.com');
    const assignments = [{ assignee: { id: 'PUSRBEN', type: 'user_reference' } }];
    expect(server.received[0]?.body).toMatchObject({ incident: { assignments } });
    expect(server.received[0]?.body).not.toHaveProperty('incident.escalation_policy');
  });

  it('is found again when it was made by a request whose answer was lost', async () => {
    const twin = 'Open incident with matching dedup key already exists on this service';
    server.answers(
      { status: 400, body: refusal(2002, 'Arguments Caused Error', twin) },
      { body: { incidents: [anIncident({ id: 'POLD', status: 'resolved' }), anIncident()], more: false } },
    );
    expect(await incidents().page(aPage)).toMatchObject({ id: 'PT4KHLK', status: 'ringing' });
    expect(sent()[1]).toMatch(/^GET \/incidents\?incident_key=inc_1%3Acheckout&date_range=all&/);
  });

  it('is not taken for another one with the key that is over, or of another service', async () => {
    for (const over of [{ status: 'resolved' }, { service: { id: 'POTHER' } }]) {
      server.answers(
        { status: 400, body: refusal(2001, 'Invalid Input Provided', 'Service is disabled') },
        { body: { incidents: [anIncident(over)], more: false } },
      );
      await expect(incidents().page(aPage)).rejects.toMatchObject({
        name: 'Impossible',
        code: 'pagerduty_2001',
        message: 'HTTP 400: Invalid Input Provided: Service is disabled',
      });
    }
  });

  it('says who acknowledged, and who resolved', async () => {
    server.answers(
      one({
        status: 'acknowledged',
        acknowledgements: [
          { at: '2026-03-02T09:02:00Z', acknowledger: ben },
          { at: '2026-03-02T09:02:00Z', acknowledger: { id: 'PSVC', type: 'service_reference', summary: 'A rule' } },
        ],
      }),
      one({ status: 'resolved', assignments: [], last_status_change_by: chloe }),
    );
    expect(await incidents().get('PT4KHLK')).toMatchObject({
      status: 'acknowledged',
      acknowledged: [{ person: { id: 'PUSRBEN', name: 'Ben Okafor' }, at: new Date('2026-03-02T09:02:00Z') }],
    });
    expect(await incidents().get('PT4KHLK')).toMatchObject({ status: 'resolved', resolvedBy: { id: 'PUSRCHL' } });
  });

  it('may be gone', async () => {
    server.answers({ status: 404, body: refusal(2100, 'Not Found') });
    expect(await incidents().get('PT4KHLK')).toBeUndefined();
    await expect(incidents().acknowledge('PT4KHLK', {})).rejects.toMatchObject({ name: 'Gone', code: 'gone' });
  });

  it('is not opened again by an acknowledgement that comes late', async () => {
    server.answers(one({ status: 'resolved' }));
    expect(await incidents().acknowledge('PT4KHLK', {})).toMatchObject({ status: 'resolved' });
    expect(sent()).toEqual(['GET /incidents/PT4KHLK']);
  });

  it('is resolved however often it is resolved', async () => {
    const already = { status: 400, body: refusal(1001, 'Incident Already Resolved') };
    server.answers(already, one({ status: 'resolved' }));
    const incident = await incidents().resolve('PT4KHLK', { as: 'ana@example.com' });
    expect(incident.status).toBe('resolved');
    expect(server.received[0]?.body).toEqual({
      incident: { type: 'incident_reference', status: 'resolved' },
    });
  });

  it('rings again when it is opened again, and is left alone while it is open', async () => {
    server.answers(one({ status: 'resolved' }), one(), one());
    expect(await incidents().reopen('PT4KHLK', {})).toMatchObject({ status: 'ringing' });
    await incidents().reopen('PT4KHLK', {});
    expect(sent()).toEqual(['GET /incidents/PT4KHLK', 'PUT /incidents/PT4KHLK', 'GET /incidents/PT4KHLK']);
  });

  it('is escalated and given a priority', async () => {
    server.answers(one());
    await incidents().escalate('PT4KHLK', { level: 2 });
    await incidents().setPriority('PT4KHLK', { priority: 'PSO75BM' });
    expect(server.received.map(({ body }) => (body as { incident: object }).incident)).toEqual([
      { type: 'incident_reference', escalation_level: 2 },
      { type: 'incident_reference', priority: { id: 'PSO75BM', type: 'priority_reference' } },
    ]);
  });

  it('takes others in, once', async () => {
    server.answers({ status: 400, body: refusal(1019, 'Incident Already Merged') }, one());
    await incidents().merge('PT4KHLK', ['POTHER'], {});
    expect(server.received[0]).toMatchObject({
      method: 'PUT',
      path: '/incidents/PT4KHLK/merge',
      body: { source_incidents: [{ id: 'POTHER', type: 'incident_reference' }] },
    });
  });

  it('has a note once, however often it is written', async () => {
    server.answers(
      { body: { notes: [{ content: 'A' }] } },
      { status: 201, body: { note: { content: 'B' } } },
      { body: { notes: [{ content: 'B' }] } },
    );
    await incidents().note('PT4KHLK', { text: 'B' });
    await incidents().note('PT4KHLK', { text: 'B' });
    expect(sent()).toEqual(['GET', 'POST', 'GET'].map((method) => `${method} /incidents/PT4KHLK/notes`));
  });

  it('has told its subscribers something, where its log has the very words', async () => {
    const log = [
      { type: 'annotate_log_entry', message: 'B' },
      { type: 'status_update_log_entry', message: 'A' },
    ];
    server.answers({ body: { log_entries: log, more: false } });
    const since = new Date('2026-11-27T03:00:00Z');
    expect(await incidents().hasStatusUpdate('PT4KHLK', 'A', since)).toBe(true);
    expect(await incidents().hasStatusUpdate('PT4KHLK', 'B', since)).toBe(false);
  });

  it.each<[string, Reply, object]>([
    [
      'is held back by the limit',
      { status: 429, headers: { 'ratelimit-reset': '20' } },
      { name: 'Held', retryAfterMs: 20_000 },
    ],
    ['is held back without a time', { status: 429, text: '' }, { retryAfterMs: 15_000, gate: 'pagerduty.rest' }],
    [
      'is refused with the token',
      { status: 401, body: refusal(2006, 'Authentication failed') },
      { name: 'RefusedToken' },
    ],
    [
      'is out of the reach of the token',
      { status: 403, body: refusal(2010, 'Access Denied') },
      { name: 'RefusedToken' },
    ],
    [
      'is not for that person',
      { status: 403, body: refusal(1018, 'Requester not authorized') },
      { code: 'not_allowed' },
    ],
    ['is in no plan of theirs', { status: 402, body: refusal(2014, 'Missing Ability') }, { code: 'not_in_plan' }],
    [
      'names somebody unknown',
      { status: 400, body: refusal(1008, 'Requester User Not Found') },
      { code: 'unknown_person' },
    ],
    ['is in doubt after an error of theirs', { status: 500, body: refusal(2000, 'Internal') }, { name: 'Unclear' }],
    ['is in doubt after a page of a proxy', { status: 502, text: '<html>' }, { name: 'Unclear', message: 'HTTP 502' }],
    ['is in doubt when the answer is no JSON', { status: 200, text: '<html>' }, { name: 'Unclear' }],
    ['is in doubt when the answer is something else', { status: 200, body: { a: 1 } }, { name: 'Unclear' }],
    ['is in doubt when the connection breaks', 'reset', { name: 'Unclear' }],
    ['is in doubt when nobody answers', 'hang', { name: 'Unclear', message: 'no answer within 400 ms' }],
    [
      'is not asked for elsewhere',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      { name: 'NotApplied' },
    ],
  ])('%s', async (_, reply, expected) => {
    server.answers(reply);
    const failure = await incidents()
      .escalate('PT4KHLK', { level: 2 })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject(expected);
    // One request, whatever pdjs would rather do.
    expect(server.received).toHaveLength(1);
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}`).not.toContain('canary');
    expect(counted).toEqual([`PUT /incidents/:id ${(failure as Error).name}`]);
  });

  it('certainly was not changed when nobody is there', async () => {
    await server[Symbol.asyncDispose]();
    await expect(incidents().escalate('PT4KHLK', { level: 2 })).rejects.toMatchObject({
      name: 'NotApplied',
      message: 'no connection (ECONNREFUSED)',
    });
  });

  it('is asked for over a connection that stays open', async () => {
    server.answers(one());
    for (const _ of [1, 2, 3]) await incidents().get('PT4KHLK');
    expect(server.received.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('knows of many requests at once which one was held back', async () => {
    server.answers(({ path }) => (path.endsWith('7') ? { status: 429, headers: { 'ratelimit-reset': '7' } } : one()));
    const asked = Array.from({ length: 10 }, (_, at) => incidents().get(`P${at}`));
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status === 'rejected')).toEqual(asked.map((_, at) => at === 7));
    expect(settled[7]).toMatchObject({ reason: { retryAfterMs: 7_000 } });
    expect(server.received).toHaveLength(10);
  });
});
