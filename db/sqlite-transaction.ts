import { AsyncLocalStorage } from 'node:async_hooks';
import type SqliteFile from 'better-sqlite3';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Ctx, Db } from './database.ts';
import { plainError } from './errors.ts';
import * as tables from './sqlite.ts';

/** A transaction that takes longer than this (ms) is given up: everybody else waits behind it. */
const transactionLimit = 10_000;
const mostStatements = 500;

/** Drizzle's own transactions on better-sqlite3 are synchronous; this one can wait. The caller has the connection to itself. */
export async function within<T>(
  connection: SqliteFile.Database,
  begin: string,
  fn: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  connection.exec(begin);
  try {
    const result = await inSession(connection, fn);
    connection.exec('commit');
    return result;
  } catch (error) {
    // Some errors have rolled back already.
    if (connection.inTransaction) connection.exec('rollback');
    throw plainError(error);
  }
}

/** Whether the transaction that a query belongs to is still the one that is open. */
const sessions = new AsyncLocalStorage<{ open: boolean }>();

/** Runs `fn` in the transaction that is open, and in time. */
export async function inSession<T>(connection: SqliteFile.Database, fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  const session = { open: true };
  try {
    return await inTime(sessions.run(session, () => fn(ctxOf(connection))));
  } finally {
    session.open = false;
  }
}

/** A forgotten `await` must not write into the next transaction, nor anybody alone after an error that rolled everything back. */
function expectOpen(connection: SqliteFile.Database): void {
  if (!sessions.getStore()?.open) throw new Error('A query after its transaction ended: await it inside.');
  if (!connection.inTransaction) throw new Error('A query after its transaction was rolled back.');
}

const known = new WeakMap<SqliteFile.Database, Ctx>();

/** What every transaction on a connection queries through: made once, since queries are built and prepared through it. */
function ctxOf(connection: SqliteFile.Database): Ctx {
  const ctx = known.get(connection) ?? newCtx(connection);
  known.set(connection, ctx);
  return ctx;
}

function newCtx(connection: SqliteFile.Database): Ctx {
  const statements = new Map<string, SqliteFile.Statement>();
  // Drizzle uses nothing of the connection but `prepare`, and its two dialects share their builders' surface.
  const client = {
    prepare(text: string) {
      expectOpen(connection);
      return prepared(connection, statements, text);
    },
  };
  const own = drizzle({ client: client as SqliteFile.Database });
  return {
    engine: 'sqlite',
    db: own as unknown as Db,
    t: tables,
    rows: async <T>(query: SQL) => own.all(query) as T[],
    run: async (query) => {
      own.run(query);
    },
    forUpdate: (query) => query,
    skipLocked: (query) => query,
  };
}

/** Preparing a query takes about as long as running it, and the program has few; lists of many lengths are what the limit is for. */
function prepared(
  connection: SqliteFile.Database,
  statements: Map<string, SqliteFile.Statement>,
  text: string,
): SqliteFile.Statement {
  const statement = statements.get(text) ?? connection.prepare(text);
  if (statements.size >= mostStatements) statements.clear();
  statements.set(text, statement);
  return statement;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('A transaction took longer than 10 s and was rolled back.')),
      transactionLimit,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
