import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';
import type { Engine } from '../../db/database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { buildCopy } from './support/bundle.ts';
import { hunt, report } from './support/hunt.ts';
import { type Kind, needs, nights } from './support/nights.ts';

/** Long hunts: `npm run faults -- --runs 1000 [--kind kill|lost-replies|replicas] [--engine sqlite|pg] [--seed N] [--worlds N]`. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    kind: { type: 'string', multiple: true },
    engine: { type: 'string' },
    seed: { type: 'string' },
    worlds: { type: 'string' },
  },
});

/** With a seed alone it is that one run again. */
const runs = Number(values.runs ?? (values.seed ? 1 : 20));
const first = Number(values.seed ?? process.env.SEED ?? Math.floor(Math.random() * 1e6));
const kinds = (values.kind ?? Object.keys(nights)) as Kind[];
const unknown = kinds.find((kind) => !(kind in nights));
if (unknown) throw new Error(`There is no kind ${unknown}; there are ${Object.keys(nights).join(', ')}.`);

const plan = kinds.flatMap((kind) =>
  needs[kind].engines
    .filter((engine) => !values.engine || values.engine === engine)
    .map((engine) => ({ kind, engine })),
);
const postgres =
  plan.some(({ engine }) => engine === 'pg') && !process.env.TEST_PG_URL ? await startPostgres() : undefined;
if (postgres) process.env.TEST_PG_URL = postgres.url;

await using copy = await buildCopy();
let failed = 0;
for (const { kind, engine } of plan) {
  const began = performance.now();
  let count = 0;
  const failures = await hunt({
    kind,
    engine,
    seed: first,
    runs,
    copy,
    worlds: Number(values.worlds ?? (kind === 'replicas' ? 6 : 4)),
    onFailure: (failure) => console.error(report(failure)),
    onRun() {
      count += 1;
      if (count % 100 === 0) console.error(`${kind} on ${engine}: ${count} runs`);
    },
  });
  const seconds = (performance.now() - began) / 1000;
  const seeds = `seeds ${first} to ${first + runs - 1}`;
  const bad = failures.length > 0 ? ` (${failures.map(({ seed }) => seed).join(', ')})` : '';
  console.log(`${kind} on ${engine}: n = ${runs}, ${failures.length} failed${bad}, ${seeds}, ${seconds.toFixed(0)} s`);
  failed += failures.length;
}
console.log(await machine());
await postgres?.stop();
process.exitCode = failed > 0 ? 1 : 0;

async function machine(): Promise<string> {
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  const processor = /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor';
  const sqlite = new SqliteFile(':memory:').prepare('select sqlite_version()').pluck().get();
  const engines: Record<Engine, string> = { sqlite: `SQLite ${sqlite}`, pg: await postgresVersion() };
  return `on ${cpus().length} cores (${processor}), ${memory}, Node ${process.versions.node}, ${Object.values(engines).filter(Boolean).join(', ')}`;
}

async function postgresVersion(): Promise<string> {
  if (!process.env.TEST_PG_URL) return '';
  const client = new pg.Client({ connectionString: process.env.TEST_PG_URL });
  await client.connect();
  const { rows } = await client.query('show server_version');
  await client.end();
  return `PostgreSQL ${String(rows[0]?.server_version).split(' ')[0]}`;
}
