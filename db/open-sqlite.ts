import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Database, OpenOptions } from './database.ts';
import { alone } from './scope.ts';
import { within } from './sqlite-transaction.ts';
import { createWriter } from './sqlite-writer.ts';
import { takeWriterLock, touchPrivately } from './writer-lock.ts';

export function openSqlite(path: string, { readOnly = false, lock = !readOnly }: OpenOptions): Database {
  const file = readOnly ? existing(path) : createPrivately(path);
  const writerLock = lock ? takeWriterLock(path) : undefined;
  const readers = readerPool(file);
  const writer = readOnly ? undefined : openWriter(file);
  const queue = writer && createWriter(writer);

  const close = async () => {
    await queue?.idle();
    readers.close();
    writer?.close();
    writerLock?.release();
  };

  return {
    engine: 'sqlite',
    read: (fn) => alone('read', () => readers.use((connection) => within(connection, 'begin', fn))),
    transact: (fn, urgency = 'now') =>
      alone('transact', async () => {
        if (!queue) throw new Error(`${path} was opened for reading only.`);
        return queue.transact(fn, urgency);
      }),
    leaseClock: async () => new Date(),
    applied: async () => readers.use(async (connection) => applied(connection)),
    migrate: async (folder, check) => {
      if (!writer) throw new Error(`${path} was opened for reading only.`);
      check(applied(writer));
      // SQLite cannot alter much of a table in place: drizzle-kit builds it anew, which foreign keys would forbid.
      writer.pragma('foreign_keys = OFF');
      migrate(drizzle(writer), { migrationsFolder: folder });
      writer.pragma('foreign_keys = ON');
      expectPragma(writer, 'foreign_keys', 1);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function existing(path: string): string {
  if (!existsSync(path)) throw new Error(`There is no database at ${path}.`);
  return realpathSync(path);
}

/** SQLite gives its side files (-wal, -shm) the mode of the main one. */
function createPrivately(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  touchPrivately(path);
  return realpathSync(path);
}

function openWriter(file: string): SqliteFile.Database {
  const writer = new SqliteFile(file);
  writer.pragma('journal_mode = WAL');
  writer.pragma('busy_timeout = 5000');
  writer.pragma('foreign_keys = ON');
  // better-sqlite3 reopens a WAL file at NORMAL, where a power cut can take back what was committed.
  writer.pragma('synchronous = FULL');
  // macOS only: its fsync does not reach the platter without this.
  writer.pragma('fullfsync = ON');
  // What is erased is overwritten, and not only forgotten.
  writer.pragma('secure_delete = ON');
  expectPragma(writer, 'journal_mode', 'wal');
  expectPragma(writer, 'busy_timeout', 5000);
  expectPragma(writer, 'foreign_keys', 1);
  expectPragma(writer, 'synchronous', 2);
  expectVersion(writer);
  return writer;
}

function expectPragma(connection: SqliteFile.Database, name: string, expected: unknown) {
  const actual = connection.pragma(name, { simple: true });
  if (actual !== expected) {
    throw new Error(`SQLite did not accept ${name} = ${expected} for ${connection.name} (it says ${actual}).`);
  }
}

/** 3.51.3 mends a race between two checkpoints that could corrupt a WAL file: https://sqlite.org/wal.html#walresetbug */
function expectVersion(connection: SqliteFile.Database) {
  const version = String(connection.prepare('select sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major * 1e6 + minor * 1e3 + patch < 3_051_003) {
    throw new Error(`SQLite ${version} can corrupt its file; 3.51.3 or newer is needed. Run npm ci.`);
  }
}

/** Opening one takes longer than a read does, and more at once read no sooner: there is one thread. */
const mostReaders = 4;

/** Each read has a connection to itself, so that its queries see one moment. Those that find none wait for the next. */
function readerPool(file: string) {
  const idle: SqliteFile.Database[] = [];
  const waiting: ((connection: SqliteFile.Database) => void)[] = [];
  let opened = 0;
  const open = () => {
    const connection = new SqliteFile(file, { readonly: true, timeout: 5000 });
    connection.pragma('query_only = ON');
    opened += 1;
    return connection;
  };
  const take = async () => {
    if (idle.length > 0 || opened < mostReaders) return idle.pop() ?? open();
    return new Promise<SqliteFile.Database>((resolve) => waiting.push(resolve));
  };
  return {
    async use<T>(fn: (connection: SqliteFile.Database) => Promise<T>): Promise<T> {
      const connection = await take();
      try {
        return await fn(connection);
      } finally {
        const next = waiting.shift();
        if (next) next(connection);
        else idle.push(connection);
      }
    },
    close: () => {
      for (const connection of idle.splice(0)) connection.close();
    },
  };
}

function applied(connection: SqliteFile.Database): number[] {
  const exists = connection.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
  if (!exists) return [];
  return connection.prepare('select created_at from __drizzle_migrations').pluck().all().map(Number);
}
