import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { driverError } from './errors.ts';
import { migrationFolder, refuseUnknown } from './migrate.ts';
import { realFile, takeWriterLock, touchPrivately } from './writer-lock.ts';

/** Copies a database while it is in use. `to` appears complete and checked, or not at all. */
export async function copyWhileInUse(from: string, to: string): Promise<void> {
  await placing(to, async (temporary) => {
    const source = new SqliteFile(from, { readonly: true, fileMustExist: true, timeout: 5000 });
    try {
      // One snapshot for the whole copy. Without it, every commit of the bot makes SQLite begin anew.
      source.exec('begin');
      source.prepare('select count(*) from sqlite_master').get();
      await source.backup(temporary);
    } finally {
      source.close();
    }
    check(temporary, 'The copy');
  });
}

/** Puts a backup in the place of a database that no bot is using; returns where the old one is kept. */
export async function putBack(backup: string, file: string, now: Date): Promise<string | undefined> {
  if (!existsSync(backup)) throw new Error(`There is no file ${backup}.`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = takeWriterLock(file);
  try {
    const aside = existsSync(file) ? `${file}.before-restore-${stamp(now)}` : undefined;
    await placing(realFile(file), async (temporary) => {
      copyFileSync(backup, temporary);
      check(temporary, backup);
      doubtWhatWasDue(temporary, now);
      if (aside) keepAside(realFile(file), aside);
    });
    return aside;
  } finally {
    lock.release();
  }
}

/**
 * What was waiting to be sent when the backup was taken has been sent since. The rows keep their ids, by which the bot finds what
 * arrived: it looks first and sends only what is not there. Work planned for later stays planned.
 */
function doubtWhatWasDue(file: string, now: Date): void {
  const copy = new SqliteFile(file);
  copy
    .prepare(
      `update outbox set state = 'unknown', attempts = max(attempts, 1), fence = fence + 1, owner = null, lease_until = null,
         first_sent_at = coalesce(first_sent_at, created_at), last_sent_at = coalesce(last_sent_at, created_at)
       where state in ('waiting', 'running') and run_at <= ?`,
    )
    .run(now.getTime());
  copy.close();
}

/** For file names: `2026-03-01T02-00-00Z`. */
export const stamp = (time: Date) =>
  time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

/** Lets `make` write a temporary file, then moves it into place in one step that survives a power cut. */
async function placing(file: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${file}.partial`;
  rmSync(temporary, { force: true });
  try {
    touchPrivately(temporary);
    await make(temporary);
    sync(temporary);
    renameSync(temporary, file);
    sync(dirname(file));
  } finally {
    rmSync(temporary, { force: true });
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Throws unless the file is a whole Tocsin database that this program understands. Leaves it a single file. */
function check(file: string, name: string): void {
  const copy = new SqliteFile(file);
  try {
    const problem = damage(copy);
    if (problem) throw new Error(`${name} is damaged: ${problem}.`);
    if (!copy.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get()) {
      throw new Error(`${name} is not a Tocsin database.`);
    }
    const applied = copy.prepare('select created_at from __drizzle_migrations').pluck().all();
    refuseUnknown(applied.map(Number), migrationFolder('sqlite'));
  } finally {
    copy.close();
  }
}

function damage(copy: SqliteFile.Database): string | undefined {
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('integrity_check(1)', { simple: true });
    return found === 'ok' ? undefined : String(found);
  } catch (error) {
    return driverError(error)?.message ?? String(error);
  }
}

/** What is only in the side files (-wal) must not be read into the restored database; it belongs to the old one. */
function keepAside(file: string, aside: string): void {
  foldIn(file);
  copyFileSync(file, aside);
  sync(aside);
  for (const side of ['-wal', '-shm']) if (existsSync(file + side)) renameSync(file + side, aside + side);
}

function foldIn(file: string): void {
  try {
    const old = new SqliteFile(file);
    old.pragma('wal_checkpoint(TRUNCATE)');
    old.close();
  } catch {
    // It is damaged, which may be why somebody restores: it is kept as it is, side files and all.
  }
}
