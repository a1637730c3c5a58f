import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Devtools, devtoolsOver } from './devtools.ts';

/** Where distributions put it; first the one without windows, which starts sooner and prints in half the time. */
const usual = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** `given`: what the operator set; `none` for the library in any case. */
export const findChromium = (given?: string): string | undefined => chromiumsThere(given)[0];

/** Paths, the one that is taken first. */
export function chromiumsThere(given?: string): string[] {
  if (given === 'none') return [];
  return [...(given ? [given] : []), ...usual].filter((path) => existsSync(path));
}

/** The page loads and runs nothing by its own policy; the browser that prints it reaches nobody either. */
const flags = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--no-first-run',
  // Each page comes in a tab of its own; one that stays empty takes a process, which is started first.
  '--no-startup-window',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // As root, Chromium starts no other way. https://crbug.com/638180
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Characters of what it said last, for the reason why it ended. */
const lastWords = 300;

export interface Chromium {
  devtools: Devtools;
  /** Whether its process has ended. */
  isOver(): boolean;
  /** Resolves when it has, and its folder is gone. */
  end(): Promise<void>;
}

/**
 * Starts it. Everything it writes is in a folder that goes away with it. It does not keep this process alive, and does not outlive
 * it either: it ends with its pipes.
 */
export function startChromium(path: string): Chromium {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-chromium-'));
  const child = spawn(path, [...flags, `--user-data-dir=${join(folder, 'profile')}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that its helpers end with it.
    detached: true,
    env: { HOME: folder, PATH: '/usr/local/bin:/usr/bin:/bin' },
  });
  const [, , said, to, from] = child.stdio as unknown as [null, null, Socket, Socket, Socket];
  const devtools = devtoolsOver(to, from);
  let words = '';
  said.on('data', (chunk) => {
    words = (words + String(chunk)).slice(-lastWords);
  });
  for (const one of [child, said, to, from]) one.unref();

  let over = false;
  const gone = new Promise<void>((resolve) => {
    const ended = (why: string) => {
      over = true;
      devtools.end(new Error(why));
      // Helper processes of a browser that was killed may still write for a moment.
      const away = rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      away.catch(() => undefined).then(resolve);
    };
    child.on('error', (error) => ended(`Chromium does not start: ${error.message}`));
    // Its helpers end with it, and with them the pipes, by which time all that it said has been heard.
    child.on('exit', () => killGroup(child));
    child.on('close', (code, signal) => ended(`Chromium ended with ${signal ?? code}. ${words.trim()}`.trim()));
  });

  return {
    devtools,
    isOver: () => over,
    end() {
      // Whoever waits for its end must not end before.
      for (const one of [child, said, to, from]) one.ref();
      if (!over) killGroup(child);
      return gone;
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left in it.
  }
}
