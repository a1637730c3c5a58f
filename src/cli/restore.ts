import { parseArgs } from 'node:util';
import { pathOf } from '../../db/database.ts';
import { putBack } from '../../db/sqlite-copy.ts';
import { run } from './run.ts';

const usage = `npm run restore -- <file>

Puts a backup in the place of the SQLite database. Stop the bot first. The database as it is now is kept beside it.`;

/** `npm run restore`. Says what it did through `say` and returns the exit code. */
export async function restore(args: string[], url: string, say: (sentence: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { help: { type: 'boolean' } }, allowPositionals: true });
  const [file] = positionals;
  if (values.help || !file || positionals.length > 1) {
    say(usage);
    return values.help ? 0 : 1;
  }
  if (!url.startsWith('file:')) {
    const command = `pg_restore --clean --if-exists --single-transaction --dbname="$DATABASE_URL" ${file}`;
    say(`The database is PostgreSQL, which has its own tool. Stop every bot, then run:\n\n  ${command}\n`);
    return 2;
  }
  const kept = await putBack(file, pathOf(url), new Date());
  say(`${pathOf(url)} is what ${file} was.${kept ? ` The one before is kept as ${kept}.` : ''}`);
  return 0;
}

if (import.meta.main) await run(restore);
