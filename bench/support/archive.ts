import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../db/database.ts';
import { migrate, migrationFolder } from '../../db/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { lifeOf } from './life.ts';

/** Years of a busy company's incidents in one SQLite file: the newest are still open. */
export const archived = { incidents: 100_000, events: 50, open: 50, people: 2_000 };

/** Rows are written in transactions of so many incidents. */
const atOnce = 500;

/**
 * The address of the archive: made once, by the program's own writes, into the folder for temporary files, and again when the
 * tables or this generator have changed. Open it read-only, or copy it.
 */
export async function archive(say: (line: string) => void = console.log): Promise<string> {
  const folder = join(tmpdir(), `tocsin-archive-${fingerprint()}`);
  const file = join(folder, 'tocsin.db');
  if (existsSync(file)) return `file:${file}`;

  const unfinished = `${folder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const began = performance.now();
  await using database = await openDatabase(`file:${join(unfinished, 'tocsin.db')}`);
  await migrate(database);
  const store = openStore(database);
  for (let first = 1; first <= archived.incidents; first += atOnce) {
    await write(store, first, Math.min(first + atOnce - 1, archived.incidents));
    if (first % 10_000 === 1) say(`  archive: ${first - 1} of ${archived.incidents} incidents`);
  }
  await database.close();
  renameSync(unfinished, folder);
  say(`  archive: made in ${Math.round((performance.now() - began) / 1000)} s`);
  return `file:${file}`;
}

function write(store: Store, first: number, last: number): Promise<void> {
  return store.transact(async (tx) => {
    for (let number = first; number <= last; number++) {
      await tx.incidents.takeNumber();
      const { incident, events, at } = lifeOf(number, archived);
      await tx.incidents.save(incident, undefined, events, { by: incident.declaredBy, at });
    }
  });
}

/** Changes with the tables and with what is written into them. */
function fingerprint(): string {
  const folder = migrationFolder('sqlite');
  const parts = [
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .map((name) => join(folder, name)),
    join(import.meta.dirname, 'archive.ts'),
    join(import.meta.dirname, 'life.ts'),
  ];
  const hash = createHash('sha256');
  for (const part of parts.toSorted()) hash.update(readFileSync(part));
  return hash.digest('hex').slice(0, 12);
}
