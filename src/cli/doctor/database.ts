import { existsSync } from 'node:fs';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import * as z from 'zod';
import { openDatabase, pathOf } from '../../../db/database.ts';
import { migrationFolder, refuseUnknown } from '../../../db/migrate.ts';
import { openStore, type Store } from '../../store/store.ts';
import { checkFile } from './file.ts';
import { type Finding, ok, problem, sentence, warning } from './finding.ts';

/** Reads the database and leaves it as it is; a bot may be using it. `team`: the workspace of the token. */
export async function checkDatabase(url: string, team: string | undefined): Promise<Finding[]> {
  const name = url.startsWith('file:') ? pathOf(url) : 'PostgreSQL';
  if (url.startsWith('file:') && !existsSync(name))
    return [ok(`There is no database at ${name} yet; the first start makes it.`), ...checkFile(name)];
  try {
    await using database = await openDatabase(url, { readOnly: true });
    const folder = migrationFolder(database.engine);
    const applied = await database.applied();
    refuseUnknown(applied, folder);
    const missing = readMigrationFiles({ migrationsFolder: folder }).length - applied.length;
    if (applied.length === 0) return [ok(`${name} opens and is empty; the first start fills it.`)];
    const store = openStore(database);
    return [
      ok(`The database (${name}) opens.`),
      ...(database.engine === 'sqlite' ? checkFile(name) : []),
      ...(missing > 0
        ? [warning(`It lacks ${missing} migrations.`, 'The next start applies them. Back up before: npm run backup.')]
        : [...(await checkTeam(store, team)), ...(await checkOutbox(store))]),
    ];
  } catch (error) {
    const fix =
      'Check DATABASE_URL, the rights on the file or the server, and docs/operations.md on restoring a backup.';
    return [problem(`The database (${name}) cannot be used: ${sentence(error)}`, fix)];
  }
}

const Stamp = z.object({ team: z.string(), url: z.string() });

async function checkTeam(store: Store, team: string | undefined): Promise<Finding[]> {
  const text = await store.read((tx) => tx.meta.get('slack'));
  if (!text || !team) return [];
  const stamp = Stamp.parse(JSON.parse(text));
  if (stamp.team === team) return [ok('It belongs to this workspace.')];
  const fix = 'Point DATABASE_URL at another database, or use the token of that workspace.';
  return [problem(`It belongs to another workspace: ${stamp.url}`, fix)];
}

async function checkOutbox(store: Store): Promise<Finding[]> {
  const dead = await store.read((tx) => tx.outbox.dead());
  if (dead.length === 0) return [];
  const kinds = [...new Set(dead.map(({ kind, error }) => `${kind} (${error})`))].slice(0, 5).join(', ');
  const fix = 'Put right what is named, then press "Try again" in the channel of the incident.';
  return [warning(`${dead.length} pieces of work have failed for good: ${kinds}.`, fix)];
}
