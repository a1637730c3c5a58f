import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SandboxClient } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { botFlags } from '../../scripts/bot-flags.ts';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { pagerDutyVariables } from './pagerduty-variables.ts';

export interface StoryBot {
  /** kill -9, where the bot is a program of its own. */
  kill(): Promise<void>;
  /** As an operator stops it: work in progress is finished. */
  stop(): Promise<void>;
  /** What it has logged so far. */
  log(): string;
  /** Where its own server listens, when it lives in this process. */
  port?: number;
}

export interface BotSettings {
  sandbox: Sandbox;
  databaseUrl: string;
  /** `http`: deliveries come to the bot's own server, signed. */
  intake?: 'socket' | 'http';
  port?: number;
  policyFile?: string;
  logLevel?: string;
  /** What stands in the place of Chromium; none unless told. */
  chromium?: string;
  /** Where exports are kept. */
  exportDir?: string;
  /** With PagerDuty; what is given here stands in the place of the sandbox's own settings, and an empty one is not set. */
  paging?: Record<string, string>;
}

/** The environment that makes a bot work in a sandbox. */
export function environment({
  sandbox,
  databaseUrl,
  intake,
  port,
  policyFile,
  logLevel,
  chromium,
  exportDir,
  paging,
}: BotSettings): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: sandbox.botToken,
    ...(intake === 'http' ? { SLACK_SIGNING_SECRET: sandbox.signingSecret } : { SLACK_APP_TOKEN: sandbox.appToken }),
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_CLIENT_ID: sandbox.clientId,
    SLACK_CLIENT_SECRET: sandbox.clientSecret,
    TOCSIN_CLOCK_URL: sandbox.clockUrl,
    DATABASE_URL: databaseUrl,
    PORT: String(port ?? 0),
    // A browser takes seconds to start; what prints with one is tested by itself.
    CHROMIUM: chromium ?? 'none',
    LOG_LEVEL: process.env.STORY_LOG ?? logLevel ?? 'warn',
    ...(exportDir && { EXPORT_DIR: exportDir }),
    ...(policyFile && { POLICY_FILE: policyFile }),
    ...(paging && { ...pagerDutyVariables(sandbox.pagerDuty), ...paging }),
  };
}

/** The bot in this process: quick, and it ends with the test. */
export async function startBot(settings: BotSettings, slack: SandboxClient): Promise<StoryBot> {
  const log: string[] = [];
  const config = readConfig(environment(settings));
  const app = await createApp(
    config,
    createLog(config.logLevel, (line) => log.push(line)),
  );
  await app.known;
  if (settings.intake === 'http') await slack.app({ requestUrl: `http://127.0.0.1:${app.port}/slack/events` });
  if (settings.paging) await sendWebhooks(settings, slack, app.port);
  await slack.waitForApp();
  return {
    kill: () => Promise.reject(new Error('only a bot that is a program of its own can be killed')),
    stop: () => app.stop(),
    log: () => log.join(''),
    port: app.port,
  };
}

async function sendWebhooks({ sandbox }: BotSettings, slack: SandboxClient, port: number): Promise<void> {
  const secrets = [sandbox.pagerDuty.webhookSecret];
  await slack.pagerduty.sendWebhooksTo(`http://127.0.0.1:${port}/webhooks/pagerduty`, { secrets });
}

/** Starts the bundle of production and waits until Slack can reach it. */
export async function startBotProcess(bundle: string, settings: BotSettings, slack: SandboxClient): Promise<StoryBot> {
  const port = await freePort();
  const bot = spawn(process.execPath, [...botFlags, bundle], {
    env: { PATH: process.env.PATH, ...environment({ ...settings, port }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [bot.stdout, bot.stderr])
    stream.on('data', (chunk) => {
      log += String(chunk);
    });
  const connected = () =>
    slack.waitForApp({ within: 50 }).then(
      () => true,
      (): undefined => undefined,
    );
  await eventually(
    'the bot to connect',
    async () => {
      if (bot.exitCode !== null) throw new Error(`the bot ended with ${bot.exitCode}:\n${log}`);
      return connected();
    },
    { within: 20_000, seen: async () => log },
  );
  if (settings.paging) await sendWebhooks(settings, slack, port);
  return { kill: () => end(bot, 'SIGKILL'), stop: () => end(bot, 'SIGTERM'), log: () => log };
}

async function end(bot: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (bot.exitCode !== null || bot.signalCode !== null) return;
  const gone = once(bot, 'exit');
  bot.kill(signal);
  await gone;
}
