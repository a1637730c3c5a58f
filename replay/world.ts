import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { openDatabase } from '../db/database.ts';
import { type SandboxClient, sandboxAt } from '../sandbox/client.ts';
import { createSandbox } from '../sandbox/server.ts';
import { botFlags } from '../scripts/bot-flags.ts';
import { loadPolicy, type Policy } from '../src/policy.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { serviceKey } from './plan.ts';

/** A workspace of its own and a bot in it, as a program of its own; gone at the end. */
export interface World extends AsyncDisposable {
  slack: SandboxClient;
  policy: Policy;
  databaseUrl: string;
  /** Winds the clock forward and makes sure that the bot has heard of it; never back, for playing takes time too. */
  windTo(at: Date): Promise<void>;
  /** Whether the bot has nothing left to do now. */
  isIdle(): Promise<boolean>;
  /** When its next work is planned. */
  planned(): Promise<Date | undefined>;
  /** Ends the bot as an operator would; what it knows can be read then. */
  stopBot(): Promise<void>;
}

const root = new URL('..', import.meta.url).pathname;

export async function createWorld({ start, services }: { start: Date; services: string[] }): Promise<World> {
  const folder = mkdtempSync(join(quickFolder(), 'tocsin-replay-'));
  const log = join(folder, 'bot.log');
  const policyFile = join(folder, 'tocsin.yml');
  writeFileSync(policyFile, policyWith(services));
  // A name of its own: what is exported for a bot at work must not be played into.
  const databaseUrl = process.env.REPLAY_DATABASE_URL || `file:${folder}/tocsin.db`;
  const sandbox = await createSandbox({ port: 0, clock: { start } });
  const slack = sandboxAt(sandbox.url);

  const port = await freePort();
  const bot = spawn(process.execPath, [...botFlags, join(root, 'src/main.ts')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      SLACK_API_URL: sandbox.apiUrl,
      TOCSIN_CLOCK_URL: sandbox.clockUrl,
      DATABASE_URL: databaseUrl,
      POLICY_FILE: policyFile,
      PORT: String(port),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = createWriteStream(log);
  for (const stream of [bot.stdout, bot.stderr]) stream.pipe(lines, { end: false });
  let store: Store | undefined;
  const stopBot = () => end(bot);
  const leave = async () => {
    await store?.close();
    await stopBot();
    await sandbox[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
  const died = once(bot, 'exit').then(() => Promise.reject(new Error('the bot ended by itself')));
  try {
    await Promise.race([slack.waitForApp({ within: 30_000 }), died]);
  } catch (error) {
    console.error(readFileSync(log, 'utf8'));
    await leave();
    throw error;
  }
  died.catch(() => undefined);
  let wound = { to: (await slack.clock.now()).getTime(), at: performance.now() };
  const now = () => new Date(wound.to + performance.now() - wound.at);
  const watched = openStore(await openDatabase(databaseUrl, { readOnly: true }));
  store = watched;
  return {
    slack,
    policy: loadPolicy(policyFile),
    databaseUrl,
    stopBot,
    async windTo(at) {
      if (at <= now()) return;
      wound = { to: (await slack.clock.setTo(at)).getTime(), at: performance.now() };
      // Time reaches the bot on a line of its own; an answer of the bot's that was asked for later comes after it was heard.
      await (await fetch(`http://127.0.0.1:${port}/healthz`)).arrayBuffer();
    },
    isIdle: () =>
      watched.read(async (tx) => {
        const due = await tx.outbox.earliest();
        return (due === undefined || due > now()) && (await tx.outbox.leaseEarliest('')) === undefined;
      }),
    planned: () => watched.read((tx) => tx.outbox.earliest()),
    [Symbol.asyncDispose]: leave,
  };
}

/** Nobody pulls the plug on a replay, so its files live in memory where there is room: half the time would go into a busy disk. */
function quickFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 ** 30 ? memory : tmpdir();
}

/** The process as shipped, with the services that the source speaks of. */
function policyWith(services: string[]): string {
  const shipped = parse(readFileSync(join(root, 'config/tocsin.yml'), 'utf8')) as Record<string, unknown>;
  const named = Object.fromEntries(services.map((name) => [serviceKey(name), { name: name.slice(0, 75) }]));
  return stringify({ ...shipped, services: named });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function end(bot: ChildProcess): Promise<void> {
  if (bot.exitCode !== null || bot.signalCode !== null) return;
  const gone = once(bot, 'exit');
  bot.kill('SIGTERM');
  await gone;
}
