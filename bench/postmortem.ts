import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { readDocument } from '../src/features/postmortem/read.ts';
import { loadPolicy } from '../src/policy.ts';
import { openStore } from '../src/store/store.ts';
import { aBusyIncident, busy, names } from './support/busy.ts';
import { type Figure, ms, p99, spread } from './support/figures.ts';

const rounds = 50;
/** Milliseconds from the database to Markdown. */
const limit = 300;

const policy = loadPolicy('config/tocsin.yml');

/** How long somebody waits for the postmortem of a long day: each time everything is read and put together anew. */
export async function postmortem(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-postmortem-'));
  try {
    await using database = await openDatabase(`file:${join(folder, 'tocsin.db')}`);
    await migrate(database);
    const store = openStore(database);
    const incident = await aBusyIncident(store);
    const link = ({ channel, ts }: { channel: string; ts: string }) => `https://example.slack.com/${channel}/${ts}`;
    const took: number[] = [];
    let first = Number.NaN;
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      const { sections } = await store.read((tx) =>
        readDocument(tx, incident, { names, policy, now: new Date(), link }),
      );
      const text = sections.map(({ title, markdown }) => `## ${title}\n\n${markdown}\n`).join('\n');
      const time = performance.now() - started;
      if (round === 0) first = time;
      took.push(time);
      expectWhole(text);
    }
    const measured = `first ${ms(first)}, ${spread(took)}${p99(took) > limit ? ` (above ${ms(limit)})` : ''}`;
    const size = `${busy.messages.toLocaleString('en')} messages, ${busy.entries} entries, ${busy.images} images`;
    return [{ what: `a postmortem to Markdown, ${size}`, atLeast: `p99 ≤ ${limit} ms`, measured, n: rounds }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function expectWhole(text: string): void {
  const entries = text.match(/^- \*\*\d\d:\d\d\*\*/gm)?.length ?? 0;
  const images = text.match(/!\[/g)?.length ?? 0;
  if (entries < busy.entries || images !== busy.images)
    throw new Error(`the postmortem has ${entries} entries and ${images} images`);
}
