import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe } from '@jest/globals';
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

  const url = engine === 'sqlite' ? async () => `file:${folder(cleanups)}/tocsin.db` : () => postgresUrl(cleanups);
  const database: Fresh['database'] = async (given, options) => {
    const opened = await openDatabase(given ?? (await url()), options);
    cleanups.push(() => opened.close());
    if (!given) await migrate(opened);
    return opened;
  };
  return { engine, url, database, store: async () => openStore(await database()) };
}

function folder(cleanups: (() => unknown)[]): string {
  const path = mkdtempSync(join(tmpdir(), 'tocsin-'));
  cleanups.push(() => rmSync(path, { recursive: true }));
  return path;
}

async function postgresUrl(cleanups: (() => unknown)[]): Promise<string> {
  if (!server) throw new Error('There is no Postgres to test with.');
  const url = await freshDatabase(server);
  cleanups.push(() => dropDatabase(server, url));
  return url;
}
