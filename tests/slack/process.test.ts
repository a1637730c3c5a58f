import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxAt } from '../../sandbox/client.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import { botFlags } from '../../scripts/bot-flags.ts';
import { withBundle } from '../faults/support/hunted.ts';
import { environment } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';

const copy = withBundle();
let folder = '';
let sandbox: Sandbox;
const cleanups: (() => unknown)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-process-'));
  sandbox = await createSandbox({ port: 0 });
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await sandbox[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** The program as an operator starts it. */
function start(variables: Record<string, string> = {}, args: string[] = []) {
  const bot = spawn(process.execPath, [...botFlags, ...args, copy().bot], {
    env: {
      PATH: process.env.PATH,
      ...environment({ sandbox, databaseUrl: `file:${folder}/tocsin.db` }),
      LOG_LEVEL: 'trace',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  bot.stdout.on('data', (chunk) => {
    said.out += String(chunk);
  });
  bot.stderr.on('data', (chunk) => {
    said.err += String(chunk);
  });
  cleanups.push(() => end(bot));
  const over = once(bot, 'close').then(() => bot.exitCode ?? bot.signalCode);
  return { bot, said, over };
}

async function end(bot: ChildProcess): Promise<void> {
  if (bot.exitCode !== null || bot.signalCode !== null) return;
  bot.kill('SIGKILL');
  await once(bot, 'close');
}

const logged = (said: { out: string }, sentence: string) =>
  eventually(`"${sentence}"`, async () => (said.out.includes(`"msg":"${sentence}"`) ? true : undefined), {
    within: 15_000,
    seen: async () => said.out,
  });

describe('what keeps the bot from starting is one sentence, without a stack:', () => {
  it.each<[string, () => Promise<Record<string, string>> | Record<string, string>, RegExp]>([
    ['a wrong variable', () => ({ PORT: 'abc' }), /PORT should be a port number/],
    ['no policy', () => ({ POLICY_FILE: 'nowhere.yml' }), /nowhere\.yml/],
    [
      'a wrong policy',
      () => {
        writeFileSync(join(folder, 'policy.yml'), 'severities:\n  sev1: {}\n');
        return { POLICY_FILE: join(folder, 'policy.yml') };
      },
      /policy\.yml:\d+/,
    ],
    [
      'a wrong template of postmortems',
      () => {
        writeFileSync(join(folder, 'learned.md'), '## One\n\n{{titel}}\n');
        const policy = readFileSync('config/tocsin.yml', 'utf8').replace(
          'template: postmortem.md',
          'template: learned.md',
        );
        writeFileSync(join(folder, 'with-template.yml'), policy);
        return { POLICY_FILE: join(folder, 'with-template.yml') };
      },
      /learned\.md:3: there is no field "titel"/,
    ],
    [
      'a database server that is away',
      () => ({ DATABASE_URL: 'postgres://u:canary@127.0.0.1:9/x' }),
      /database cannot/,
    ],
    ['a folder that is a file', () => ({ DATABASE_URL: 'file:package.json/x.db' }), /database cannot be used/],
    [
      'a port that is taken',
      async () => {
        const server = createServer().listen(0, '127.0.0.1');
        await once(server, 'listening');
        cleanups.push(() => server.close());
        return { PORT: String((server.address() as AddressInfo).port) };
      },
      /Port \d+ on 127\.0\.0\.1 is taken\. Stop what uses it, or set PORT to another one\./,
    ],
  ])('%s', async (_, variables, sentence) => {
    const { said, over } = start(await variables());
    expect(await over).toBe(1);
    expect(said.err).toMatch(/^Tocsin cannot start\.\n/);
    expect(said.err).toMatch(sentence);
    expect(said.err).not.toMatch(/canary|^\s+at /m);
  });

  it('another bot on the same database', async () => {
    const first = start();
    await logged(first.said, 'listening');
    const { said, over } = start();
    expect(await over).toBe(1);
    expect(said.err).toMatch(/Another Tocsin is using .*tocsin\.db\. Stop it first/);
    expect(said.err).not.toMatch(/^\s+at /m);
  });
});

describe('the end', () => {
  it('is in order with a signal', async () => {
    const { bot, said, over } = start();
    await logged(said, 'Slack knows us');
    bot.kill('SIGTERM');
    expect(await over).toBe(0);
    expect(said.out).toMatch(/"msg":"stopped"\}\n$/);
  });

  it('is at once with a second', async () => {
    const { bot, said, over } = start();
    await logged(said, 'Slack knows us');
    const slack = sandboxAt(sandbox.url);
    await slack.waitForApp();
    await slack.faults.add({ kind: 'hang', method: 'users.info' });
    const typed = slack.as('ana').command('/incident help', { channel: 'general' });
    await eventually(
      'the question who it is',
      async () =>
        (await slack.ledger()).some((entry) => entry.kind === 'call' && entry.method === 'users.info') || undefined,
    );
    bot.kill('SIGINT');
    await logged(said, 'stopping');
    bot.kill('SIGTERM');
    expect(await over).toBe(1);
    await typed;
  });

  it.each([
    ['an error', `throw error`],
    ['a rejection', `Promise.reject(error)`],
  ])('comes with %s that nobody caught, and is told', async (_, happening) => {
    // Loaded beside the program, as a bug in a library would be.
    const bug = join(folder, 'bug.mjs');
    const error = "const error = new Error('lost xoxb-' + 'can' + 'ary')";
    writeFileSync(bug, `setTimeout(() => { ${error}; ${happening}; }, 1500);`);
    const { said, over } = start({}, [`--import=${bug}`]);
    expect(await over).toBe(1);
    expect(said.out).toMatch(/"level":"fatal".*lost \[hidden\].*"msg":"something failed that nobody caught"/);
    expect(said.out + said.err).not.toContain('canary');
  });
});

describe('a whole day of work, logged in every detail', () => {
  it('has no secret in it, and nothing but lines of JSON', async () => {
    const { bot, said, over } = start();
    await logged(said, 'Slack knows us');
    const slack = sandboxAt(sandbox.url);
    await slack.waitForApp();
    const ana = slack.as('ana');
    await ana.command('/incident', { channel: 'general' });
    const { id } = await ana.waitForView();
    for (const kind of ['error-after', 'lost-reply', 'ratelimit'] as const)
      await slack.faults.add({ kind, method: 'conversations.setTopic', times: 1 });
    await slack.faults.add({ kind: 'api-error', method: 'pins.add', error: 'not_pinnable' });
    await ana.submit({ title: 'Checkout is failing' }, { view: id });
    await slack.waitForChannel(/^inc-1-/);
    await slack.faults.cutSockets();
    await logged(said, 'effect failed for good');
    bot.kill('SIGTERM');
    await over;

    const payloads = (await slack.ledger()).flatMap((entry) => (entry.kind === 'delivery' ? [entry.payload] : []));
    const passing = payloads.flatMap(({ trigger_id: trigger, response_url: url }) => [trigger, url]);
    const secrets = [sandbox.botToken, sandbox.appToken, sandbox.signingSecret, ...passing].filter(Boolean);
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(said.out + said.err).not.toContain(secret);
    for (const line of said.out.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(said.err).toBe('');
  });
});
