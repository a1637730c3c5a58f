import { closeSync, openSync } from 'node:fs';
import SqliteFile from 'better-sqlite3';

/**
 * Held by the one bot that writes to a file. The lock is the kernel's: it goes with the process, also after `kill -9`.
 * It is taken on a file of its own, so that reading and backing up the database stay possible.
 */
export function takeWriterLock(file: string): { release(): void } {
  touchPrivately(`${file}.lock`);
  const lock = new SqliteFile(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    throw new Error(`Another Tocsin is using ${file}. Stop it first, or point DATABASE_URL at another file.`);
  }
  return { release: () => lock.close() };
}

/** Makes a file that only its owner can read, unless it is there. */
export function touchPrivately(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}
