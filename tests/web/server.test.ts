import { connect } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { Hono } from 'hono';
import type { Store } from '../../src/store/store.ts';
import { type HealthParts, healthRoutes } from '../../src/web/health.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { startServer, type WebParts } from '../../src/web/server.ts';
import { onBothEngines, onSqlite } from '../support/databases.ts';
import { anIncident } from '../support/given.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function aServer(store: Store, parts: Partial<WebParts & HealthParts> = {}) {
  const health = healthRoutes({
    store,
    now: () => new Date(),
    policyVersion: 'v1',
    intake: () => ({ ok: true, connected: 2 }),
    identity: () => ({ reached: true }),
    skew: () => 1,
    stopping: () => false,
    ...parts,
  });
  const metrics = createMetrics(store);
  const server = await startServer({ host: '127.0.0.1', port: 0, health, metrics, slack: undefined, ...parts });
  closing.push(server.close);
  const url = `http://127.0.0.1:${server.port}`;
  return { ...server, metrics, get: (path: string) => fetch(`${url}${path}`) };
}

const secretTitle = 'Payroll was stolen';

/** Work of a private incident that failed for good. */
async function somethingDead(store: Store): Promise<void> {
  const now = new Date();
  const incident = anIncident({ title: secretTitle, isPrivate: true, version: 1 });
  const effect = { kind: 'slack.post', key: 'post:inc_7', gate: 'x', payload: { secretTitle }, incident: incident.id };
  await store.transact(async (tx) => {
    await tx.incidents.save(incident, undefined, [{ type: 'headlineGone' }], { by: 'U1', at: now });
    await tx.outbox.enqueue([{ ...effect, lane: 'channel' }], now);
  });
  const claim = { owner: 'o', now, leaseNow: now, leaseMs: 1_000, limit: 1, heldGates: [], maxLane: 3 };
  await store.transact(async (tx) => {
    const [row] = await tx.outbox.claim(claim);
    if (row) await tx.outbox.settle(row, { state: 'dead', error: 'not_in_channel' }, now);
  });
}

onSqlite('the web server', (fresh) => {
  it('says that it lives and that it is ready', async () => {
    const { get } = await aServer(await fresh.store());
    expect(await (await get('/healthz')).json()).toEqual({ ok: true });
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ ok: true, database: { ok: true }, policy: { version: 'v1' } });
  });

  it.each<[string, Partial<HealthParts>, object]>([
    ['no connection', { intake: () => ({ ok: false, connected: 0 }) }, { intake: { ok: false, connected: 0 } }],
    [
      'no word from Slack',
      { identity: () => ({ reached: false, problem: 'invalid_auth' }) },
      { slack: { ok: false, problem: 'invalid_auth' } },
    ],
    ['a clock far ahead', { skew: () => 240 }, { clock: { ok: false, aheadOfSlackSeconds: 240 } }],
    ['a clock far behind', { skew: () => -600 }, { clock: { ok: false } }],
    ['the end', { stopping: () => true }, { stopping: true }],
  ])('lives but is not ready with %s', async (_, parts, details) => {
    const { get } = await aServer(await fresh.store(), parts);
    const ready = await get('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ ok: false, ...details });
    expect((await get('/healthz')).status).toBe(200);
  });

  it('lives, is not ready and still counts with a broken database', async () => {
    const store = await fresh.store();
    const { get, metrics } = await aServer({ ...store, read: () => Promise.reject(new Error('disk I/O error')) });
    metrics.delivery('command', 'stored', 0.002);
    expect(await (await get('/readyz')).json()).toMatchObject({ database: { ok: false, error: 'disk I/O error' } });
    expect(await (await get('/metrics')).text()).toMatch(/tocsin_deliveries_total\{kind="command",result="stored"\} 1/);
  });

  it('shows what failed for good, with no word of the incident', async () => {
    const store = await fresh.store();
    await somethingDead(store);
    const { get, metrics } = await aServer(store);
    metrics.watchSocket(() => ({ connected: 2, quiet: 1_500 }));
    const ready = await (await get('/readyz')).text();
    expect(JSON.parse(ready)).toMatchObject({
      outbox: { dead: [{ kind: 'slack.post', error: 'not_in_channel', incident: 7 }] },
    });
    const counted = await (await get('/metrics')).text();
    expect(counted).toMatch(/tocsin_outbox_rows\{lane="channel",state="dead"\} 1/);
    expect(counted).toMatch(/tocsin_socket_last_frame_age_seconds 1\.5/);
    expect(counted).toMatch(/tocsin_nodejs_eventloop_lag_seconds/);
    expect(`${ready}${counted}`).not.toMatch(/Payroll|inc_7/);
  });

  it('says in a sentence that its port is taken', async () => {
    const store = await fresh.store();
    const { port } = await aServer(store);
    await expect(aServer(store, { port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken.`);
  });

  it('answers what it does not know, and what fails, without a word of how it works', async () => {
    const failing = new Hono().get('/fail', () => {
      throw new Error('a secret');
    });
    const { get } = await aServer(await fresh.store(), { slack: failing });
    const failed = await get('/slack/fail');
    expect([failed.status, await failed.text()]).toEqual([500, 'Something went wrong here; the log says what.']);
    expect((await get('/.env')).status).toBe(404);
  });

  it('closes while a connection stays open', async () => {
    const { port, close } = await aServer(await fresh.store());
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    await close();
    socket.destroy();
  });
});

onBothEngines('how long work has been due', (fresh) => {
  const now = new Date('2026-03-02T09:00:00Z');
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
  const work = (key: string, lane: 'page' | 'channel', runAt: Date) => ({
    kind: 'slack.post',
    key,
    lane,
    gate: 'x',
    payload: {},
    runAt,
  });

  it('is shown by lane, and is a reason not to be ready when it is too long', async () => {
    const store = await fresh.store();
    const { get, metrics } = await aServer(store, { now: () => now });
    const planned = [
      work('a', 'page', before(59)),
      work('b', 'channel', before(90)),
      work('c', 'channel', before(-90)),
    ];
    await store.transact((tx) => tx.outbox.enqueue(planned, before(5_000)));
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      {
        outbox: {
          ok: true,
          oldestDue: [
            { lane: 'page', seconds: 59 },
            { lane: 'channel', seconds: 90 },
          ],
        },
      },
    ]);
    expect(await metrics.text()).toMatch(/tocsin_outbox_oldest_due_seconds\{lane="declare"\} 0/);

    await store.transact((tx) => tx.outbox.enqueue([work('d', 'page', before(61))], before(61)));
    expect((await get('/readyz')).status).toBe(503);
  });

  it('does not begin anew with another attempt', async () => {
    const store = await fresh.store();
    const { get } = await aServer(store, { now: () => now });
    const [then, later] = [before(600), before(-60)];
    await store.transact((tx) => tx.outbox.enqueue([work('a', 'channel', then)], then));
    const claim = { owner: 'o', now: then, leaseNow: then, leaseMs: 1_000, limit: 1, heldGates: [], maxLane: 3 };
    await store.transact(async (tx) => {
      const [row] = await tx.outbox.claim(claim);
      if (row) await tx.outbox.settle(row, { state: 'waiting', runAt: later, error: 'fetch failed' }, then);
    });
    expect(await (await get('/readyz')).json()).toMatchObject({
      outbox: { oldestDue: [{ lane: 'channel', seconds: 600 }] },
    });
  });
});
