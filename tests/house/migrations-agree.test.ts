import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A copy of `db/` in which migrations can be generated without touching ours; `change` edits its schema. */
function copyOfDb(change = (schema: string) => schema): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-migrations-'));
  folders.push(folder);
  cpSync('db', join(folder, 'db'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const schema = join(folder, 'db/schema.ts');
  writeFileSync(schema, change(readFileSync(schema, 'utf8')));
  return folder;
}

const migrationsIn = (folder: string, engine: string) =>
  readdirSync(join(folder, 'db/migrations', engine), { recursive: true, encoding: 'utf8' }).toSorted();

/** What `npm run db:generate` would add. */
function generated(engine: string, folder: string): string[] {
  const before = new Set(migrationsIn(folder, engine));
  execFileSync(
    process.execPath,
    ['node_modules/drizzle-kit/bin.cjs', 'generate', '--config', `db/${engine}.config.ts`],
    {
      cwd: folder,
      stdio: 'pipe',
      timeout: 60_000,
    },
  );
  return migrationsIn(folder, engine).filter((name) => !before.has(name) && name.endsWith('.sql'));
}

describe.each(['sqlite', 'pg'])(
  'the migrations for %s',
  (engine) => {
    it('make what the schema says', () => {
      const missing = generated(engine, copyOfDb());
      if (missing.length > 0) {
        throw new Error(
          `db/schema.ts has changed since the last migration: run \`npm run db:generate\` and commit both.`,
        );
      }
    });

    it('are found to be behind when a column is added', () => {
      const withColumn = (schema: string) => schema.replace("text('owner'),", "text('owner'), extra: text('extra'),");
      expect(generated(engine, copyOfDb(withColumn))).toHaveLength(1);
    });
  },
  60_000,
);

it('both engines have the same migrations', () => {
  const [sqlite, pg] = ['sqlite', 'pg'].map((engine) =>
    migrationsIn('.', engine).filter((name) => name.endsWith('.sql')),
  );
  const numbers = (names: string[] = []) => names.map((name) => name.slice(0, 4));
  expect(numbers(pg)).toEqual(numbers(sqlite));
});
