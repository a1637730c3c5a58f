import * as z from 'zod';
import type { FileRef, Message } from '../store/messages.ts';

const Strings = z.array(z.string()).optional().catch(undefined);

const File = z.object({
  id: z.string(),
  name: z.string().nullish().catch(undefined),
  title: z.string().nullish().catch(undefined),
  mimetype: z.string().nullish().catch(undefined),
  permalink: z.string().nullish().catch(undefined),
  /** `tombstone`: the file was deleted. `hidden_by_limit`: the plan of the workspace no longer shows it. */
  mode: z.string().optional().catch(undefined),
});

/** What we use of a message, live or from the history. What is odd in it is left out: the rest is kept all the same. */
export const SlackMessage = z.object({
  ts: z.string(),
  thread_ts: z.string().optional().catch(undefined),
  subtype: z.string().optional().catch(undefined),
  user: z.string().optional().catch(undefined),
  bot_id: z.string().nullish().catch(undefined),
  text: z.string().catch(''),
  attachments: z.array(z.unknown()).optional().catch(undefined),
  blocks: z.array(z.unknown()).optional().catch(undefined),
  files: z.array(File.nullable().catch(null)).optional().catch(undefined),
  edited: z.object({ ts: z.string() }).optional().catch(undefined),
  reply_count: z.number().optional().catch(undefined),
  latest_reply: z.string().optional().catch(undefined),
  reactions: z
    .array(z.object({ name: z.string(), users: z.array(z.string()).catch([]), count: z.number().catch(0) }))
    .optional()
    .catch(undefined),
  pinned_to: Strings,
  pinned_info: z.object({ pinned_by: z.string() }).optional().catch(undefined),
});
export type SlackMessage = z.infer<typeof SlackMessage>;

/** The parent of a thread that was deleted: Slack puts this in its place. */
export const isTombstone = ({ subtype }: SlackMessage) => subtype === 'tombstone';

/** By a machine: its messages show how things stand, and are rewritten all day. */
export const isByMachine = ({ bot_id: bot }: SlackMessage) => Boolean(bot);

export const timeOf = (ts: string): Date => new Date(Math.floor(Number(ts) * 1000));

export function toMessage(message: SlackMessage, channel: string, incident: string): Message {
  const { ts, thread_ts: thread, user, bot_id: bot } = message;
  return {
    channel,
    ts,
    incident,
    author: user ?? bot ?? '',
    kind: kindOf(message),
    text: textOf(message),
    files: filesOf(message),
    earlier: [],
    ...(thread && thread !== ts && { thread }),
    ...(message.edited && { editedAt: timeOf(message.edited.ts) }),
  };
}

const kinds: Record<string, Message['kind']> = {
  channel_join: 'joined',
  group_join: 'joined',
  channel_leave: 'left',
  group_leave: 'left',
  file_share: 'said',
  bot_message: 'said',
  me_message: 'said',
  thread_broadcast: 'said',
};

const kindOf = ({ subtype }: SlackMessage): Message['kind'] => (subtype ? (kinds[subtype] ?? 'other') : 'said');

/** Monitoring likes to say it all in attachments or blocks, and nothing in the text. */
export function textOf({ text, attachments, blocks }: SlackMessage): string {
  if (text !== '') return text;
  return [...new Set([...wordsOf(attachments), ...wordsOf(blocks)])].join('\n');
}

const telling = ['pretext', 'title', 'text', 'fallback'];

function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (telling.includes(key) && inner ? [inner] : []) : wordsOf(inner),
  );
}

function filesOf({ files = [] }: SlackMessage): FileRef[] {
  return files.flatMap((file) =>
    file && file.mode !== 'tombstone'
      ? [
          {
            id: file.id,
            name: file.name || file.title || 'file',
            type: file.mimetype || 'application/octet-stream',
            link: file.permalink || '',
          },
        ]
      : [],
  );
}
