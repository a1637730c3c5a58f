import type { KnownBlock } from '@slack/types';
import type { Place } from '../../incident/incident.ts';
import { wordsAsked } from '../../incident/words.ts';
import { context, cut, escape, section, time } from '../../slack/blocks.ts';
import { readable } from '../../slack/text.ts';
import type { Message } from '../../store/messages.ts';
import type { Reader } from '../../store/store.ts';

const mostShown = 5;

/** Of the incident in whose channel somebody asks, the newest messages with the words. */
export async function saidHere(tx: Reader, channel: string | undefined, text: string): Promise<Message[]> {
  const here = channel && (await tx.incidents.byChannel(channel));
  if (!here) return [];
  return tx.messages.search({ words: wordsAsked(text), incident: here.id, sight: 'all', limit: mostShown });
}

export function saidHereBlocks(messages: readonly Message[], linkOf: (place: Place) => string): KnownBlock[] {
  if (messages.length === 0) return [];
  const lines = messages.map((message) => {
    const said = escape(cut(readable(message.text).replace(/\s+/g, ' '), 200)) || 'a file';
    return context(`${time(new Date(Number(message.ts) * 1000))}: ${said} · <${linkOf(message)}|Show>`);
  });
  return [section('*Said in this channel, newest first*'), ...lines];
}
