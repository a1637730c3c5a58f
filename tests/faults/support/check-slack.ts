import type { Channel, Message } from '../../../sandbox/wire.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import { isAccepted, type Page } from '../../../src/incident/page.ts';
import type { Kept } from './kept.ts';
import type { World } from './world.ts';

interface Snapshot {
  channels: Channel[];
  /** Everything in the updates channel. */
  updates: Message[];
}

/** What Slack shows of an incident against what the store says of it. */
export async function problemsInSlack({ slack }: World, { incident, record }: Kept, all: Snapshot): Promise<string[]> {
  const name = `#${incident.number}`;
  const rooms = all.channels.filter(
    (channel) => channel.name.startsWith(`inc-${incident.number}-`) && !channel.archived,
  );
  const [room] = rooms;
  if (!room || rooms.length > 1) return [`${name} has ${rooms.length} channels`];
  const said = (await slack.messages(room.id)).filter(({ bot_id: bot }) => bot);
  const told = all.updates.filter(({ bot_id: bot, ts, thread_ts: thread }) => bot && isAbout(incident, ts, thread));
  const updates = record.flatMap(({ event }) => (event.type === 'updatePosted' ? [escaped(String(event.text))] : []));
  const notes = record.filter(({ event }) => ['statusChanged', 'severityChanged', 'resolved'].includes(event.type));
  return [
    ...(incident.channel?.id === room.id ? [] : [`${name} does not know its channel ${room.name}`]),
    ...(room.members.includes(incident.declaredBy) ? [] : [`the declarer of ${name} is not in its channel`]),
    ...exactly(1, `headline of ${name}`, said.filter(isHeadline)),
    ...exactly(1, `announcement of ${name}`, announcements(incident, all.updates)),
    ...sequence(`updates in the channel of ${name}`, said, updates),
    ...sequence(`updates under the announcement of ${name}`, told, updates),
    ...notes.flatMap(({ event }) => exactly(1, `note of ${name}: ${event.type}`, notesOf(said, event))),
    ...finalState(incident, room, said),
    ...incident.pages.flatMap((page) => cards(incident, page, said)),
    ...(await progress(slack, incident)),
  ];
}

const isHeadline = ({ blocks, text }: Message) => blocks?.[0]?.type === 'header' && text.includes('#');

const isAbout = ({ announcement }: Incident, ts: string, thread?: string) =>
  announcement !== undefined && ts !== announcement.ts && thread === announcement.ts;

/** A message that has replies names itself as its thread. */
const announcements = (incident: Incident, messages: Message[]) =>
  messages.filter(
    ({ bot_id: bot, ts, thread_ts: thread, text }) =>
      bot && (thread ?? ts) === ts && text.includes(` #${incident.number} `),
  );

const exactly = (count: number, what: string, found: unknown[]) =>
  found.length === count ? [] : [`${found.length} instead of ${count}: ${what}`];

/** Exactly these texts, in this order, among everything said. */
function sequence(what: string, said: Message[], wanted: string[]): string[] {
  const shown = said.map(({ text }) => text).filter((text) => wanted.includes(text));
  return JSON.stringify(shown) === JSON.stringify(wanted)
    ? []
    : [`${what} are ${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}`];
}

/** What Slack keeps of a text that mentions nobody and links nowhere. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function notesOf(said: Message[], event: Record<string, unknown>): Message[] {
  const word = String(event.note || event.reason);
  return said.filter((message) => !isHeadline(message) && JSON.stringify(message.blocks ?? []).includes(word));
}

function finalState(incident: Incident, room: Channel, said: Message[]): string[] {
  const severity = incident.severity.toUpperCase();
  const status = incident.status.charAt(0).toUpperCase() + incident.status.slice(1);
  const headline = JSON.stringify(said.find(isHeadline)?.blocks ?? []);
  const missing = [
    `*Status* ${status}`,
    `*Severity* ${severity}`,
    incident.latestUpdate?.text.split(' ')[0] ?? '',
  ].filter((words) => !headline.includes(words));
  return [
    ...missing.map((words) => `the headline of #${incident.number} does not show “${words}”`),
    ...exactly(1, `pin in ${room.name}`, room.pins),
    ...exactly(1, `bookmark in ${room.name}`, room.bookmarks),
    ...(room.topic.startsWith(`${severity} · ${status} · `) ? [] : [`the topic of ${room.name} is “${room.topic}”`]),
  ];
}

/** In the thread of the headline: each page once, with what came of it. */
function cards(incident: Incident, page: Page, said: Message[]): string[] {
  const name = `page ${page.number} of #${incident.number}`;
  const found = said.filter(({ ts }) => ts === page.card?.ts);
  const shown = JSON.stringify(found[0]?.blocks ?? []);
  const words = [
    ...(isAccepted(page) ? ['Accepted by PagerDuty'] : []),
    page.takers.length > 0 ? 'had it' : 'over',
    page.why,
    ...page.notes.slice(-3).map(({ text }) => text),
  ];
  return [
    ...exactly(1, `message about ${name} in the thread`, found),
    ...words.filter((word) => !shown.includes(word)).map((word) => `the message about ${name} does not say “${word}”`),
  ];
}

/** The confirmation is one message that edits itself; it may be lost with a kill, it may not come twice. */
async function progress(slack: World['slack'], incident: Incident): Promise<string[]> {
  const people = await slack.people();
  const declarer = people.find(({ id }) => id === incident.declaredBy);
  if (!declarer) return [`nobody declared #${incident.number}`];
  const seen = await slack.as(declarer.name).sees('incidents');
  const shown = seen.filter(
    ({ ephemeralFor, text }) => ephemeralFor && text.startsWith(`#${incident.number} is declared`),
  );
  return shown.length <= 1 ? [] : [`${shown.length} confirmations of #${incident.number}`];
}
