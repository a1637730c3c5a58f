import { openDatabase } from '../db/database.ts';
import type { Message } from '../sandbox/wire.ts';
import type { Impact } from '../src/incident/impact.ts';
import type { Incident } from '../src/incident/incident.ts';
import type { Recorded } from '../src/store/record.ts';
import { openStore, type Reader } from '../src/store/store.ts';
import { finalStatus, textsOf } from './plan.ts';
import type { Played } from './play.ts';
import type { World } from './world.ts';

/** What the store holds, read when the bot has ended. */
export interface Kept {
  incidents: { incident: Incident; record: Recorded[] }[];
  /** Effects that failed for good or were never done. */
  left: string[];
}

/** `at`: what is planned for later than that is no leftover. */
export async function readStore(url: string, at: Date): Promise<Kept> {
  await using store = openStore(await openDatabase(url, { readOnly: true }));
  return await store.read(async (tx) => {
    const incidents = [];
    for (const incident of await all(tx)) incidents.push({ incident, record: await tx.record.of(incident.id) });
    const dead = await tx.outbox.dead();
    const undone = await tx.outbox.dueSince(at);
    return {
      incidents,
      left: [
        ...dead.map(({ kind, error }) => `${kind} failed for good: ${error}`),
        ...undone.map(({ since }) => `something due since ${since.toISOString()} is not done`),
      ],
    };
  });
}

async function all(tx: Reader): Promise<Incident[]> {
  const found: Incident[] = [];
  for (let page = await tx.incidents.list(); page.length > 0; ) {
    found.push(...page);
    page = await tx.incidents.list({ before: page.at(-1)?.number ?? 0 });
  }
  return found;
}

/** Where store, Slack and source disagree, one sentence each; empty when they agree in everything. */
export async function disagreements(played: Played[], { incidents, left }: Kept, { slack }: World): Promise<string[]> {
  const channels = (await slack.channels()).filter(({ name }) => name.startsWith('inc-'));
  const announced = await slack.messages('incidents');
  const said: string[] = [
    ...left.map((what) => `the outbox is not empty: ${what}`),
    ...differ('incidents in the store', incidents.length, played.length),
    ...differ('incident channels in Slack', channels.length, played.length),
    ...differ('announcements in #incidents', announced.filter(isByBot).filter(isInTheOpen).length, played.length),
    ...(await slack.violations())
      .filter(byTheBot)
      .map(({ kind, what }) => `a limit of Slack's was hit: ${kind}, ${what}`),
  ];
  const byNumber = new Map(incidents.map((one) => [one.incident.number, one]));
  for (const one of played) {
    const kept = byNumber.get(one.number);
    const problems = kept
      ? [
          ...inStore(one, kept.incident, kept.record),
          ...inChannel(one, kept.incident, await slack.messages(one.channel), await slack.channel(one.channel)),
          ...inAnnouncement(one, kept.incident, announced),
        ]
      : ['it is not in the store'];
    said.push(...problems.map((problem) => `#${one.number} (${one.plan.entry.id}): ${problem}`));
  }
  return said;
}

function inStore({ plan, person, channel }: Played, incident: Incident, record: Recorded[]): string[] {
  const texts = record.flatMap(({ event }) => (event.type === 'updatePosted' ? [event.text] : []));
  const times = record.filter(({ event }) => event.type === 'updatePosted').map(({ at }) => at);
  const planned = plan.steps.filter((step) => step.do === 'update').map(({ at }) => at);
  const last = plan.steps.findLast((step) => step.do === 'resolve');
  return [
    ...differ('title', incident.title, plan.title),
    ...differ('severity', incident.severity, plan.severity),
    ...differ('services', incident.services.join(), plan.services.join()),
    ...differ('status', incident.status, finalStatus(plan)),
    ...differ('channel', incident.channel?.id, channel),
    ...differ('updates counted', incident.updateCount, texts.length),
    ...differ('troubles', incident.troubles.length, 0),
    ...(last ? differ('impact', impactText(incident.impact), impactText(last.impact)) : []),
    ...lists('in the store', texts, textsOf(plan)),
    ...(times.every((at, index) => isSoonAfter(at, planned[index])) ? [] : ['an update was recorded at another time']),
    ...differ('declared by', incident.declaredBy, record[0]?.by),
    ...(person ? [] : ['nobody declared it']),
  ];
}

function inChannel(
  { plan }: Played,
  incident: Incident,
  messages: Message[],
  channel: { topic: string; pins: string[]; bookmarks: unknown[] } | undefined,
): string[] {
  const headlines = messages.filter(({ blocks }) => blocks?.[0]?.type === 'header');
  const updates = messages.filter((message) => isByBot(message) && firstWords(message).startsWith(':mega:'));
  const resolved = messages.filter((message) => /resolved this incident/.test(firstWords(message))).length;
  const isOver = finalStatus(plan) === 'resolved';
  return [
    ...differ('headlines', headlines.length, 1),
    ...differ('the headline’s place', headlines[0]?.ts, incident.headline?.ts),
    ...differ('pins', channel?.pins.join(), incident.headline?.ts),
    ...differ('bookmarks', channel?.bookmarks.length, 1),
    ...differ('messages that it is resolved', resolved, isOver ? 1 : 0),
    ...(shows(headlines[0], finalStatus(plan)) ? [] : ['the headline shows another status']),
    ...(channel?.topic.toLowerCase().includes(` ${finalStatus(plan)} `) ? [] : ['the topic shows another status']),
    ...lists('in the channel', updates.map(textOf), textsOf(plan)),
    ...lists('in the channel’s blocks', updates.map(quoted), textsOf(plan).map(letters)),
  ];
}

function inAnnouncement({ plan }: Played, incident: Incident, announced: Message[]): string[] {
  const at = incident.announcement?.ts;
  const own = announced.filter((message) => message.ts === at);
  const replies = announced.filter(({ thread_ts: thread, ts }) => thread === at && ts !== at);
  return [
    ...differ('announcements', own.length, 1),
    ...(shows(own[0], finalStatus(plan)) ? [] : ['the announcement shows another status']),
    ...lists('under the announcement', replies.map(textOf), textsOf(plan)),
  ];
}

const differ = (what: string, is: unknown, should: unknown): string[] =>
  is === should ? [] : [`${what}: ${String(is)} instead of ${String(should)}`];

/** Compared as ordered lists, word for word. */
function lists(where: string, is: string[], should: string[]): string[] {
  const at = should.findIndex((text, index) => is[index] !== text);
  if (at === -1) return differ(`updates ${where}`, is.length, should.length);
  return [`update ${at + 1} ${where} is “${is[at]?.slice(0, 120)}” instead of “${should[at]?.slice(0, 120)}”`];
}

const isByBot = ({ bot_id: bot, subtype }: Message): boolean => bot !== undefined && subtype === undefined;
const isInTheOpen = ({ ts, thread_ts: thread }: Message): boolean => !thread || thread === ts;

/** Slack stores these three as entities. */
const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
/** In plain text it makes links of bare addresses. */
const textOf = ({ text }: Message): string => plain(text.replace(/<(https?:[^>|]+)>/g, '$1'));

const blockTexts = ({ blocks = [] }: Message): string[] =>
  blocks.map(({ text }) => (text as { text?: string } | undefined)?.text ?? '');
const firstWords = (message: Message): string => blockTexts(message)[0] ?? '';
/** A long update fills several blocks and breaks between words, so their letters are compared. */
const letters = (text: string): string => text.replace(/\s/g, '');
const quoted = (message: Message): string =>
  letters(plain(blockTexts(message).slice(1).join('\n').replace(/^> /gm, '')));

const shows = (message: Message | undefined, status: string): boolean =>
  message !== undefined && JSON.stringify(message.blocks).toLowerCase().includes(status);

function impactText(impact: Impact): string {
  if (impact.felt !== 'yes') return impact.felt;
  return `yes, ${impact.started?.toISOString() ?? 'unknown'} to ${impact.ended?.toISOString() ?? 'unknown'}`;
}

/** The clock was wound to the time of the entry, and playing takes a moment. Milliseconds. */
const moment = 60_000;
const isSoonAfter = (at: Date, planned: Date | undefined): boolean =>
  planned !== undefined && at >= planned && at.getTime() - planned.getTime() < moment;

/**
 * Limits that say something about the bot. Not a 429, which it waits out and then posts: years pass in minutes here. Nor an address that
 * was over when a confirmation reached it, because the clock was wound by hours meanwhile.
 */
const byTheBot = ({ kind, what }: { kind: string; what: string }) =>
  kind !== 'ratelimited' && !what.endsWith('expired_url');
