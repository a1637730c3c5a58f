import { AsyncResource } from 'node:async_hooks';
import type SqliteFile from 'better-sqlite3';
import type { Ctx, Urgency } from './database.ts';
import { plainError } from './errors.ts';
import { inSession } from './sqlite-transaction.ts';

/** How long a commit lets others join in. Milliseconds: about what the disk takes to say that it has everything. */
const togetherFor = 4;
/** The same for those that people wait for: of twenty at once the last one waits for every commit before its own. */
const togetherForPeople = 10;
/** Those that nobody waits for gather for so many times as long as the disk took, so that most of the time is left for people. */
const gatherTimes = 2;
/** A disk that stood still once is no measure. Milliseconds. */
const longestGather = 20;
/** Nobody waits behind people for longer than this. Milliseconds. */
const longestWait = 50;

interface Job {
  since: number;
  run(): Promise<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * One transaction after the other, those that people wait for first. Those that wait for one another share a commit, since the disk
 * takes longer to answer than the queries do: each has a savepoint of its own, and nobody hears of a result before the commit.
 */
export function createWriter(connection: SqliteFile.Database) {
  const urgent: Job[] = [];
  const others: Job[] = [];
  let gatherUntil = 0;
  let hurry: (() => void) | undefined;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (urgent.length + others.length > 0) {
      // Lets what came in with the same turn of the event loop get here first.
      await new Promise((resolve) => setImmediate(resolve));
      if (urgent.length === 0) await gather();
      await together();
    }
    // In the same moment as the last look: what comes now begins anew.
    working = undefined;
  }

  /** Ends early when something comes that a person waits for. */
  async function gather(): Promise<void> {
    const wait = gatherUntil - performance.now();
    if (wait <= 0) return;
    await new Promise<void>((resolve) => {
      hurry = resolve;
      setTimeout(resolve, wait);
    });
    hurry = undefined;
  }

  async function together(): Promise<void> {
    const began = performance.now();
    const forPeople = urgent.length > 0;
    const joined = taken(forPeople, began);
    const told: (() => void)[] = [];
    try {
      connection.exec('begin immediate');
      for (const job of joined) {
        told.push(await apart(job));
        const inTime = performance.now() - began < (forPeople ? togetherForPeople : togetherFor);
        if (inTime) joined.push(...taken(forPeople, began));
      }
      const asked = performance.now();
      connection.exec('commit');
      const there = performance.now();
      if (!forPeople) gatherUntil = there + Math.min(longestGather, gatherTimes * (there - asked));
    } catch (error) {
      takeBack(joined, error);
      return;
    }
    for (const tell of told) tell();
  }

  /** Whoever a person waits for goes first, and does not wait for others besides: only for those that have waited too long. */
  function taken(forPeople: boolean, now: number): Job[] {
    if (urgent.length > 0) return urgent.splice(0, 1);
    const overdue = now - (others[0]?.since ?? now) > longestWait;
    return forPeople && !overdue ? [] : others.splice(0, 1);
  }

  /** A full disk takes back everybody's work, whoever met it; some errors have rolled back already. */
  function takeBack(joined: Job[], error: unknown): void {
    let why = error;
    try {
      if (connection.inTransaction) connection.exec('rollback');
    } catch (worse) {
      // The next one cannot begin, is told so, and rolls back again.
      why = worse;
    }
    for (const { reject } of joined) reject(plainError(why));
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
    transact<T>(fn: (ctx: Ctx) => Promise<T>, urgency: Urgency): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // Bound to its caller, who is not the one that happens to be writing.
        const run = AsyncResource.bind(() => inSession(connection, fn));
        const job = { since: performance.now(), run, resolve: resolve as Job['resolve'], reject };
        if (urgency === 'now') urgent.push(job);
        else others.push(job);
        if (urgency === 'now') hurry?.();
        working ??= work();
      });
    },
    /** Resolves when nothing waits. */
    idle: async () => working,
  };
}
