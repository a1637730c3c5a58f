import type SqliteFile from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Ctx, Db } from './database.ts';
import { plainError } from './errors.ts';
import * as tables from './sqlite.ts';

/** A transaction that takes longer than this (ms) is given up: everybody else waits behind it. */
const transactionLimit = 10_000;

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

/** Runs `fn` in the transaction that is open, and in time. */
export async function inSession<T>(connection: SqliteFile.Database, fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  const session = openSession(connection);
  try {
    return await inTime(fn(session.ctx));
  } finally {
    session.end();
  }
}

/** What one transaction queries through. Once it has ended, a forgotten `await` fails instead of writing into the next one. */
function openSession(connection: SqliteFile.Database): { ctx: Ctx; end(): void } {
  let open = true;
  const prepare = (text: string) => {
    if (!open) throw new Error('A query after its transaction ended: await it inside.');
    return prepared(connection, text);
  };
  // Drizzle uses nothing of the connection but `prepare`, and its two dialects share their builders' surface.
  const db = drizzle({ client: { prepare } as SqliteFile.Database }) as unknown as Db;
  return {
    ctx: { db, t: tables, forUpdate: (query) => query, skipLocked: (query) => query },
    end: () => {
      open = false;
    },
  };
}

const statements = new WeakMap<SqliteFile.Database, Map<string, SqliteFile.Statement>>();

/** Preparing a query takes about as long as running it, and the program has few; lists of many lengths are what the limit is for. */
function prepared(connection: SqliteFile.Database, text: string): SqliteFile.Statement {
  const known = statements.get(connection) ?? new Map<string, SqliteFile.Statement>();
  const statement = known.get(text) ?? connection.prepare(text);
  if (known.size >= 500) known.clear();
  statements.set(connection, known.set(text, statement));
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
