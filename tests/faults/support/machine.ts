import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';

/** What a figure was measured on, in a line. */
export async function machine(): Promise<string> {
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  const processor = /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor';
  const sqlite = new SqliteFile(':memory:').prepare('select sqlite_version()').pluck().get();
  const parts = [`${cpus().length} cores (${processor})`, memory, `Node ${process.versions.node}`, `SQLite ${sqlite}`];
  return `Measured on ${[...parts, ...(await postgresVersion())].join(', ')}.`;
}

async function postgresVersion(): Promise<string[]> {
  if (!process.env.TEST_PG_URL) return [];
  const client = new pg.Client({ connectionString: process.env.TEST_PG_URL });
  await client.connect();
  const { rows } = await client.query('show server_version');
  await client.end();
  return [`PostgreSQL ${String(rows[0]?.server_version).split(' ')[0]}`];
}
