import * as z from 'zod';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import type { Policy } from '../../policy.ts';
import type { Outside } from '../../slack/outside.ts';
import type { Message } from '../../store/messages.ts';

/** What browsers, PDF and Slack all show. An SVG can hold a program, so it stays a name and a link. */
const shown = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Bytes. Screenshots of whole screens have 1 to 3 MB. */
const largest = 10 * 1024 * 1024;

const Payload = z.object({ incident: z.string(), channel: z.string(), ts: z.string(), file: z.string() });

const Info = z.object({
  file: z.object({
    name: z.string().nullish(),
    mimetype: z.string(),
    size: z.number(),
    url_private_download: z.string().optional(),
    url_private: z.string().optional(),
  }),
});

/** It was deleted, or it is not ours to see: there is nothing to keep. */
const gone = new Set(['file_not_found', 'file_deleted', 'no_permission', 'not_visible', 'missing_scope']);

/** Keeps an image, so that the postmortem shows it when Slack no longer does. */
export const fetchImage = defineEffect('capture.image', Payload, {
  async run({ incident, channel, ts, file }, { slack, store, files }: Outside) {
    const info = await slack.call('files.info', { file }, Info).catch((error: unknown) => {
      if (error instanceof Impossible && gone.has(error.code)) return undefined;
      throw error;
    });
    const url = info?.file.url_private_download ?? info?.file.url_private;
    if (!info || !url || !shown.includes(info.file.mimetype) || info.file.size > largest) return {};
    const bytes = await files.download(url, { largest });
    await store.transact(async (tx) => {
      const [message] = await tx.messages.at([{ channel, ts }]);
      // Deleted while it was on its way: what it showed goes with it.
      if (!message || message.erasedAt) return;
      const { name, mimetype: type } = info.file;
      await tx.images.keep({ id: file, incident, channel, ts, name: name ?? 'image', type, bytes });
    }, 'soon');
    return { result: { bytes: bytes.length } };
  },
});

export function fetchImagesOf(messages: readonly Message[], policy: Policy): Effect[] {
  if (!policy.retention.images) return [];
  return messages.flatMap(({ incident, channel, ts, files }) =>
    files
      .filter(({ type }) => shown.includes(type))
      .map(({ id }) => ({
        kind: fetchImage.kind,
        key: `image:${channel}:${ts}:${id}`,
        incident,
        payload: { incident, channel, ts, file: id },
        lane: 'cosmetic' as const,
        gate: 'files.info',
      })),
  );
}
