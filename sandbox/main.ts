/** The sandbox and the bot in it: `node sandbox/main.ts [command that starts the bot]`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { superviseBot } from './bot.ts';
import { isOnlyOneOn } from './one-per-folder.ts';
import { createSandbox, type Sandbox } from './server.ts';

/** The bot's own; never taken even when everything before it is. */
const botPort = Number(process.env.PORT ?? 3000);
const wished = Number(process.env.SANDBOX_PORT ?? 3100);
const dataDir = process.env.SANDBOX_DATA ?? join('data', 'sandbox');

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function onFreePort(port: number): Promise<Sandbox> {
  if (port === botPort) return onFreePort(port + 1);
  try {
    return await createSandbox({
      port,
      dataDir,
      pagerDutyWebhookUrl: `http://127.0.0.1:${botPort}/webhooks/pagerduty`,
    });
  } catch (error) {
    if (!isTaken(error) || port > wished + 50) throw error;
    console.log(`Port ${port} is taken by another program, so the sandbox tries ${port + 1}.`);
    return onFreePort(port + 1);
  }
}

mkdirSync(dataDir, { recursive: true });
if (!(await isOnlyOneOn(dataDir))) {
  console.error(`A sandbox is running on ${dataDir} already. Stop it first, or set SANDBOX_DATA to another folder.`);
  process.exit(1);
}
const sandbox = await onFreePort(wished);
const database = join(dataDir, 'tocsin.db');
const given = process.argv.slice(2);
const fromEnv = process.env.SANDBOX_BOT?.split(' ') ?? [];
const command = [given, fromEnv].find((words) => words.length > 0) ?? [process.execPath, 'dist/bot.mjs'];

const bot = superviseBot({
  command,
  env: {
    PORT: String(botPort),
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_CLIENT_ID: sandbox.clientId,
    SLACK_CLIENT_SECRET: sandbox.clientSecret,
    PAGERDUTY_TOKEN: sandbox.pagerDuty.token,
    PAGERDUTY_FROM: sandbox.pagerDuty.from,
    PAGERDUTY_ROUTING_KEY: sandbox.pagerDuty.routingKey,
    PAGERDUTY_API_URL: sandbox.pagerDuty.apiUrl,
    PAGERDUTY_EVENTS_URL: sandbox.pagerDuty.eventsUrl,
    PAGERDUTY_WEBHOOK_SECRET: sandbox.pagerDuty.webhookSecret,
    TOCSIN_CLOCK_URL: sandbox.clockUrl,
    DATABASE_URL: `file:${database}`,
  },
  files: [database],
});
sandbox.supervise(bot);
await bot.do('start');

console.log(`The workspace is at ${sandbox.url} (open it in a browser).`);
console.log(`The bot's pages are at http://localhost:${botPort}/incidents (sign in as anybody with a click).`);
console.log(`The bot says how it is at http://127.0.0.1:${botPort}/readyz`);
console.log(`Both keep what they know in ${dataDir}. Press Ctrl+C to stop them.`);

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await bot.stop();
  await sandbox[Symbol.asyncDispose]();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
