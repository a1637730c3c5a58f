import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { importIncident } from '../features/export/import.ts';
import { openStore } from '../store/store.ts';
import { realClock } from '../time.ts';
import { run } from './run.ts';

const usage = `npm run import -- <file.json> [--any-workspace] [--renumber]

Puts an incident that was exported as JSON into the database, all or nothing; nothing is sent for it. On SQLite stop the bot first.
--any-workspace  also from another Slack workspace than this database's
--renumber       gives it the next free number where another incident has its own`;

/** `npm run import`. Says what it did through `say` and returns the exit code. */
export async function importCommand(args: string[], url: string, say: (sentence: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { 'any-workspace': { type: 'boolean' }, renumber: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (values.help || !file || positionals.length > 1) {
    say(usage);
    return values.help ? 0 : 1;
  }
  const text = await textOf(file);
  await using database = await openDatabase(url);
  await migrate(database);
  const store = openStore(database);
  const options = { anyWorkspace: values['any-workspace'] ?? false, renumber: values.renumber ?? false };
  const imported = await importIncident(store, text, options, realClock().now());
  if ('refused' in imported) {
    say(imported.refused);
    return 1;
  }
  const { number, title, isPrivate, messages } = imported;
  say(`#${number} ${title} is here now, with ${messages} messages.${isPrivate ? ' It is private.' : ''}`);
  return 0;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error(`There is no file ${file}.`) : error;
  }
}

if (import.meta.main) await run(importCommand);
