import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type Database, openDatabase } from '../../db/database.ts';
import { type SandboxClient, sandboxAt } from '../../sandbox/client.ts';
import { type Bot, createBot } from '../../tests/faults/support/bot.ts';
import type { Copy } from '../../tests/faults/support/bundle.ts';
import { pagerDutyVariables } from '../../tests/support/pagerduty-variables.ts';

/** Sandbox and bot as two processes, so that each has a core; this one only asks and counts. */
export interface Stand extends AsyncDisposable {
  slack: SandboxClient;
  bot: Bot;
  database(): Promise<Database>;
  databaseUrl: string;
}

const Said = z.object({
  url: z.string(),
  apiUrl: z.string(),
  clockUrl: z.string(),
  botToken: z.string(),
  appToken: z.string(),
  pagerDuty: z.object({
    token: z.string(),
    from: z.string(),
    routingKey: z.string(),
    apiUrl: z.string(),
    eventsUrl: z.string(),
    webhookSecret: z.string(),
  }),
});

export interface StandOptions {
  limits?: 'real' | 'off';
  /** The bot pages through the sandbox's PagerDuty, and hears from it. */
  paging?: boolean;
  /** Before the bot comes: what it finds in its database. */
  before?: (place: { slack: SandboxClient; databaseUrl: string; policyFile: string }) => Promise<void>;
}

export async function openStand(
  copy: Copy,
  latencyMs = 0,
  { limits = 'off', paging = false, before }: StandOptions = {},
): Promise<Stand> {
  await using parts = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  parts.defer(() => rmSync(folder, { recursive: true, force: true }));

  const program = join(import.meta.dirname, 'sandbox-process.ts');
  const child = spawn(process.execPath, [program, String(latencyMs), limits], { stdio: ['ignore', 'pipe', 'inherit'] });
  parts.defer(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const sandbox = Said.parse(JSON.parse(line.toString()));

  const address = `file:${folder}/tocsin.db`;
  const policy = join(copy.folder, 'config/tocsin.yml');
  await before?.({ slack: sandboxAt(sandbox.url), databaseUrl: address, policyFile: policy });
  const variables = paging && { paging: pagerDutyVariables(sandbox.pagerDuty) };
  const bot = await createBot({ file: copy.bot, sandbox, database: address, policy, ...variables, ...flags() });
  parts.defer(() => bot.kill());
  await bot.start();
  const slack = sandboxAt(sandbox.url);
  const secrets = [sandbox.pagerDuty.webhookSecret];
  if (paging) await slack.pagerduty.sendWebhooksTo(`${bot.url()}/webhooks/pagerduty`, { secrets });
  const rest = parts.move();
  return {
    slack,
    bot,
    databaseUrl: address,
    database: () => openDatabase(address, { readOnly: true }),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

/** For profiles: `BENCH_NODE_FLAGS='--cpu-prof --cpu-prof-dir=/tmp/prof'`. */
function flags(): { flags?: string[] } {
  const given = process.env.BENCH_NODE_FLAGS;
  return given ? { flags: given.split(' ') } : {};
}
