import * as z from 'zod';
import type { Place } from '../../incident/incident.ts';
import { isByMachine, isTombstone, SlackMessage, textOf, timeOf, toMessage } from '../../slack/said.ts';
import { type Mark, pinned } from '../../store/marks.ts';
import type { Edit, Message } from '../../store/messages.ts';

/** What an event of Slack's tells of a channel. */
export type Told =
  | { what: 'said'; message: Message }
  | { what: 'edited'; edit: Edit }
  | { what: 'deleted'; message: Message; at: Date }
  | { what: 'marked' | 'unmarked'; mark: Mark }
  | { what: 'unpinned'; place: Place; at: Date };

const Said = z.object({
  type: z.literal('message'),
  channel: z.string(),
  ts: z.string(),
  hidden: z.boolean().optional(),
});
const Changed = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  channel: z.string(),
  event_ts: z.string(),
  message: SlackMessage,
  previous_message: SlackMessage.optional().catch(undefined),
});
const Deleted = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_deleted'),
  channel: z.string(),
  deleted_ts: z.string(),
  event_ts: z.string(),
  previous_message: SlackMessage.optional().catch(undefined),
});
const Reacted = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  reaction: z.string(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  event_ts: z.string(),
});
const Pinned = z.object({
  type: z.enum(['pin_added', 'pin_removed']),
  user: z.string(),
  channel_id: z.string(),
  item: z.object({ message: z.object({ ts: z.string() }) }),
  event_ts: z.string(),
});

/** Slack says these besides, for its own clients; nothing was said. */
const echoes = new Set(['message_changed', 'message_deleted', 'message_replied']);

/** In which channel something happened; undefined: nothing that is kept. */
export function channelTold(event: unknown): string | undefined {
  const { type, channel, channel_id: id, item } = fieldsOf(event);
  if (type === 'message') return textIn(channel);
  if (type === 'pin_added' || type === 'pin_removed') return textIn(id);
  return type === 'reaction_added' || type === 'reaction_removed' ? textIn(fieldsOf(item).channel) : undefined;
}

const fieldsOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
const textIn = (value: unknown) => (typeof value === 'string' ? value : undefined);

export function readTold(event: unknown, incident: string): Told | undefined {
  switch ((event as { type?: unknown }).type) {
    case 'message':
      return changed(event, incident) ?? deleted(event, incident) ?? said(event, incident);
    case 'reaction_added':
    case 'reaction_removed':
      return reacted(event, incident);
    default:
      return pinnedOrNot(event, incident);
  }
}

function said(event: unknown, incident: string): Told | undefined {
  const [about, message] = [Said.safeParse(event), SlackMessage.safeParse(event)];
  if (!about.success || !message.success || echoes.has(message.data.subtype ?? '')) return undefined;
  return { what: 'said', message: toMessage(message.data, about.data.channel, incident) };
}

function changed(event: unknown, incident: string): Told | undefined {
  const { data } = Changed.safeParse(event);
  if (!data) return undefined;
  const { channel, message, previous_message: before } = data;
  const at = timeOf(message.edited?.ts ?? data.event_ts);
  if (isTombstone(message)) {
    const gone = toMessage({ ...message, user: before?.user ?? message.user }, channel, incident);
    return { what: 'deleted', message: { ...gone, kind: 'said' }, at };
  }
  const edit = {
    message: toMessage(message, channel, incident),
    at,
    forget: isByMachine(message),
    ...(before && { before: textOf(before) }),
  };
  return { what: 'edited', edit };
}

function deleted(event: unknown, incident: string): Told | undefined {
  const { data } = Deleted.safeParse(event);
  if (!data) return undefined;
  const before = data.previous_message ?? { ts: data.deleted_ts, text: '' };
  const message = toMessage({ ...before, ts: data.deleted_ts }, data.channel, incident);
  return { what: 'deleted', message, at: timeOf(data.event_ts) };
}

function reacted(event: unknown, incident: string): Told | undefined {
  const { data } = Reacted.safeParse(event);
  if (!data) return undefined;
  const { channel, ts } = data.item;
  const mark = { channel, ts, incident, name: data.reaction, person: data.user, at: timeOf(data.event_ts) };
  return { what: data.type === 'reaction_added' ? 'marked' : 'unmarked', mark };
}

function pinnedOrNot(event: unknown, incident: string): Told | undefined {
  const { data } = Pinned.safeParse(event);
  if (!data) return undefined;
  const place = { channel: data.channel_id, ts: data.item.message.ts };
  const at = timeOf(data.event_ts);
  if (data.type === 'pin_removed') return { what: 'unpinned', place, at };
  return { what: 'marked', mark: { ...place, incident, name: pinned, person: data.user, at } };
}
