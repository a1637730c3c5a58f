import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/server.ts';
import { clientId, clientSecret } from '../../../sandbox/wire.ts';
import { botFlags } from '../../../scripts/bot-flags.ts';
import { freePort } from '../../support/free-port.ts';

/** One bot as a process of its own, as it runs in production. */
export interface Bot {
  /** Resolves when it is ready for work. */
  start(): Promise<void>;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  isUp(): boolean;
  pid(): number | undefined;
  /** Where its own server is. */
  url(): string;
  /** The last lines it wrote, for a report. */
  said(): string;
}

export interface BotPlace {
  /** The bundle. */
  file: string;
  sandbox: Pick<Sandbox, 'botToken' | 'appToken' | 'apiUrl' | 'clockUrl'>;
  database: string;
  policy: string;
  /** For `node` itself, besides what production gives it. */
  flags?: string[];
  /** The variables of paging; without them it pages nobody. */
  paging?: Record<string, string>;
}

const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

export async function createBot(place: BotPlace): Promise<Bot> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  let lines: string[] = [];

  const hear = (chunk: Buffer) => {
    lines = [...lines, ...chunk.toString().split('\n').filter(Boolean).map(shortened)].slice(-20);
  };

  async function untilReady(running: ChildProcess): Promise<void> {
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(8)) {
      if (running.exitCode !== null || running.signalCode !== null) return;
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok) return;
    }
    throw new Error(`The bot was not ready within 20 s. It said:\n${lines.join('\n')}`);
  }

  return {
    async start() {
      const running = spawn(process.execPath, [...botFlags, ...(place.flags ?? []), place.file], {
        env: environment(place, port),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = running;
      started.add(running);
      running.stdout.on('data', hear);
      running.stderr.on('data', hear);
      running.on('exit', (code, signal) => {
        started.delete(running);
        if (child === running) lines.push(`it ended by itself with ${code ?? signal}`);
      });
      await untilReady(running);
    },
    async kill() {
      const dying = child;
      child = undefined;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = once(dying, 'exit');
      dying.kill('SIGKILL');
      await gone;
    },
    isUp: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    pid: () => child?.pid,
    url: () => `http://127.0.0.1:${port}`,
    said: () => lines.join('\n'),
  };
}

/** A log line without its stack. */
const shortened = (line: string) => line.replace(/"stack":"[^"]*"/g, '').slice(0, 300);

function environment({ sandbox, database, policy, paging }: BotPlace, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SLACK_API_URL: sandbox.apiUrl,
    TOCSIN_CLOCK_URL: sandbox.clockUrl,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    DATABASE_URL: database,
    HOST: '127.0.0.1',
    PORT: String(port),
    POLICY_FILE: policy,
    LOG_LEVEL: process.env.FAULTS_LOG ?? 'warn',
    ...paging,
  };
}
