import * as z from 'zod';
import { isLoopback } from '../config.ts';
import { NotApplied } from '../outbox/failures.ts';
import type { Slack } from './api.ts';
import type { Identity } from './outside.ts';

export interface Upload {
  channel: string;
  thread?: string;
  /** Told apart by it: two that must both arrive have different ones. */
  name: string;
  title: string;
  /** What is said with it, as trusted mrkdwn. */
  comment: string;
  bytes: Buffer;
}

const Granted = z.object({ upload_url: z.string(), file_id: z.string() });

/** For tens of megabytes over a slow line. Real milliseconds. */
const patience = 60_000;

/** In three steps, of which only the last can be seen. https://docs.slack.dev/messaging/working-with-files#upload */
export async function uploadFile(
  slack: Slack,
  { channel, thread, name, title, comment, bytes }: Upload,
): Promise<void> {
  const asked = { filename: name, length: bytes.length };
  const { upload_url: url, file_id: id } = await slack.call('files.getUploadURLExternal', asked, Granted);
  if (!url.startsWith('https:') && !isLoopback(url)) throw new NotApplied('Slack gave no secure address for a file');
  await send(url, bytes);
  await slack.call('files.completeUploadExternal', {
    files: [{ id, title }],
    channel_id: channel,
    initial_comment: comment,
    ...(thread && { thread_ts: thread }),
  });
}

/** Whatever becomes of it, nobody sees the file before it is completed. */
async function send(url: string, bytes: Buffer): Promise<void> {
  const body = new Uint8Array(bytes);
  const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(patience) }).catch(
    (cause: unknown) => {
      throw new NotApplied('a file could not be sent', { cause });
    },
  );
  await response.body?.cancel();
  if (!response.ok) throw new NotApplied(`a file was answered with HTTP ${response.status}`);
}

const Page = z.object({
  messages: z.array(
    z.object({
      user: z.string().optional(),
      files: z.array(z.object({ name: z.string().nullish() })).default([]),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});

/** How far our clock may be behind Slack's. Seconds. */
const skew = 600;

/** Whether a file of ours with this name is in the channel, or in the thread, since then. */
export async function isUploaded(
  slack: Slack,
  { botUser }: Identity,
  { channel, thread, name }: Pick<Upload, 'channel' | 'thread' | 'name'>,
  since: Date,
): Promise<boolean> {
  const method = thread ? 'conversations.replies' : 'conversations.history';
  const oldest = (since.getTime() / 1000 - skew).toFixed(6);
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const asked = { channel, oldest, limit: 200, ...(thread && { ts: thread }), ...(cursor && { cursor }) };
    const page: z.infer<typeof Page> = await slack.call(method, asked, Page);
    if (page.messages.some(({ user, files }) => user === botUser && files.some((file) => file.name === name)))
      return true;
    cursor = page.response_metadata?.next_cursor || undefined;
  }
  return false;
}
