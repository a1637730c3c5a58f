import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type Engine, openDatabase } from '../../../db/database.ts';
import { type SandboxClient, sandboxAt } from '../../../sandbox/client.ts';
import { pagerDutySecret, routingKeys } from '../../../sandbox/pagerduty/wire.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/server.ts';
import { pagerDutyVariables } from '../../support/pagerduty-variables.ts';
import { dropDatabase, freshDatabase } from '../../support/postgres-server.ts';
import { type Bot, createBot } from './bot.ts';
import type { Copy } from './bundle.ts';

/** A workspace, a database and the bots between them; many runs share one. */
export interface World extends AsyncDisposable {
  engine: Engine;
  /** With a PagerDuty. */
  paging: boolean;
  slack: SandboxClient;
  sandbox: Sandbox;
  bots: Bot[];
  /** The database, opened for reading only. */
  database: Database;
  address: string;
}

export interface WorldPlan {
  engine: Engine;
  copy: Copy;
  seed: number;
  bots?: number;
  paging?: boolean;
  limits?: 'real' | 'off';
  /** For `node` that runs the bot. */
  flags?: string[];
  latencyMs?: number;
}

export async function openWorld(plan: WorldPlan): Promise<World> {
  await using parts = new AsyncDisposableStack();
  const { engine, copy } = plan;
  const home = await homeFor(engine);
  parts.defer(home.remove);
  const sandbox = parts.use(
    await createSandbox({
      seed: plan.seed,
      limits: plan.limits ?? 'off',
      manifest: join(copy.folder, 'manifest.yml'),
      ...(plan.latencyMs && { latencyMs: plan.latencyMs }),
    }),
  );
  const place = {
    file: copy.bot,
    sandbox,
    database: home.address,
    policy: plan.paging ? policyOfNights(copy) : join(copy.folder, 'config/tocsin.yml'),
    ...(plan.paging && {
      paging: {
        ...pagerDutyVariables(sandbox.pagerDuty),
        PAGERDUTY_ROUTING_KEYS: `${commandersKey}=${routingKeys.search}`,
      },
    }),
    ...(plan.flags && { flags: plan.flags }),
  };
  const bots: Bot[] = [];
  parts.defer(async () => {
    for (const bot of bots) await bot.kill();
  });
  for (let count = 0; count < (plan.bots ?? 1); count++) {
    const bot = await createBot(place);
    bots.push(bot);
    await bot.start();
  }
  const slack = sandboxAt(sandbox.url);
  const [first] = bots;
  if (plan.paging && first)
    await slack.pagerduty.sendWebhooksTo(`${first.url()}/webhooks/pagerduty`, { secrets: [pagerDutySecret] });
  const database = parts.use(await openDatabase(home.address, { readOnly: true }));
  const rest = parts.move();
  return {
    engine,
    paging: plan.paging ?? false,
    slack,
    sandbox,
    bots,
    database,
    address: home.address,
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

const commandersKey = 'commanders';

/** Behind one routing key all would be one page: here the commanders have a key of their own. Helpers are asked to what rings already. */
function policyOfNights({ folder }: Copy): string {
  const [shipped, changed] = [join(folder, 'config/tocsin.yml'), join(folder, 'config/nights.yml')];
  const commanders = '{ name: Incident commanders,';
  const helpers = '  helpers: page ';
  const text = readFileSync(shipped, 'utf8');
  for (const part of [commanders, helpers]) if (!text.includes(part)) throw new Error(`${shipped} has no ${part}`);
  const asked = text.replace(helpers, '  helpers: responders ');
  writeFileSync(changed, asked.replace(commanders, `${commanders} routingKey: ${commandersKey},`));
  return changed;
}

async function homeFor(engine: Engine): Promise<{ address: string; remove: () => void | Promise<void> }> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-world-'));
    return {
      address: `file:${folder}/tocsin.db`,
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const server = process.env.TEST_PG_URL;
  if (!server) throw new Error('There is no Postgres: TEST_PG_URL is not set.');
  const address = await freshDatabase(server);
  return { address, remove: () => dropDatabase(server, address) };
}

/** Starts every bot that is down. */
export async function allUp({ bots }: World): Promise<void> {
  await Promise.all(bots.filter((bot) => !bot.isUp()).map((bot) => bot.start()));
}
