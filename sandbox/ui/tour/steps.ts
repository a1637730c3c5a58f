/** How far a practice incident has come, told by what stands in the workspace. */
import { isObject, textOf } from '../../json.ts';
import type { Channel, Message, View } from '../../wire.ts';

/** What the tour has to remember, because nothing in the workspace shows it. */
export type Memory = {
  /** who began it */
  who: string;
  /** channels there were before: the incident's is a new one */
  before: string[];
  /** the incident's, once it is there */
  channel?: string;
  /** the bot was killed right after it had acknowledged this update */
  killedAfter?: string;
};

export type Seen = {
  views: readonly View[];
  channels: ReadonlyMap<string, Channel>;
  openId: string | undefined;
  viewer: string;
  /** of the incident's channel */
  messages: readonly Message[];
};

export const stepNames = ['Declare', 'Look', 'Update', 'Kill', 'Resolve'] as const;

/** 0 to 4 is the step one stands before; 5 is the end. */
export type Step = 0 | 1 | 2 | 3 | 4 | 5;

export function stepOf(memory: Memory, seen: Seen): Step {
  const headline = headlineIn(seen.messages);
  if (!memory.channel) return 0;
  if (!headline || (seen.openId !== memory.channel && !headline.updated)) return 1;
  if (!headline.updated) return 2;
  if (!memory.killedAfter || !says(seen.messages, memory.killedAfter)) return headline.resolved ? 5 : 3;
  return headline.resolved ? 5 : 4;
}

export const isFormOpen = ({ views }: Seen): boolean => views.some(({ callback_id: id }) => id === 'declare');

/** A channel that opened since, with the viewer in it: the bot invites who declared. */
export function newChannel({ before }: Memory, { channels, viewer }: Seen): string | undefined {
  const known = new Set(before);
  return [...channels.values()].find(
    ({ id, kind, members, creator }) =>
      !known.has(id) && (kind === 'public' || kind === 'private') && creator !== viewer && members.includes(viewer),
  )?.id;
}

export const isPractice = ({ channels }: Seen, id: string): boolean =>
  channels.get(id)?.topic.startsWith('Practice') ?? false;

type Headline = { updated: boolean; resolved: boolean };

const isHeadline = ({ bot_id: bot, blocks = [] }: Message): boolean =>
  bot !== undefined && blocks.some(({ type }) => type === 'header');

/** The bot's own message with a header: the one that stays true. */
function headlineIn(messages: readonly Message[]): Headline | undefined {
  const found = messages.find(isHeadline);
  if (!found) return undefined;
  const words = wordsIn(found);
  return { updated: words.includes('*Latest update*'), resolved: words.includes('*Status* Resolved') };
}

function wordsIn({ blocks = [] }: Message): string {
  return blocks.map(({ text }) => (isObject(text) ? (textOf(text.text) ?? '') : '')).join('\n');
}

/** In a message of its own: the headline repeats it. */
const says = (messages: readonly Message[], words: string): boolean =>
  messages.some((message) => !isHeadline(message) && `${message.text}\n${wordsIn(message)}`.includes(words));
