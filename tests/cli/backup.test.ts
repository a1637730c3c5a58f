import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import SqliteFile from 'better-sqlite3';
import { type Database, pathOf } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { backup } from '../../src/cli/backup.ts';
import { restore } from '../../src/cli/restore.ts';
import { openStore } from '../../src/store/store.ts';
import { onSqlite } from '../support/databases.ts';

/** Writes a pair of rows in one transaction. */
const writePair = (database: Database, name: string) =>
  database.transact(async ({ db, t }) => {
    const value = 'x'.repeat(2000);
    await db.insert(t.meta).values({ name: `${name}-a`, value });
    await db.insert(t.meta).values({ name: `${name}-b`, value });
  });

function namesIn(file: string): string[] {
  const database = new SqliteFile(file, { readonly: true });
  const names = database.prepare('select name from meta order by name').pluck().all() as string[];
  database.close();
  return names;
}

async function ran(command: typeof backup, args: string[], url: string) {
  const said: string[] = [];
  const code = await command(args, url, (sentence) => said.push(sentence));
  return { code, said: said.join('\n') };
}

function onlyBackupIn(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  if (!name || others.length > 0) throw new Error(`Expected one file in ${folder}, found ${readdirSync(folder)}`);
  return join(folder, name);
}

onSqlite('a backup', (fresh) => {
  async function aDatabase() {
    const url = await fresh.url();
    const database = await fresh.database(url);
    await migrate(database);
    await writePair(database, 'first');
    return { url, database, file: pathOf(url), folder: join(dirname(pathOf(url)), 'backups') };
  }

  it('holds in doubt what was waiting then, since it was sent after the backup; later plans stay plans', async () => {
    const { url, database, folder } = await aDatabase();
    const effect = { kind: 'slack.post', payload: {}, lane: 'channel', gate: 'chat.postMessage' } as const;
    const tomorrow = new Date(Date.now() + 24 * 60 * 60_000);
    await openStore(database).transact((tx) =>
      tx.outbox.enqueue(
        [
          { ...effect, key: 'due' },
          { ...effect, key: 'planned', runAt: tomorrow },
        ],
        new Date(),
      ),
    );
    await ran(backup, [], url);
    await database.close();
    await ran(restore, [onlyBackupIn(folder)], url);

    const store = openStore(await fresh.database(url));
    const now = new Date();
    const claimed = await store.transact((tx) =>
      tx.outbox.claim({ owner: 'bot', now, leaseNow: now, leaseMs: 1000, limit: 10 }),
    );
    expect(claimed).toMatchObject([{ key: 'due', was: 'unknown', firstSentAt: expect.any(Date) }]);
    expect(await store.read((tx) => tx.outbox.byKey('planned'))).toMatchObject([{ state: 'waiting' }]);
    await store.close();
  });

  it('taken while the bot writes is whole, and restoring it brings that moment back', async () => {
    const { url, database, file, folder } = await aDatabase();
    for (let count = 0; count < 500; count++) await writePair(database, `before-${count}`);
    let writing = true;
    let written = 0;
    const load = (async () => {
      while (writing) {
        await writePair(database, `during-${written++}`);
        await new Promise(setImmediate);
      }
    })();
    expect(await ran(backup, [], url)).toMatchObject({ code: 0, said: expect.stringContaining('is a whole copy') });
    writing = false;
    await load;
    expect(written).toBeGreaterThan(1);

    const copy = onlyBackupIn(folder);
    const names = namesIn(copy);
    expect(names.length).toBeGreaterThanOrEqual(1002);
    expect(names.length % 2).toBe(0);
    expect(statSync(copy).mode & 0o777).toBe(0o600);

    await writePair(database, 'after');
    await database.close();
    const outcome = await ran(restore, [copy], url);
    expect(outcome).toMatchObject({ code: 0, said: expect.stringContaining('before-restore-') });
    expect(namesIn(file)).toEqual(names);
    const kept = outcome.said.match(/\S+before-restore-\S+Z/)?.[0] ?? '';
    expect(namesIn(kept)).toContain('after-b');

    const again = await fresh.database(url);
    await migrate(again);
    await writePair(again, 'goes on');
  });

  it('keeps as many as it is told to', async () => {
    const { url, folder } = await aDatabase();
    await ran(backup, [], url);
    const copy = onlyBackupIn(folder);
    for (const day of ['01', '02', '03']) copyFileSync(copy, join(folder, `tocsin-2020-01-${day}T00-00-00Z.db`));
    writeFileSync(join(folder, 'tocsin-notes.txt'), 'stays');
    await ran(backup, ['--keep', '2'], url);
    const names = readdirSync(folder).toSorted();
    expect(names).toHaveLength(3);
    expect(names).toContain('tocsin-notes.txt');
    expect(names.filter((name) => name < 'tocsin-2020-01-03')).toEqual([]);
  });

  it('says where it looked when there is no database', async () => {
    const { code, said } = await ran(backup, [], 'file:/nowhere/tocsin.db');
    expect({ code, said }).toEqual({
      code: 1,
      said: 'There is no database /nowhere/tocsin.db. Set DATABASE_URL to what the bot uses.',
    });
  });

  it('goes where it is told to', async () => {
    const { url, folder } = await aDatabase();
    const elsewhere = join(folder, 'else', 'where');
    await ran(backup, ['--to', elsewhere], url);
    expect(namesIn(onlyBackupIn(elsewhere))).toEqual(['first-a', 'first-b']);
  });

  it('is not restored under a running bot', async () => {
    const { url, file, folder } = await aDatabase();
    await ran(backup, [], url);
    await expect(ran(restore, [onlyBackupIn(folder)], url)).rejects.toThrow(`Another Tocsin is using ${file}.`);
  });

  it('is not restored when it is damaged, foreign or from a newer Tocsin', async () => {
    const { url, database, file, folder } = await aDatabase();
    await ran(backup, [], url);
    const copy = onlyBackupIn(folder);
    await database.close();
    const before = namesIn(file);

    const bytes = readFileSync(copy);
    const damaged = join(folder, 'damaged.db');
    writeFileSync(damaged, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]));
    await expect(ran(restore, [damaged], url)).rejects.toThrow(`${damaged} is damaged:`);

    const noDatabase = join(folder, 'notes.db');
    writeFileSync(noDatabase, 'buy milk, buy bread, buy butter'.repeat(99));
    await expect(ran(restore, [noDatabase], url)).rejects.toThrow(`${noDatabase} is damaged: file is not a database.`);

    const foreign = join(folder, 'foreign.db');
    new SqliteFile(foreign).exec('create table songs (title text)').close();
    await expect(ran(restore, [foreign], url)).rejects.toThrow(`${foreign} is not a Tocsin database.`);

    const newer = join(folder, 'newer.db');
    copyFileSync(copy, newer);
    new SqliteFile(newer)
      .exec("insert into __drizzle_migrations (hash, created_at) values ('x', 4102444800000)")
      .close();
    await expect(ran(restore, [newer], url)).rejects.toThrow('belongs to a newer Tocsin');

    await expect(ran(restore, ['nowhere.db'], url)).rejects.toThrow('There is no file nowhere.db.');
    expect(namesIn(file)).toEqual(before);
    expect(readdirSync(dirname(file)).filter((name) => /partial|before-restore/.test(name))).toEqual([]);
  });

  it('can be restored where there is no database', async () => {
    const { url, file, folder } = await aDatabase();
    await ran(backup, [], url);
    const elsewhere = join(dirname(file), 'new', 'tocsin.db');
    expect((await ran(restore, [onlyBackupIn(folder)], `file:${elsewhere}`)).code).toBe(0);
    expect(namesIn(elsewhere)).toEqual(['first-a', 'first-b']);
  });

  it('replaces a damaged database and keeps it for a look', async () => {
    const { url, database, file, folder } = await aDatabase();
    await ran(backup, [], url);
    await database.close();
    writeFileSync(file, 'garbage'.repeat(2000));
    const { said } = await ran(restore, [onlyBackupIn(folder)], url);
    expect(readFileSync(said.match(/\S+before-restore-\S+Z/)?.[0] ?? '', 'utf8')).toMatch(/^garbage/);
    expect(namesIn(file)).toEqual(['first-a', 'first-b']);
  });

  it('runs from the shell, and says what went wrong in one sentence', async () => {
    const { url } = await aDatabase();
    const shell = (file: string, args: string[], address: string) =>
      promisify(execFile)(process.execPath, [new URL(`../../src/cli/${file}.ts`, import.meta.url).pathname, ...args], {
        env: { ...process.env, DATABASE_URL: address },
      });
    expect((await shell('backup', [], url)).stdout).toContain('is a whole copy.');
    await expect(shell('restore', ['nowhere.db'], url)).rejects.toMatchObject({
      code: 1,
      stderr: 'There is no file nowhere.db.\n',
    });
  });
});

describe('a backup of Postgres', () => {
  it('is left to its own tools, with the command to run and no password in it', async () => {
    const url = 'postgres://tocsin:secret@db.example/tocsin';
    const saved = await ran(backup, [], url);
    expect(saved).toMatchObject({ code: 2, said: expect.stringContaining('pg_dump --format=custom') });
    const restored = await ran(restore, ['tocsin.dump'], url);
    expect(restored).toMatchObject({ code: 2, said: expect.stringContaining('pg_restore --clean') });
    expect(saved.said + restored.said).not.toContain('secret');
  });
});
