import * as z from 'zod';

const Delivered = z.looseObject({ event: z.looseObject({ type: z.string() }) });

/** What says which message it is and who wrote it. */
const telling = [
  'type',
  'subtype',
  'channel',
  'channel_type',
  'user',
  'bot_id',
  'ts',
  'thread_ts',
  'event_ts',
  'deleted_ts',
  'edited',
  'hidden',
];

/**
 * An event as it is stored. What people said is kept in one place only, where it can be erased; of its delivery nothing is needed but
 * that it came. Events that somebody works on without the words of a message (pins) are stored like that too.
 */
export function withoutWords(body: unknown): unknown {
  const { data } = Delivered.safeParse(body);
  const event = data?.event;
  if (event?.type === 'message') return { ...data, event: bareMessage(event) };
  if (event?.type === 'pin_added' || event?.type === 'pin_removed') return { ...data, event: barePin(event) };
  return body;
}

function bare(message: unknown): Record<string, unknown> {
  const all = typeof message === 'object' && message !== null ? message : {};
  return Object.fromEntries(Object.entries(all).filter(([key]) => telling.includes(key)));
}

function bareMessage(event: Record<string, unknown>): Record<string, unknown> {
  return {
    ...bare(event),
    ...(event.message !== undefined && { message: bare(event.message) }),
    ...(event.previous_message !== undefined && { previous_message: bare(event.previous_message) }),
  };
}

function barePin(event: Record<string, unknown>): Record<string, unknown> {
  const { message, ...item } = (event.item ?? {}) as Record<string, unknown>;
  return { ...event, item: { ...item, message: bare(message) } };
}
