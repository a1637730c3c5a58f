/** Which way imports go, and who may touch the world outside: each rule with what to do about it. */
import { type Import, importsOf, type Source, withoutComments } from './imports.ts';

interface Direction {
  /** The files it is about. */
  of: RegExp;
  forbids: (imported: Import) => boolean;
  fix: string;
}

const featureOf = (file: string) => /^src\/(?:features|integrations)\/([^/]+)\//.exec(file)?.[1];
const isFace = (file: string) => featureOf(file) !== undefined;
const drivers = new Set(['drizzle-orm', 'pg', 'better-sqlite3']);
/** Where queries are, and a command that reads which migrations there are. */
const queries = /^(src\/store\/|src\/cli\/doctor\/database\.ts$)/;
/** Who opens the database, or asks whether a transaction is open. */
const openers = /^(src\/store\/|src\/cli\/|src\/app\.ts$|src\/slack\/clients\.ts$)/;

/** Files of the sandbox that run in a browser as well. */
const shared = new Set(['sandbox/blocks.ts', 'sandbox/json.ts']);

const directions: Direction[] = [
  {
    of: /^src\/incident\//,
    forbids: ({ from, typeOnly }) =>
      !from.startsWith('src/incident/') &&
      from !== 'zod' &&
      // Calendars of all zones, without a clock: as pure as arithmetic.
      from !== 'luxon' &&
      from !== 'src/time.ts' &&
      from !== 'src/lazily.ts' &&
      !(from === 'src/policy.ts' && typeOnly),
    fix: 'The rules of an incident are pure. Pass what they need as an argument; what is to be done outside is a reaction.',
  },
  {
    of: /^src\/(store|slack|outbox|web)\/|^src\/(desk|may|policy|time|ids|lazily|log|inbox)\.ts$/,
    forbids: ({ from }) => isFace(from) || from === 'src/features.ts',
    fix: 'What all features stand on knows none of them. Let the feature add itself (feature.ts), and pass in what is needed.',
  },
  {
    of: /^src\/(store|outbox)\//,
    forbids: ({ from }) => from.startsWith('src/slack/') || from.startsWith('@slack/'),
    fix: 'The store and the outbox know no Slack. Give what is particular to it to an effect in src/slack or in a feature.',
  },
  {
    of: /^src\/(features|integrations)\//,
    forbids: ({ file, from }) => isFace(from) && featureOf(from) !== featureOf(file) && from.endsWith('/slack.ts'),
    fix: 'Features meet through events, not by their listeners. React to what happened, or put what both need into a file of its own.',
  },
  {
    of: /^src\//,
    forbids: ({ file, from }) =>
      (from === 'src/main.ts' || from === 'src/app.ts') && !/^src\/(main|app)\.ts$|^src\/cli\//.test(file),
    fix: 'app.ts puts the parts together and nobody imports it back. Pass the part in as an argument.',
  },
  {
    of: /^(src|db)\//,
    forbids: ({ from }) => from.startsWith('sandbox/') || from.startsWith('tests/') || from.startsWith('bench/'),
    fix: 'The bot must not know that there is a sandbox or a test: they speak Slack’s wire format with one another.',
  },
  {
    of: /^sandbox\//,
    forbids: ({ from }) => from.startsWith('src/') || from.startsWith('db/'),
    fix: 'The sandbox is a program of its own, or what passes in it says nothing about Slack. Write what it needs in sandbox/.',
  },
  {
    of: /^sandbox\/(?!ui\/)/,
    forbids: ({ from }) => from.startsWith('sandbox/ui/'),
    fix: 'The page runs in a browser and the sandbox under Node. What both need is in sandbox/wire.ts or a pure file of its own.',
  },
  {
    of: /^sandbox\/ui\//,
    forbids: ({ from, typeOnly }) =>
      from.startsWith('node:') || (/^sandbox\/(?!ui\/)/.test(from) && !typeOnly && !shared.has(from)),
    fix: 'The page runs in a browser: of the sandbox it may use types, and the files that know nothing of Node.',
  },
  {
    of: /^db\//,
    forbids: ({ from }) => from.startsWith('src/'),
    fix: 'db/ knows tables and engines, not what is kept in them. Move what it needs into db/.',
  },
  {
    of: /^(src|sandbox)\//,
    forbids: ({ file, from }) => drivers.has(from) && !queries.test(file),
    fix: 'Queries are in src/store, written once for both engines. Add one there and call it through the store.',
  },
  {
    of: /^src\//,
    forbids: ({ file, from }) => from.startsWith('db/') && !openers.test(file),
    fix: 'The database is opened in app.ts and in the commands, and queried in src/store. Ask the store.',
  },
];

/** The fix of every import that goes the wrong way, as a sentence. */
export function wrongWays(source: Source): string[] {
  return importsOf(source).flatMap((imported) =>
    directions
      .filter(({ of, forbids }) => of.test(imported.file) && forbids(imported))
      .map(({ fix }) => `${imported.file} imports ${imported.from}. ${fix}`),
  );
}

interface Privilege {
  what: RegExp;
  name: string;
  /** Who may, and why. */
  allowed: Record<string, string>;
  fix: string;
}

export const privileges: Privilege[] = [
  {
    name: 'process.env',
    what: /\bprocess\.env\b/,
    allowed: {
      'src/config.ts': 'the one that reads it',
      'src/cli/run.ts': 'backup and restore need the database’s address and nothing else to be right',
    },
    fix: 'Add a variable to src/config.ts and pass the value on.',
  },
  {
    name: 'the clock',
    what: /\bnew Date\(\)|\bDate\.now\(\)/,
    allowed: {
      'src/time.ts': 'the one that knows the clock',
      'src/ids.ts': 'ids sort by when they were made, whatever the clock of a sandbox says',
      'src/outbox/alarm.ts': 'an alarm rings in real time',
      'src/slack/receiver-http.ts': 'Slack signs with real time',
      'src/slack/skew.ts': 'measures how far our real time is off',
      'src/cli/doctor/slack.ts': 'measures how far our real time is off',
      'src/cli/backup.ts': 'names a file, for people',
      'src/cli/restore.ts': 'names a file, for people',
      'src/web/metrics.ts': 'metrics may be asked for without a bot',
      'db/open-sqlite.ts': 'leases go by real time',
    },
    fix: 'Take `now` as an argument, so that a whole night fits in a test.',
  },
];

export function misuses({ file, text }: Source): string[] {
  const code = withoutComments(text);
  return privileges
    .filter(({ what, allowed }) => what.test(code) && !Object.hasOwn(allowed, file))
    .map(({ name, fix }) => `${file} reads ${name}. ${fix}`);
}
