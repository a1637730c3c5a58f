import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { type SandboxClient, sandboxAt } from '../../sandbox/client.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import { createApp, type Tocsin } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Effect } from '../../src/outbox/effect.ts';
import { WrongTeam } from '../../src/slack/identity.ts';
import { openStore, type Tx } from '../../src/store/store.ts';
import { environment } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { silent } from './arrivals.ts';

let folder = '';
let sandbox: Sandbox;
let slack: SandboxClient;
let running: Tocsin[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-starting-'));
  sandbox = await createSandbox({ port: 0 });
  slack = sandboxAt(sandbox.url);
});
afterEach(async () => {
  for (const bot of running) await bot.stop();
  running = [];
  await sandbox[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const databaseUrl = () => `file:${folder}/tocsin.db`;

async function start(intake: 'socket' | 'http' = 'socket'): Promise<Tocsin> {
  const bot = await createApp(readConfig(environment({ sandbox, databaseUrl: databaseUrl(), intake })), silent);
  running.push(bot);
  if (intake === 'http') {
    await slack.faults.outage(false);
    await slack.app({ requestUrl: `http://127.0.0.1:${bot.port}/slack/events` });
  }
  return bot;
}

/** What an earlier bot left in the database. */
async function before<T>(leave: (tx: Tx) => Promise<T>): Promise<T> {
  await using database = await openDatabase(databaseUrl());
  await migrate(database);
  return await openStore(database).transact(leave);
}

const knownAs = (team: string) =>
  before((tx) =>
    tx.meta.set('slack', JSON.stringify({ team, url: 'https://old.slack.com/', botUser: 'U1', bot: 'B1' })),
  );

const hello: Effect = {
  kind: 'slack.tell',
  key: 'tell:hello',
  payload: { person: 'U0000000ANA', message: { text: 'hello' } },
  lane: 'cosmetic',
  gate: 'tell',
};

const readiness = async (bot: Tocsin) => (await fetch(`http://127.0.0.1:${bot.port}/readyz`)).json();
const authFails = () => slack.faults.add({ kind: 'error-before', method: 'auth.test', status: 503 });

describe('a start', () => {
  it('is ready when Slack is reached and deliveries can come in', async () => {
    const bot = await start();
    await bot.known;
    await slack.waitForApp();
    await eventually('readiness', async () => ((await readiness(bot)) as { ok: boolean }).ok || undefined);
    expect(await readiness(bot)).toMatchObject({
      intake: { connected: expect.any(Number), wanted: 2 },
      slack: { ok: true },
      clock: { ok: true, aheadOfSlackSeconds: expect.any(Number) },
    });
  });

  it('keeps what comes in over HTTP until Slack has said who the bot is, and works on it then', async () => {
    const outage = await authFails();
    const bot = await start('http');
    expect(await readiness(bot)).toMatchObject({ ok: false, slack: { ok: false } });
    const typed = slack.as('ana').command('/incident help', { channel: 'general' });
    // Nobody can tell yet who may do what, so the acknowledgement is empty and the answer comes later.
    expect(await typed).toMatchObject({ ok: true });
    await slack.faults.remove(outage);
    await bot.known;
    await slack.as('ana').waitForMessage('general', 'What I understand');
  });

  it('takes deliveries while Slack says nothing, where an earlier bot learned who it is', async () => {
    await knownAs('T0SANDBOX1');
    const outage = await authFails();
    const bot = await start('http');
    await bot.known;
    expect(await readiness(bot)).toMatchObject({ slack: { ok: false, problem: expect.any(String) } });
    expect(await slack.as('ana').command('/incident help', { channel: 'general' })).toMatchObject({
      ok: true,
      reply: { text: 'What I understand' },
    });
    await slack.faults.remove(outage);
    await eventually('Slack to be reached', async () => {
      const { slack: reached } = (await readiness(bot)) as { slack: { ok: boolean } };
      return reached.ok || undefined;
    });
  });

  it('sends nothing before Slack has said whose token it is', async () => {
    await knownAs('T0SANDBOX1');
    await before((tx) => tx.outbox.enqueue([hello], new Date()));
    const outage = await authFails();
    const bot = await start();
    await bot.known;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const calls = async (method: string) =>
      (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.method === method).length;
    expect(await calls('conversations.open')).toBe(0);
    await slack.faults.remove(outage);
    await slack.as('ana').waitForDirectMessage('hello');
  });
});

describe('a database of another workspace', () => {
  it('is refused at once', async () => {
    await knownAs('T0OTHER');
    const bot = await start();
    await expect(bot.known).rejects.toThrow(WrongTeam);
    await expect(bot.known).rejects.toThrow(/belongs to the Slack workspace T0OTHER .* but the token is of T0SANDBOX1/);
  });

  it('is refused when it is found out later, and nothing was sent meanwhile', async () => {
    await knownAs('T0OTHER');
    await before((tx) => tx.outbox.enqueue([hello], new Date()));
    const outage = await authFails();
    const bot = await start();
    await bot.known;
    await slack.faults.remove(outage);
    await expect(bot.over).rejects.toThrow(WrongTeam);
    expect(await slack.as('ana').directMessages()).toEqual([]);
  });
});

describe('a stop', () => {
  it('comes at once while Slack is away, and twice is once', async () => {
    await slack.faults.outage(true);
    const bot = await start();
    const began = performance.now();
    await Promise.all([bot.stop(), bot.stop()]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('answers what is in hand first', async () => {
    const bot = await start();
    await bot.known;
    await slack.waitForApp();
    await slack.faults.add({ kind: 'latency', method: 'users.info', ms: 400 });
    const typed = slack.as('ana').command('/incident help', { channel: 'general' });
    await eventually(
      'the question who it is',
      async () =>
        (await slack.ledger()).some((entry) => entry.kind === 'call' && entry.method === 'users.info') || undefined,
    );
    await bot.stop();
    expect(await typed).toMatchObject({ ok: true, reply: { text: 'What I understand' } });
  });
});
