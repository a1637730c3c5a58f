import { existsSync } from 'node:fs';
import SqliteFile from 'better-sqlite3';
import { realFile } from './writer-lock.ts';

/** Looks at a database file without changing it; a bot may be using it. */
export function inspectSqlite(path: string): { journalMode: string; inUse: boolean } {
  return { journalMode: journalModeOf(path), inUse: isHeld(`${realFile(path)}.lock`) };
}

function journalModeOf(path: string): string {
  const connection = new SqliteFile(path, { readonly: true });
  try {
    return String(connection.pragma('journal_mode', { simple: true }));
  } finally {
    connection.close();
  }
}

/** Whoever holds the lock exclusively keeps even readers out. */
function isHeld(lock: string): boolean {
  if (!existsSync(lock)) return false;
  const connection = new SqliteFile(lock, { readonly: true, timeout: 0 });
  try {
    connection.prepare('select count(*) from sqlite_master').get();
    return false;
  } catch {
    return true;
  } finally {
    connection.close();
  }
}
