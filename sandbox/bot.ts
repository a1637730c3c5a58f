/** The bot as a child process: started, watched, killed the hard way, started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Supervisor } from './control.ts';
import type { BotStatus } from './wire.ts';

/** A bot that dies at once is given longer and longer pauses, up to this. */
const longestPauseMs = 10_000;
/** Who lived this long starts again without delay. */
const healthyAfterMs = 20_000;
/** How long a bot may take to stop when asked politely. */
const stopWithinMs = 10_000;

/** The bot goes when its starter is gone, even by kill -9: an orphan would hold the database and the port. */
const leaveWithParent = `--import=data:text/javascript,${encodeURIComponent(
  "const parent = process.ppid; setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref();",
)}`;

export type BotOptions = {
  command: string[];
  env: Record<string, string>;
  /** what start over deletes: the bot's database and its companions */
  files: string[];
};

export function superviseBot({ command, env, files }: BotOptions): Supervisor & { stop(): Promise<void> } {
  let child: ChildProcess | undefined;
  let wanted = false;
  let restarts = 0;
  let pauseMs = 0;
  let pausing: NodeJS.Timeout | undefined;
  let gone = Promise.resolve();
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watch of watchers) watch();
  };

  const status = (): BotStatus => {
    const state = child ? 'running' : wanted ? 'starting' : 'stopped';
    return { state, restarts, ...(child?.pid !== undefined && { pid: child.pid }) };
  };

  function start() {
    clearTimeout(pausing);
    wanted = true;
    if (child) return;
    const [program = 'node', ...args] = command;
    const born = Date.now();
    const nodeOptions = [process.env.NODE_OPTIONS, leaveWithParent].filter(Boolean).join(' ');
    const started = spawn(program, args, {
      env: { ...process.env, ...env, NODE_OPTIONS: nodeOptions },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    changed();
    started.stdout.pipe(process.stdout, { end: false });
    started.stderr.pipe(process.stderr, { end: false });
    gone = new Promise((resolve) => {
      const end = (how: string) => {
        if (child !== started) return;
        child = undefined;
        resolve();
        if (wanted) startAgain(how, Date.now() - born);
        changed();
      };
      started.on('error', (error) => end(error.message));
      started.on('exit', (code, signal) => end(signal ?? `code ${code}`));
    });
  }

  function startAgain(how: string, livedMs: number) {
    pauseMs = livedMs > healthyAfterMs ? 0 : Math.min(Math.max(pauseMs * 2, 500), longestPauseMs);
    restarts += 1;
    console.log(`The bot ended (${how}); it starts again ${pauseMs === 0 ? 'now' : `in ${pauseMs / 1000} s`}.`);
    pausing = setTimeout(start, pauseMs);
  }

  async function stop() {
    wanted = false;
    clearTimeout(pausing);
    const stopping = child;
    if (!stopping) return;
    stopping.kill('SIGTERM');
    const force = setTimeout(() => stopping.kill('SIGKILL'), stopWithinMs);
    await gone;
    clearTimeout(force);
  }

  /** kill -9, and it stays down until told to start: what a crash leaves behind can be looked at. */
  async function kill() {
    wanted = false;
    clearTimeout(pausing);
    child?.kill('SIGKILL');
    await gone;
  }

  const doings = { kill, stop, start, restart: () => stop().then(start) };

  return {
    status,
    stop,
    onChange: (watch) => {
      watchers.add(watch);
    },
    async do(what) {
      await doings[what]();
      return status();
    },
    async startOver(between) {
      await stop();
      for (const path of files) for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
      between();
      pauseMs = 0;
      start();
    },
  };
}
