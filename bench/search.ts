import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { wordsAsked } from '../src/incident/words.ts';
import type { Message } from '../src/store/messages.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { query, startPostgres } from '../tests/support/postgres-server.ts';
import { type Figure, p99, spread } from './support/figures.ts';
import { lifeOf } from './support/life.ts';

const total = 1_000_000;
const incidents = 500;
const people = 400;
const rounds = 300;
const warmUp = 30;
const limit = 20;
const atOnce = 5_000;

/** How often a word is said falls with its place, as in any language. */
const common =
  'the is failing error again database checkout latency looking restart queue timeout deploy rollback node'.split(' ');
const rare = Array.from({ length: 20_000 }, (_, index) => `w${(index * 7919).toString(36)}`);

function wordAt(seed: number): string {
  const dice = (Math.imul(seed, 2_654_435_761) >>> 0) / 2 ** 32;
  return dice < 0.6
    ? (common[Math.floor((dice / 0.6) ** 2 * common.length)] ?? '')
    : (rare[Math.floor(((dice - 0.6) / 0.4) ** 3 * rare.length)] ?? '');
}

function messageAt(index: number, ids: string[]): Message {
  const incident = index % incidents;
  const micros = 1_700_000_000_000_000 + index * 1_000_003;
  const text = Array.from({ length: 12 }, (_, place) => wordAt(index * 31 + place * 7 + 1)).join(' ');
  return {
    channel: `C${String(incident).padStart(8, '0')}`,
    ts: `${String(micros).slice(0, 10)}.${String(micros).slice(10)}`,
    incident: ids[incident] ?? '',
    author: `U${index % people}`,
    kind: 'said',
    text,
    files: [],
    earlier: [],
  };
}

/** Finding words among a million messages, in all incidents and in one, on both engines. */
export async function search(): Promise<Figure[]> {
  return [...(await onSqlite()), ...(await onPostgres())];
}

async function onSqlite(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-search-'));
  try {
    return await searching(`file:${folder}/tocsin.db`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<Figure[]> {
  const server = await startPostgres();
  try {
    return await searching(server.url, {
      before: () => query(server.url, withoutIndexes),
      after: async () => {
        await query(server.url, withIndexes);
        // Autovacuum does this within a minute of so many rows; here nobody waits for it.
        await query(server.url, 'vacuum analyze');
      },
    });
  } finally {
    await server.stop();
  }
}

/** The indexes are made once the rows are there, which is many times faster; the one that finds a row again stays. */
const withoutIndexes = `
  create table put_aside as select indexname, indexdef from pg_indexes
  where tablename = 'message_search' and indexname <> 'message_search_place';
  do $$ declare one record; begin for one in select * from put_aside loop execute 'drop index ' || one.indexname; end loop; end $$`;
const withIndexes = `
  do $$ declare one record; begin for one in select * from put_aside loop execute one.indexdef; end loop; end $$`;

async function searching(
  url: string,
  around: { before?: () => Promise<void>; after?: () => Promise<void> } = {},
): Promise<Figure[]> {
  await using database = await openDatabase(url);
  await migrate(database);
  const store = openStore(database);
  await around.before?.();
  const ids = await fill(store);
  await around.after?.();
  return [
    await measured(store, 'in all that somebody may see', () => ({ sight: { person: 'U00007' } })),
    await measured(store, 'in one incident', (round) => ({ sight: 'all', incident: ids[round % incidents] ?? '' })),
  ];
}

async function fill(store: Store): Promise<string[]> {
  const ids: string[] = [];
  await store.transact(async (tx) => {
    for (let number = 1; number <= incidents; number++) {
      await tx.incidents.takeNumber();
      const { incident, events, at } = lifeOf(number, { incidents, events: 5, open: 10, people });
      ids.push(incident.id);
      await tx.incidents.save(incident, undefined, events, { by: incident.declaredBy, at });
    }
  });
  for (let first = 0; first < total; first += atOnce)
    await store.transact(async (tx) => {
      await tx.messages.keep(Array.from({ length: atOnce }, (_, index) => messageAt(first + index, ids)));
    });
  return ids;
}

type Where = { sight: 'all' | { person: string }; incident?: string };

async function measured(store: Store, where: string, which: (round: number) => Where): Promise<Figure> {
  const took: number[] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const asked = [
      common[round % common.length],
      rare[(round * 37) % 500],
      `${common[3 + (round % 9)]} ${rare[round % 50]}`,
    ];
    const words = wordsAsked(asked[round % asked.length] ?? '');
    const began = performance.now();
    await store.read((tx) => tx.messages.search({ words, limit, ...which(round) }));
    if (round >= warmUp) took.push(performance.now() - began);
  }
  return {
    what: `search over ${total.toLocaleString('en')} messages, ${where}, ${store.engine === 'pg' ? 'PostgreSQL' : 'SQLite'}`,
    atLeast: 'p99 ≤ 50 ms',
    measured: `${spread(took)}${p99(took) > 50 ? ' (above)' : ''}`,
    n: took.length,
  };
}
