import type {
  ActionsBlockElement,
  Button,
  ContextBlock,
  InputBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { lazily } from '../lazily.ts';

/** What a view gives: `text` is what notifications and screen readers get. */
export interface Message {
  text: string;
  blocks?: KnownBlock[];
}

/** Direction marks and invisible characters: they can make a title read as something else. */
const invisible = /[[\p{Cc}--[\n\t]]\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gv;

/** Text of people's without what cannot be seen: it reads as it is stored. */
export const visible = (text: string): string => text.replace(invisible, '');

/** Text of people's, made safe for mrkdwn: it can mention nobody and link nowhere. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escape(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export const plain = (text: string, max = 3000): PlainTextElement => ({
  type: 'plain_text',
  text: cut(visible(text), max) || ' ',
  emoji: true,
});

/** `text` is trusted mrkdwn: whatever people wrote in it went through `escape`. Verbatim: Slack turns nothing in it into a link or a mention. */
export const mrkdwn = (text: string): MrkdwnElement => ({
  type: 'mrkdwn',
  text: cutMarkup(text, 3000),
  verbatim: true,
});

export const section = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text) });
export const context = (text: string): ContextBlock => ({ type: 'context', elements: [mrkdwn(text)] });
export const header = (text: string): KnownBlock => ({ type: 'header', text: plain(text, 150) });
export const divider: KnownBlock = { type: 'divider' };
export const actions = (blockId: string, elements: ActionsBlockElement[]): KnownBlock => ({
  type: 'actions',
  block_id: blockId,
  elements,
});

export const button = (actionId: string, text: string, value: string, style?: 'primary' | 'danger'): Button => ({
  type: 'button',
  action_id: actionId,
  text: plain(text, 75),
  // Slack takes no empty value.
  ...(value && { value: value.slice(0, 2000).toWellFormed() }),
  ...(style && { style }),
});

export const option = (value: string, text: string, description?: string): PlainTextOption => ({
  value,
  text: plain(text, 75),
  ...(description && { description: plain(description, 75) }),
});

/** An input whose name is both block and action, so that a submission reads as `{ [name]: value }` (form.ts). */
export function field(
  name: string,
  label: string,
  element: InputBlock['element'],
  { optional = false, hint, dispatch = false }: { optional?: boolean; hint?: string; dispatch?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plain(label, 2000),
    element: { ...element, action_id: name } as InputBlock['element'],
    optional,
    ...(hint && { hint: plain(hint, 2000) }),
    ...(dispatch && { dispatch_action: true }),
  };
}

/** A moment in the reader's own zone. https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function time(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${at.toISOString().slice(0, 16).replace('T', ' ')} UTC>`;
}

/** As a date-time picker takes it. */
export const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** "1 h 17 min": the two largest units that count. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ];
  const from = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(from, from + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Cuts by characters as people count them, so that no emoji is halved. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of graphemes().segment(text)) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Cuts mrkdwn, which may end in the middle of a date or an entity: half of one is left out. */
export function cutMarkup(text: string, max: number): string {
  return text.length <= max ? text : cut(text, max).replace(/(<[^>]*|&[a-z]*)…$/, '…');
}

const graphemes = lazily(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));
