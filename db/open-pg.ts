import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Ctx, Database, Db, OpenOptions } from './database.ts';
import { driverError, plainError } from './errors.ts';
import * as tables from './pg.ts';
import { alone } from './scope.ts';

/** Any number, as long as every replica uses the same one. */
const migrationLock = 7_271_001;
const mostAttempts = 6;

export function openPg(url: string, { readOnly = false, onError = warn }: OpenOptions): Database {
  const pool = openPool(url, readOnly, onError);
  const db = drizzle(pool);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= pool.end();
    return closed;
  };

  return {
    engine: 'pg',
    read: (fn) =>
      alone('read', async () => {
        const snapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
        return await db.transaction((tx) => fn(ctxOf(tx as Db)), snapshot).catch(rethrowPlain);
      }),
    transact: (fn) => alone('transact', () => retrying(() => db.transaction((tx) => fn(ctxOf(tx as Db))))),
    leaseClock: async (ctx) => {
      const milliseconds = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::float8`;
      const { rows } = (await ctx.db.execute(sql`select ${milliseconds} as now`)) as { rows: { now: number }[] };
      return new Date(rows[0]?.now ?? Number.NaN);
    },
    applied: () => applied(pool),
    migrate: async (folder, check) => {
      const client = await pool.connect();
      try {
        // Waiting for another replica to finish its migrations may take longer than a query should.
        await client.query('set statement_timeout = 0');
        await client.query('select pg_advisory_lock($1)', [migrationLock]);
        check(await applied(client));
        await migrate(drizzle(client), { migrationsFolder: folder });
      } finally {
        // Ends the session, and with it the lock and the setting.
        client.release(true);
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function openPool(url: string, readOnly: boolean, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'tocsin',
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    statement_timeout: 5000,
    idle_in_transaction_session_timeout: 10_000,
    ...(readOnly && { options: '-c default_transaction_read_only=on' }),
  });
  pool.on('error', onError);
  // The pool listens to idle connections only; one that breaks in the middle of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

const warn = (error: Error) => process.emitWarning(`A PostgreSQL connection broke: ${error.message}`);

function ctxOf(db: Db): Ctx {
  return {
    engine: 'pg',
    db,
    t: tables,
    rows: async <T>(query: SQL) => ((await db.execute(query)) as unknown as { rows: T[] }).rows,
    run: async (query) => {
      await db.execute(query);
    },
    forUpdate: (query) => query.for('update') as typeof query,
    skipLocked: (query) => query.for('update', { skipLocked: true }) as typeof query,
  };
}

async function retrying<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === mostAttempts || !lostRace(error)) throw plainError(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}

/** 40001 serialization failure, 40P01 deadlock; and two writers of one waiting key, of which the second now sees the first. */
function lostRace(error: unknown): boolean {
  const { code, constraint } = driverError(error) ?? {};
  return code === '40001' || code === '40P01' || constraint === 'outbox_waiting_key';
}

function rethrowPlain(error: unknown): never {
  throw plainError(error);
}

async function applied(client: pg.Pool | pg.PoolClient): Promise<number[]> {
  const { rows } = await client.query(`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`);
  if (!rows[0]?.exists) return [];
  const migrations = await client.query('select created_at from drizzle.__drizzle_migrations');
  return migrations.rows.map((row) => Number(row.created_at));
}
