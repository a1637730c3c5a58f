import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../src/store/store.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { type Figure, ms } from './support/figures.ts';
import { openStand, type Stand } from './support/stand.ts';

const perSecond = 1_000;
const seconds = 30;
const missed = 10_000;
/** Slack's largest page. */
const onPage = 999;
/** Real milliseconds after which what has not come is lost. */
const longest = 120_000;

/** What is said in the channel of an incident, as it comes and from the history: whether all of it is in the record, in order. */
export async function capture(copy: Copy): Promise<Figure[]> {
  return [...(await live(copy)), ...(await byHistory(copy))];
}

async function anIncident({ slack }: Stand): Promise<string> {
  const ana = slack.as('ana');
  await ana.command('/incident', { channel: 'incidents' });
  const form = await ana.waitForView();
  await ana.submit({ title: 'Checkout is failing' }, { view: form.id });
  const { id } = await slack.waitForChannel(/checkout/);
  await slack.waitForMessage(id, /Checkout/);
  await sleep(2_000);
  return id;
}

/** The burst's messages, in the order in which the record is read. */
async function kept(stand: Stand): Promise<string[]> {
  await using store = openStore(await stand.database());
  const texts: string[] = [];
  await store.read(async (tx) => {
    const [incident] = await tx.incidents.list();
    for (let after = ''; ; ) {
      const page = await tx.messages.of(incident?.id ?? '', { after, limit: 5_000 });
      texts.push(...page.flatMap(({ text }) => (text.startsWith('burst ') ? [text] : [])));
      const last = page.at(-1)?.ts;
      if (last === undefined) return;
      after = last;
    }
  });
  return texts;
}

/** How many stand elsewhere than in Slack, which lists them as they were sent. */
async function outOfOrder({ slack }: Stand, channel: string, texts: string[]): Promise<number> {
  const said = (await slack.messages(channel)).filter(({ text }) => text.startsWith('burst '));
  return said.filter(({ text }, index) => text !== texts[index]).length;
}

async function live(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy);
  const channel = await anIncident(stand);
  const count = perSecond * seconds;
  const result = await stand.slack.burst({ count, channel, perSecond, inFlight: 400 });
  const texts = await kept(stand);
  const different = new Set(texts).size;
  const moved = await outOfOrder(stand, channel, texts);
  return [
    {
      what: 'messages into the record, each before its acknowledgement, SQLite FULL, 2 cores',
      atLeast: `${perSecond} per second for ${seconds} s, none lost, order kept`,
      measured: `${result.perSecond} per second for ${result.seconds.toFixed(0)} s, ${count - different} lost, ${texts.length - different} doubled, ${moved} out of order, p99 ${ms(result.latency.p99)}`,
      n: count,
    },
  ];
}

async function byHistory(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy);
  const { slack, bot } = stand;
  const channel = await anIncident(stand);
  await bot.kill();
  await slack.burst({ count: missed, channel, inFlight: 400 });
  await slack.clock.forward({ hours: 1 });
  const since = (await slack.ledger()).length;
  const began = performance.now();
  await bot.start();
  while ((await kept(stand)).length < missed && performance.now() - began < longest) await sleep(100);
  const took = performance.now() - began;
  while (await isReading(stand, channel)) await sleep(100);
  const calls = (await slack.ledger()).slice(since).filter((one) => one.kind === 'call');
  const asked = (method: string) => calls.filter((one) => one.method === `conversations.${method}`).length;
  const texts = await kept(stand);
  const moved = await outOfOrder(stand, channel, texts);
  const surface = (await slack.messages(channel)).filter(({ thread_ts: thread, ts }) => !thread || thread === ts);
  const threads = surface.filter(({ reply_count: replies = 0 }) => replies > 0).length;
  const fewest = Math.ceil(surface.length / onPage);
  return [
    {
      what: `${missed.toLocaleString('en')} messages that were said without the bot, from its start on`,
      atLeast: `${fewest} calls for pages of ${onPage} and ${threads} for threads, none lost, order kept`,
      measured: `${asked('history')} calls for pages and ${asked('replies')} for threads, ${(took / 1000).toFixed(1)} s, ${missed - new Set(texts).size} lost, ${moved} out of order`,
      n: missed,
    },
  ];
}

async function isReading(stand: Stand, channel: string): Promise<boolean> {
  await using store = openStore(await stand.database());
  return store.read(async (tx) => (await tx.captures.of(channel))?.gaps.reading !== undefined);
}
