import { AsyncResource } from 'node:async_hooks';
import type SqliteFile from 'better-sqlite3';
import type { Ctx } from './database.ts';
import { plainError } from './errors.ts';
import { inSession } from './sqlite-transaction.ts';

/** How long a commit lets others join in. Milliseconds: about what the disk takes to say that it has everything. */
const togetherFor = 4;

interface Job {
  run(): Promise<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * One transaction after the other. Those that wait for one another share a commit, since the disk takes longer to answer than the
 * queries do: each has a savepoint of its own, and nobody hears of a result before the commit.
 */
export function createWriter(connection: SqliteFile.Database) {
  const waiting: Job[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      // Lets what came in with the same turn of the event loop get here first.
      await new Promise((resolve) => setImmediate(resolve));
      await together(waiting.splice(0, 1));
    }
    // In the same moment as the last look: what comes now begins anew.
    working = undefined;
  }

  async function together(joined: Job[]): Promise<void> {
    const told: (() => void)[] = [];
    const until = performance.now() + togetherFor;
    try {
      connection.exec('begin immediate');
      for (const job of joined) {
        told.push(await apart(job));
        if (performance.now() < until) joined.push(...waiting.splice(0, 1));
      }
      connection.exec('commit');
    } catch (error) {
      // A full disk takes back everybody's work, whoever met it; some errors have rolled back already.
      if (connection.inTransaction) connection.exec('rollback');
      for (const { reject } of joined) reject(plainError(error));
      return;
    }
    for (const tell of told) tell();
  }

  /** Runs it so that its failure takes back its own work and nobody else's; gives how to tell what came of it. */
  async function apart({ run, resolve, reject }: Job): Promise<() => void> {
    connection.exec('savepoint job');
    try {
      const result = await run();
      connection.exec('release job');
      return () => resolve(result);
    } catch (error) {
      if (!connection.inTransaction) throw error;
      connection.exec('rollback to job');
      connection.exec('release job');
      return () => reject(plainError(error));
    }
  }

  return {
    transact<T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // Bound to its caller, who is not the one that happens to be writing.
        const run = AsyncResource.bind(() => inSession(connection, fn));
        waiting.push({ run, resolve: resolve as Job['resolve'], reject });
        working ??= work();
      });
    },
    /** Resolves when nothing waits. */
    idle: async () => working,
  };
}
