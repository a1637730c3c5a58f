import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathOf } from '../../db/database.ts';
import { copyWhileInUse, stamp } from '../../db/sqlite-copy.ts';
import { run } from './run.ts';

const usage = `npm run backup -- [--to folder] [--keep 14]

Copies the SQLite database while the bot runs, checks the copy, and removes all but the newest backups in the folder.
The folder is backups/ beside the database unless you say otherwise.`;

/** `npm run backup`. Says what it did through `say` and returns the exit code. */
export async function backup(args: string[], url: string, say: (sentence: string) => void): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string' }, keep: { type: 'string', default: '14' }, help: { type: 'boolean' } },
  });
  if (values.help) return said(say, usage, 0);
  const keep = Number(values.keep);
  if (!Number.isInteger(keep) || keep < 1)
    return said(say, '--keep wants the number of backups to keep, at least 1.', 1);

  const now = stamp(new Date());
  if (!url.startsWith('file:')) {
    const command = `pg_dump --format=custom --file=tocsin-${now}.dump "$DATABASE_URL"`;
    return said(say, `The database is PostgreSQL, which has its own tool. Run:\n\n  ${command}\n`, 2);
  }
  if (!existsSync(pathOf(url)))
    return said(say, `There is no database ${pathOf(url)}. Set DATABASE_URL to what the bot uses.`, 1);
  const folder = values.to ?? join(dirname(pathOf(url)), 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `tocsin-${now}.db`);
  await copyWhileInUse(pathOf(url), file);
  const removed = removeOldest(folder, keep);
  return said(say, `${file} is a whole copy.${removed ? ` Removed ${removed} older.` : ''}`, 0);
}

function removeOldest(folder: string, keep: number): number {
  const backups = readdirSync(folder).filter((name) => /^tocsin-\d{4}-\d\d-\d\dT[\d-]+Z\.db$/.test(name));
  const surplus = backups.toSorted().slice(0, -keep);
  for (const name of surplus) rmSync(join(folder, name));
  return surplus.length;
}

function said(say: (sentence: string) => void, sentence: string, code: number): number {
  say(sentence);
  return code;
}

if (import.meta.main) await run(backup);
