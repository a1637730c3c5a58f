import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../db/database.ts';
import type { Channel, LedgerEntry } from '../sandbox/wire.ts';
import { openStore } from '../src/store/store.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, median, ms, spread } from './support/figures.ts';
import { lifeOf } from './support/life.ts';
import { openStand, type Stand } from './support/stand.ts';

const active = 50;
const past = 10_000;
const rounds = 20;
/** What each call to Slack takes. Milliseconds. */
const latency = 100;
const limit = 30;

/** From the command or the press leaving Slack to what the person sees first, where 50 incidents run and 10,000 are over. */
export async function answers(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy, latency);
  await stand.bot.kill();
  await fill(stand);
  await stand.bot.start();
  const ana = stand.slack.as('ana');
  for (let count = 0; count < active; count++) await submit(ana, await openForm(ana));
  const room = await untilFurnished(stand);

  const acts: Record<string, { act(): Promise<{ ackMs?: number }>; sees: 'ack' | 'views.open' }> = {
    '/incident (the tray)': { act: () => ana.command('/incident', { channel: room.id }), sees: 'ack' },
    '/incident list': { act: () => ana.command('/incident list', { channel: 'general' }), sees: 'ack' },
    '/incident find': { act: () => ana.command('/incident find checkout', { channel: 'general' }), sees: 'ack' },
    '/incident catchup': { act: () => ana.command('/incident catchup', { channel: room.id }), sees: 'ack' },
    '/incident task': { act: () => ana.command('/incident task', { channel: room.id }), sees: 'ack' },
    '/incident update (form)': { act: () => ana.command('/incident update', { channel: room.id }), sees: 'views.open' },
    'Change severity (press)': {
      act: () => ana.press({ actionId: 'open-severity' }, { channel: room.id }),
      sees: 'views.open',
    },
  };
  const figures: Figure[] = [];
  for (const [what, { act, sees }] of Object.entries(acts)) {
    const took: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const since = (await stand.slack.ledger()).at(-1)?.seq ?? 0;
      const { ackMs = Number.NaN } = await act();
      took.push(sees === 'ack' ? ackMs : await untilOpened(stand, since));
      await ana.close({ all: true }).catch(() => undefined);
    }
    const most = sees === 'ack' ? limit : limit + latency;
    figures.push({
      what: `${what}, ${active} incidents open and ${past.toLocaleString('en')} over, ${latency} ms per call`,
      atLeast: sees === 'ack' ? `median ≤ ${limit} ms` : `median ≤ ${limit} ms and one call`,
      measured: `${spread(took)}${median(took) > most ? ` (above ${ms(most)})` : ''}`,
      n: took.length,
    });
  }
  return figures;
}

/** Incidents of the past, by the program's own writes, while no bot runs. */
async function fill({ databaseUrl }: Stand): Promise<void> {
  await using database = await openDatabase(databaseUrl);
  const store = openStore(database);
  const size = { incidents: past, events: 50, open: 0, people: 500 };
  for (let first = 1; first <= past; first += 250)
    await store.transact(async (tx) => {
      for (let number = first; number < first + 250; number++) {
        await tx.incidents.takeNumber();
        const { incident, events, at } = lifeOf(number, size);
        await tx.incidents.save(incident, undefined, events, { by: incident.declaredBy, at });
      }
    });
}

async function untilFurnished({ slack }: Stand): Promise<Channel> {
  const mine = async () => (await slack.channels()).filter(({ name }) => name.startsWith('inc-'));
  while ((await mine()).length < active) await sleep(500);
  // Headlines, topics, pins and bookmarks.
  await sleep(10_000);
  const room = (await mine()).at(-1);
  if (!room) throw new Error('no channel');
  return room;
}

const isOpening = (entry: LedgerEntry) => entry.kind === 'call' && entry.method === 'views.open';

/** From the delivery to the end of the call that opens the form. */
async function untilOpened({ slack }: Stand, since: number): Promise<number> {
  for (;;) {
    const entries = await slack.ledger({ since });
    const asked = entries.find(({ kind }) => kind === 'delivery');
    const opened = entries.find(isOpening);
    if (asked && opened?.kind === 'call') return opened.at + opened.ms - asked.at;
    await sleep(5);
  }
}
