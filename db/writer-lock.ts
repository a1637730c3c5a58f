import { closeSync, existsSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import SqliteFile from 'better-sqlite3';

/**
 * Held by the one bot that writes to a file. The lock is the kernel's: it goes with the process, also after `kill -9`.
 * It is taken on a file of its own, so that reading and backing up the database stay possible.
 */
export function takeWriterLock(path: string): { release(): void } {
  const file = `${realFile(path)}.lock`;
  touchPrivately(file);
  const lock = new SqliteFile(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    throw new Error(`Another Tocsin is using ${path}. Stop it first, or point DATABASE_URL at another file.`);
  }
  return { release: () => lock.close() };
}

/** The same name for one file, whichever way somebody got to it; the file itself need not exist yet. */
export function realFile(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

/** Makes a file that only its owner can read, unless it is there. */
export function touchPrivately(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}
