import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import SqliteFile from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { type Ctx, insideTransaction, openDatabase, pathOf } from '../../db/database.ts';
import { migrate, migrationFolder } from '../../db/migrate.ts';
import { onBothEngines, onPostgres, onSqlite } from '../support/databases.ts';
import { query } from '../support/postgres-server.ts';

/** Runs outside the read or transaction around the caller. */
const asSomebodyElse = AsyncLocalStorage.snapshot() as <T>(work: () => Promise<T>) => Promise<T>;

const insert = ({ db, t }: Ctx, name: string) => db.insert(t.meta).values({ name, value: 'x' });
const names = async ({ db, t }: Ctx) => (await db.select().from(t.meta)).map(({ name }) => name);

onBothEngines('a transaction', (fresh) => {
  it('is seen whole or not at all', async () => {
    const database = await fresh.database();
    const seen = new Set<number>();
    let writing = true;
    const reading = (async () => {
      while (writing) {
        seen.add((await database.read(names)).length);
        await sleep(1);
      }
    })();
    for (let round = 0; round < 10; round++) {
      await database.transact(async (ctx) => {
        await insert(ctx, `${round}-a`);
        await sleep(2);
        await insert(ctx, `${round}-b`);
      });
    }
    writing = false;
    await reading;
    expect([...seen].filter((count) => count % 2 === 1)).toEqual([]);
  });

  it('leaves nothing behind when it fails', async () => {
    const database = await fresh.database();
    const failing = database.transact(async (ctx) => {
      await insert(ctx, 'a');
      throw new TypeError('no');
    });
    await expect(failing).rejects.toThrow(new TypeError('no'));
    expect(await database.read(names)).toEqual([]);
  });

  it('does not nest, and knows where it ends', async () => {
    const database = await fresh.database();
    expect(insideTransaction()).toBe(false);
    let later: Promise<boolean> | undefined;
    await database.transact(async () => {
      expect(insideTransaction()).toBe(true);
      await expect(database.transact(async () => 1)).rejects.toThrow('inside a read or a transaction');
      await expect(database.read(async () => 1)).rejects.toThrow('inside a read or a transaction');
      later = sleep(20).then(() => insideTransaction());
    });
    expect(await later).toBe(false);
    await database.read(async () => expect(insideTransaction()).toBe(false));
  });

  it('tells a broken unique index apart, without quoting what was to be written', async () => {
    const database = await fresh.database();
    const write = (value: string) =>
      database.transact(({ db, t }) =>
        db
          .insert(t.meta)
          .values({ name: 'a', value })
          .then(() => undefined),
      );
    await write('x');
    const error = await write('a secret').catch((reason) => reason);
    expect(error.name).toBe('UniqueViolation');
    expect(String(error.stack)).not.toContain('a secret');
  });

  it('does not quote what was to be written in any other error', async () => {
    const database = await fresh.database();
    const failing = database.transact(({ db, t }) =>
      db
        .update(t.meta)
        .set({ value: sql`missing_function(${'a secret'})` })
        .then(() => undefined),
    );
    const error = await failing.catch((reason) => reason);
    expect(error.name).toMatch(/QueryFailed|SqliteError/);
    expect(String(error.stack)).not.toContain('a secret');
  });
});

onBothEngines('a read', (fresh) => {
  it('sees one moment, however many queries it makes', async () => {
    const database = await fresh.database();
    const counts = await database.read(async (ctx) => {
      const before = await names(ctx);
      await asSomebodyElse(() => database.transact(async (tx) => void (await insert(tx, 'a'))));
      return [before.length, (await names(ctx)).length];
    });
    expect(counts).toEqual([0, 0]);
    expect(await database.read(names)).toEqual(['a']);
  });

  it('cannot write', async () => {
    const database = await fresh.database();
    await expect(database.read((ctx) => insert(ctx, 'a').then(() => undefined))).rejects.toThrow(/read-?only/);
  });
});

onBothEngines('a database opened for reading', (fresh) => {
  it('reads, and writes nothing', async () => {
    const url = await fresh.url();
    const writer = await fresh.database(url);
    await migrate(writer);
    await writer.transact(async (ctx) => void (await insert(ctx, 'a')));
    await writer.close();
    const before = fresh.engine === 'sqlite' ? readFileSync(pathOf(url)) : undefined;

    const reader = await fresh.database(url, { readOnly: true });
    expect(await reader.read(names)).toEqual(['a']);
    await expect(reader.transact((ctx) => insert(ctx, 'b').then(() => undefined))).rejects.toThrow(/read/);
    await reader.close();
    if (before) expect(readFileSync(pathOf(url)).equals(before)).toBe(true);
  });
});

onSqlite('a database file', (fresh) => {
  it('is private', async () => {
    const path = pathOf(await fresh.url()).replace(/tocsin\.db$/, 'deeper/tocsin.db');
    const database = await fresh.database(`file:${path}`);
    await migrate(database);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(dirname(path)).filter((name) => name.startsWith('tocsin.db'))) {
      expect({ file, mode: statSync(`${dirname(path)}/${file}`).mode & 0o777 }).toEqual({ file, mode: 0o600 });
    }
  });

  it('is written in the way that survives a power cut', async () => {
    const database = await fresh.database();
    const pragmas = await database.transact(async ({ db }) => {
      const all = (query: string) => (db as unknown as { all(text: string): unknown[] }).all(query);
      return ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map((name) => all(`pragma ${name}`)[0]);
    });
    expect(pragmas).toEqual([{ journal_mode: 'wal' }, { synchronous: 2 }, { foreign_keys: 1 }, { timeout: 5000 }]);
  });

  it('refuses a query that was not awaited before its transaction ended', async () => {
    const database = await fresh.database();
    let forgotten: Ctx | undefined;
    await database.transact(async (ctx) => {
      forgotten = ctx;
    });
    const late = forgotten;
    if (!late) throw new Error('There was no transaction.');
    await expect((async () => await insert(late, 'a'))()).rejects.toThrow('after its transaction ended');
  });

  it('is found under every way to write its address', () => {
    expect(['file:data/t.db', 'file:/srv/t.db', 'file:///srv/t.db'].map(pathOf)).toEqual([
      'data/t.db',
      '/srv/t.db',
      '/srv/t.db',
    ]);
  });

  it('must be a file or a Postgres', async () => {
    await expect(openDatabase('mysql://root:secret@localhost')).rejects.toThrow(
      'DATABASE_URL must begin with file: (SQLite) or postgres:// (PostgreSQL).',
    );
  });

  it('is not made by somebody who only reads', async () => {
    await expect(openDatabase(await fresh.url(), { readOnly: true })).rejects.toThrow('There is no database at');
  });
});

onPostgres('a broken connection', (fresh) => {
  it('fails its transaction, is reported, and the next one works', async () => {
    const url = await fresh.url();
    const errors: Error[] = [];
    const database = await fresh.database(url, { onError: (error) => void errors.push(error) });
    await migrate(database);
    const cut = database.transact(async (ctx) => {
      await insert(ctx, 'a');
      await query(
        url,
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await sleep(50);
      await insert(ctx, 'b');
    });
    await expect(cut).rejects.toThrow(/connection|terminat/i);
    expect(errors.length).toBeGreaterThan(0);
    expect(await database.read(names)).toEqual([]);
  });
});

onBothEngines('migrations', (fresh) => {
  it('run on an empty database, and again without harm, also from two at once', async () => {
    const database = await fresh.database(await fresh.url());
    expect(await database.applied()).toEqual([]);
    await Promise.all([migrate(database), migrate(database)]);
    await migrate(database);
    const known = readdirSync(migrationFolder(fresh.engine)).filter((name) => name.endsWith('.sql'));
    expect(await database.applied()).toHaveLength(known.length);
    expect(await database.read(names)).toEqual([]);
  });

  it('refuse a database that a newer program has changed', async () => {
    const url = await fresh.url();
    const database = await fresh.database(url);
    await migrate(database);
    await database.close();
    const newer = "drizzle_migrations (hash, created_at) values ('newer', 4102444800000)";
    if (fresh.engine === 'pg') await query(url, `insert into drizzle.__${newer}`);
    else new SqliteFile(pathOf(url)).exec(`insert into __${newer}`).close();

    await expect(migrate(await fresh.database(url))).rejects.toThrow(
      'The database belongs to a newer Tocsin (it has a migration of 2100-01-01T00:00:00.000Z that this one does not know).',
    );
  });
});
