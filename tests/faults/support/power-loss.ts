import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { pathOf } from '../../../db/database.ts';
import { type Dice, diceOf } from './dice.ts';
import { quiet } from './quiet.ts';
import type { World } from './world.ts';

/** Something that was acknowledged, and how long the write-ahead log was then. */
interface Mark {
  text: string;
  length: number;
}

/** What a database and its log look like after the power went: the log ends somewhere. */
interface Disk {
  database: string;
  log: Buffer;
  marks: Mark[];
}

/** Somebody declares and posts updates; after each acknowledgement the length of the log is noted. */
async function record(world: World): Promise<Disk> {
  const database = pathOf(world.address);
  const log = `${database}-wal`;
  const before = generation(log);
  const ana = world.slack.as('ana');
  const marks: Mark[] = [];
  const mark = (text: string) => marks.push({ text, length: statSync(log).size });

  await ana.command('/incident', { channel: 'incidents' });
  const view = await ana.waitForView('declare');
  // Mild enough that nobody is paged: PagerDuty would be asked for as long as nobody has taken it.
  await ana.submit({ title: 'powerloss', severity: 'sev4' }, { view: view.id });
  mark('powerloss');
  const { id } = await world.slack.waitForChannel(
    ({ name, memberNames }) => /power/.test(name) && memberNames.includes('ana'),
  );
  for (const text of ['first word', 'second word', 'third word']) {
    const { ok } = await ana.command(`/incident update ${text}`, { channel: id });
    if (ok) mark(text);
  }
  await quiet(world);
  // Once it is folded into the database the log begins anew, and its length says nothing about before.
  if (generation(log) !== before) throw new Error('The log was folded in: record less.');
  return { database, log: readFileSync(log), marks };
}

/** A log that begins anew has another salt. https://sqlite.org/fileformat2.html#walformat */
const generation = (log: string) => readFileSync(log).subarray(16, 24).toString('hex');

const headerLength = 32;
const frameLength = 24 + 4096;

/** Every end of a frame, and some places inside of one. */
function cuts({ log }: Disk, dice: Dice): number[] {
  const frames = Math.floor((log.length - headerLength) / frameLength);
  const ends = Array.from({ length: frames + 1 }, (_, index) => headerLength + index * frameLength);
  return [...ends, ...ends.filter((_, index) => index % 4 === 0).map(() => dice.below(log.length))];
}

/** What is wrong in the images that power losses may leave: something acknowledged is gone, or half of something is there. */
export async function powerLoss(world: World, seed: number): Promise<{ images: number; problems: string[] }> {
  const disk = await record(world);
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-power-'));
  try {
    const lengths = cuts(disk, diceOf(seed));
    return {
      images: lengths.length,
      problems: lengths.flatMap((length) => problemsAt(disk, length, join(folder, 'db'))),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function problemsAt({ database, log, marks }: Disk, length: number, image: string): string[] {
  copyFileSync(database, image);
  writeFileSync(`${image}-wal`, log.subarray(0, length));
  rmSync(`${image}-shm`, { force: true });
  const db = new SqliteFile(image, { readonly: true });
  try {
    const intact = db.pragma('integrity_check', { simple: true });
    // Cut before the tables were made: the bot makes them again.
    if (!db.prepare(`select 1 from sqlite_master where name = 'own_posts'`).get()) return [];
    const texts = db.prepare('select body from record').pluck().all().map(String);
    const lost = marks.filter((mark) => mark.length <= length && !texts.some((text) => text.includes(mark.text)));
    return [
      ...(intact === 'ok' ? [] : [`at ${length}: ${intact}`]),
      ...lost.map(({ text }) => `at ${length}: “${text}” was acknowledged and is gone`),
      ...halves(db).map((half) => `at ${length}: ${half}`),
    ];
  } finally {
    db.close();
  }
}

/** An event, the work that follows from it and the answer to its delivery are there together or not at all. */
function halves(db: SqliteFile.Database): string[] {
  const without = (type: string, key: string) =>
    db
      .prepare(
        `select count(*) from record where type = ? and not exists (select 1 from outbox where key = ${key} || ':' || record.incident)`,
      )
      .pluck()
      .get(type);
  const asked = db.prepare(`select count(*) from record where type in ('declared', 'updatePosted')`).pluck().get();
  const answered = db.prepare('select count(*) from inbox where outcome is not null').pluck().get();
  return [
    ...(Number(answered) < Number(asked) ? ['something was done that would be done again after a restart'] : []),
    ...(without('declared', `'open'`) ? ['an incident without the work that follows'] : []),
    ...(without('updatePosted', `'update-' || json_extract(record.body, '$.number')`)
      ? ['an update without the work that follows']
      : []),
  ];
}
