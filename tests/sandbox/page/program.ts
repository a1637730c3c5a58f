/** What `npm start` starts, sandbox and bot, on ports and in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandboxClient, sandboxAt } from '../../../sandbox/client.ts';

export type Program = AsyncDisposable & {
  url: string;
  slack: SandboxClient;
  /** what stood in the terminal */
  said(): string;
};

type Options = {
  /** the sandbox's port as wished */
  port: number;
  botPort: number;
  /** real milliseconds until it says where it is; a build may come first */
  within?: number;
};

export async function startProgram({ port, botPort, within = 120_000 }: Options): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-story-'));
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    // Neither tokens of this machine nor a policy of its own: as for somebody who has just cloned it.
    env: { PATH: process.env.PATH, SANDBOX_PORT: String(port), PORT: String(botPort), SANDBOX_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  const url = await addressIn(child, () => said, within);
  const slack = sandboxAt(url);
  await slack.waitForApp({ within });
  return {
    url,
    slack,
    said: () => said,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressIn(child: ChildProcess, said: () => string, within: number): Promise<string> {
  for (const end = Date.now() + within; Date.now() < end; ) {
    const [, url] = /The workspace is at (http:\S+)/.exec(said()) ?? [];
    if (url) return url;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`the sandbox did not say where it is:\n${said()}`);
}

export type Taken = AsyncDisposable & { port: number };

/** A port that somebody else holds, with a free one after it. */
export async function takenPort(): Promise<Taken> {
  for (;;) {
    const holder = await listening(0);
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const next = await listening(port + 1).catch(() => undefined);
    if (next) {
      await closed(next);
      return { port, [Symbol.asyncDispose]: () => closed(holder) };
    }
    await closed(holder);
  }
}

const listening = (port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
