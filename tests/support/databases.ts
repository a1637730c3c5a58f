import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe } from '@jest/globals';
import { type Database, type Engine, type OpenOptions, openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { dropDatabase, freshDatabase } from './postgres-server.ts';

/** The server that `npm test` started. Where there is none, what runs on Postgres is skipped. */
const server = process.env.TEST_PG_URL;

/** What a test on one engine can ask for; all of it is closed and removed after the test. */
export interface Fresh {
  engine: Engine;
  /** The address of a new, empty database. */
  url(): Promise<string>;
  /** Opens a database, a new and migrated one unless `url` says which. */
  database(url?: string, options?: OpenOptions): Promise<Database>;
  store(): Promise<Store>;
}

/** Describes a behaviour once and runs it on each engine. */
export function onBothEngines(title: string, body: (fresh: Fresh) => void): void {
  describe(`${title} on sqlite`, () => body(freshFor('sqlite')));
  (server ? describe : describe.skip)(`${title} on postgres`, () => body(freshFor('pg')));
}

export const onPostgres = (title: string, body: (fresh: Fresh) => void) =>
  (server ? describe : describe.skip)(`${title} on postgres`, () => body(freshFor('pg')));

export const onSqlite = (title: string, body: (fresh: Fresh) => void) =>
  describe(`${title} on sqlite`, () => body(freshFor('sqlite')));

function freshFor(engine: Engine): Fresh {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  const source = engine === 'sqlite' ? sqliteFiles(cleanups) : postgresDatabases(cleanups);

  const database: Fresh['database'] = async (url, options) => {
    const opened = await openDatabase(url ?? (await source.migrated()), options);
    cleanups.push(() => opened.close());
    if (!url) await migrate(opened);
    return opened;
  };
  return { engine, url: source.empty, database, store: async () => openStore(await database()) };
}

/** Where new databases come from; `migrated` may know a faster way than running the migrations each time. */
interface Source {
  empty(): Promise<string>;
  migrated(): Promise<string>;
}

function sqliteFiles(cleanups: (() => unknown)[]): Source {
  const empty = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    return `file:${folder}/tocsin.db`;
  };
  return { empty, migrated: empty };
}

function postgresDatabases(cleanups: (() => unknown)[]): Source {
  let template: string | undefined;
  afterAll(async () => {
    if (template) await dropDatabase(postgres(), template);
  });

  const copyOf = async (original?: string) => {
    const url = await freshDatabase(postgres(), original);
    cleanups.push(() => dropDatabase(postgres(), url));
    return url;
  };
  return {
    empty: () => copyOf(),
    migrated: async () => {
      template ??= await migratedDatabase();
      return await copyOf(template);
    },
  };
}

async function migratedDatabase(): Promise<string> {
  const url = await freshDatabase(postgres());
  await using database = await openDatabase(url);
  await migrate(database);
  return url;
}

function postgres(): string {
  if (!server) throw new Error('There is no Postgres to test with.');
  return server;
}
