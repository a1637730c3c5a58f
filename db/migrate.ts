import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database, Engine } from './database.ts';

/** Beside this file in the repository, beside the bundle in a release. */
export function migrationFolder(engine: Engine): string {
  return fileURLToPath(new URL(`./migrations/${engine}`, import.meta.url));
}

/** Brings the tables up to what this program knows. Safe to run from several replicas at once, and again. */
export async function migrate(database: Database, folder = migrationFolder(database.engine)): Promise<void> {
  await database.migrate(folder, (applied) => refuseUnknown(applied, folder));
}

/** A program that does not know some of a database's migrations would misread what the newer one wrote. */
export function refuseUnknown(applied: number[], folder: string): void {
  const known = new Set(readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis }) => folderMillis));
  const unknown = applied.find((when) => !known.has(when));
  if (unknown === undefined) return;
  throw new Error(
    `The database belongs to a newer Tocsin (it has a migration of ${new Date(unknown).toISOString()} that this one ` +
      'does not know). Start that version again, or restore a backup from before the upgrade.',
  );
}
