import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Tables } from './schema.ts';

export { insideTransaction } from './scope.ts';

export type Engine = 'sqlite' | 'pg';

/** `now`: somebody waits for it. `soon`: on SQLite it lets those go first, and many share a commit. */
export type Urgency = 'now' | 'soon';

/** Every query is written against Postgres' static types; SQLite's builders have the same surface. */
export type Db = PgDatabase<PgQueryResultHKT>;

interface Lockable {
  for(strength: 'update', config?: { skipLocked: true }): unknown;
}

/** What a query is made of. */
export interface Ctx {
  engine: Engine;
  db: Db;
  t: Tables;
  /** For the few queries that each engine has its own words for. Values come as the driver gives them. */
  rows<T>(query: SQL): Promise<T[]>;
  run(query: SQL): Promise<void>;
  /** Locks the rows it finds until the transaction ends. SQLite has one writer, so there it changes nothing. */
  forUpdate<Q extends Lockable>(query: Q): Q;
  /** The same, and passes over rows that somebody else has locked. */
  skipLocked<Q extends Lockable>(query: Q): Q;
}

export interface Database extends AsyncDisposable {
  readonly engine: Engine;
  /** One consistent snapshot; writing in it fails. */
  read<T>(fn: (ctx: Ctx) => Promise<T>): Promise<T>;
  /** All or nothing. May run `fn` again after a lost race, so `fn` touches nothing but the database. */
  transact<T>(fn: (ctx: Ctx) => Promise<T>, urgency?: Urgency): Promise<T>;
  /** The clock that leases are measured with: the database's own where several replicas share it. */
  leaseClock(ctx: Ctx): Promise<Date>;
  /** When each applied migration was written, in milliseconds. */
  applied(): Promise<number[]>;
  /** Applies what is missing from a folder; `check` sees what is applied before, while nobody else can migrate. */
  migrate(folder: string, check: (applied: number[]) => void): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Takes no lock, writes nothing. */
  readOnly?: boolean;
  /** SQLite: refuse to open a file that another bot is using. On unless read-only. */
  lock?: boolean;
  /** Postgres: hears of connections that broke while nobody was waiting for them. */
  onError?: (error: Error) => void;
}

/** Opens `file:data/tocsin.db` or `postgres://…`. The drivers are loaded here, so that only the one in use costs memory. */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  if (url.startsWith('file:')) return (await import('./open-sqlite.ts')).openSqlite(pathOf(url), options);
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./open-pg.ts')).openPg(url, options);
  throw new Error('DATABASE_URL must begin with file: (SQLite) or postgres:// (PostgreSQL).');
}

/** `file:data/x.db`, `file:/srv/x.db` and `file:///srv/x.db` are all understood. */
export function pathOf(url: string): string {
  return url.slice('file:'.length).replace(/^\/\//, '');
}
