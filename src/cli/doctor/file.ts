import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inspectSqlite } from '../../../db/sqlite-inspect.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const megabyte = 1024 * 1024;
/** A quiet year is far below this; a day of a busy channel's events is not. Megabytes. */
const enoughSpace = 1024;
/** SQLite needs room beside the file to fold its log back into it. Megabytes. */
const leastSpace = 100;

/** What can be wrong with a SQLite file and the disk under it. */
export function checkFile(path: string): Finding[] {
  return [...checkSpace(freeSpace(path)), ...(existsSync(path) ? checkUse(inspectSqlite(path)) : [])];
}

/** Megabytes left where the file is, or will be. */
function freeSpace(path: string): number {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / megabyte);
}

export function checkSpace(free: number): Finding[] {
  const says = `The disk of the database has ${free} MB left.`;
  const fix = 'Make room: on a full disk nothing can be stored, and people are told so instead of being helped.';
  if (free < leastSpace) return [problem(says, fix)];
  return [free < enoughSpace ? warning(says, fix) : ok(says)];
}

function checkUse({ journalMode, inUse }: { journalMode: string; inUse: boolean }): Finding[] {
  const journal =
    journalMode === 'wal' || !inUse
      ? []
      : [problem(`Its journal is ${journalMode} instead of wal.`, 'Restart the bot: it sets this when it starts.')];
  return [...journal, ok(inUse ? 'A bot holds it; another would refuse to start.' : 'No bot holds it.')];
}
