import { parseArgs } from 'node:util';
import { openDatabase } from '../../db/database.ts';
import { readExportSettings } from '../config.ts';
import { createBrowser } from '../features/export/browser.ts';
import { type Format, filesOf, formats, type Source } from '../features/export/files.ts';
import { writeInto } from '../features/export/folder.ts';
import type { Incident } from '../incident/incident.ts';
import { createLog } from '../log.ts';
import { createPinnedPolicies } from '../pinned-policies.ts';
import { loadPolicy, type Policy } from '../policy.ts';
import { slackWith } from '../slack/clients.ts';
import { namesOf } from '../slack/names.ts';
import { permalink } from '../slack/outside.ts';
import { createPeople } from '../slack/people.ts';
import { openStore, type Store } from '../store/store.ts';
import { realClock } from '../time.ts';
import { run } from './run.ts';

const usage = `npm run export -- <number> [--format md,html,pdf,json | all] [--to folder]

Writes an incident as files while the bot runs; it only reads. The format is md unless you say otherwise; the folder is EXPORT_DIR,
else the one you are in. With SLACK_BOT_TOKEN set, people have names; without, they are ids.`;

/** `npm run export`. Says what it did through `say` and returns the exit code. */
export async function exportCommand(
  args: string[],
  url: string,
  say: (sentence: string) => void,
  settings = readExportSettings(),
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      format: { type: 'string', default: 'md' },
      to: { type: 'string', default: settings.folder ?? '.' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const number = Number(positionals[0]?.replace('#', ''));
  const wanted = readFormats(values.format);
  if (values.help || positionals.length !== 1 || !Number.isInteger(number) || !wanted) {
    say(usage);
    return values.help ? 0 : 1;
  }
  await using store = openStore(await openDatabase(url, { readOnly: true }));
  const incident = await store.read((tx) => tx.incidents.byNumber(number));
  if (!incident) {
    say(`There is no incident #${number} in this database.`);
    return 1;
  }
  if (incident.isPrivate) say(`#${number} is private: give its files to those who are in it and to nobody else.`);
  await using browser = createBrowser(settings);
  const source = { ...(await sourceFor(store, incident, settings, say)), browser };
  for (const format of wanted) {
    const files = await filesOf(incident.id, format, source);
    for (const { note } of files) if (note) say(note);
    const [first, ...images] = await writeInto(values.to, files);
    say(`${first}${images.length > 0 ? ` and ${images.length} images beside it` : ''}`);
  }
  return 0;
}

/** Undefined when one of them is none. */
export function readFormats(text: string): Format[] | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (words.includes('all')) return [...formats];
  const chosen = formats.filter((format) => words.includes(format));
  return words.length > 0 && chosen.length === new Set(words).size ? chosen : undefined;
}

async function sourceFor(
  store: Store,
  incident: Incident,
  { botToken, apiUrl, policyFile }: ReturnType<typeof readExportSettings>,
  say: (sentence: string) => void,
): Promise<Omit<Source, 'browser'>> {
  const { now } = realClock();
  const kept = await store.read((tx) => tx.meta.get('slack'));
  const identity = kept ? JSON.parse(kept) : { url: 'https://app.slack.com/' };
  const log = createLog('silent');
  const slack = botToken && slackWith(botToken.reveal(), { apiUrl, fetch, log });
  return {
    store,
    policy: await policyOf(store, incident, policyFile),
    now: now(),
    names: async (ids) => {
      if (!slack) return new Map();
      const people = createPeople({ slack, team: () => identity.team ?? '', log, now });
      const names = await namesOf(people, ids);
      if (names.size === 0) say('Slack does not say who people are: they stand as ids.');
      return names;
    },
    link: (place) => permalink(identity, place),
    imagesBeside: true,
  };
}

/** The policy the incident began under, with the template of today as everywhere else. */
const policyOf = (store: Store, { policyVersion }: Incident, file: string): Promise<Policy> =>
  store.read((tx) => createPinnedPolicies(loadPolicy(file)).of(tx, policyVersion));

if (import.meta.main) await run(exportCommand);
