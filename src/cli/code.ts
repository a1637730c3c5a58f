import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase, pathOf } from '../../db/database.ts';
import { openStore } from '../store/store.ts';
import { realClock } from '../time.ts';
import { codeFor, newCode } from '../web/codes.ts';
import { run } from './run.ts';

const usage = `npm run code -- U012AB3CD

Makes a code with which that person signs in to the web pages without Slack: once, within 15 minutes. Slack shows somebody's id in
their profile, under "Copy member ID". The bot's log says when the code is used, and by whom.`;

/** `npm run code`, for when Slack is down. The bot may be running. */
export async function code(args: string[], url: string, say: (sentence: string) => void): Promise<number> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean' } } });
  const [person = '', ...others] = positionals;
  if (values.help || others.length > 0 || !/^[UW][A-Z0-9]+$/.test(person)) {
    say(usage);
    return values.help ? 0 : 1;
  }
  if (url.startsWith('file:') && !existsSync(pathOf(url))) {
    say(`There is no database ${pathOf(url)}. Set DATABASE_URL to what the bot uses.`);
    return 1;
  }
  // The bot holds the lock, and may go on: this writes one row.
  await using database = await openDatabase(url, { lock: false });
  const made = newCode();
  await openStore(database).transact((tx) => tx.signIns.begin(codeFor(person, made, realClock().now())));
  say(
    `${made}\n\nFor ${person}, once, within 15 minutes: on the page where people sign in, under "When Slack is down".`,
  );
  return 0;
}

if (import.meta.main) await run(code);
