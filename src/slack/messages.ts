import * as z from 'zod';
import type { Command } from '../incident/commands.ts';
import type { Place } from '../incident/incident.ts';
import { type Attempt, type Done, defineEffect, type EffectKind } from '../outbox/effect.ts';
import { Held, Impossible } from '../outbox/failures.ts';
import type { Message } from './blocks.ts';
import type { Outside } from './outside.ts';

export interface Post extends Message {
  channel: string;
  thread?: string;
}

/** The mark by which we know our own messages again. Any app in the workspace can read it, so it holds nothing but an opaque id. */
export const metadataType = 'tocsin';

/**
 * An effect that posts one message. Slack has no idempotency key, so each post carries its row's id as metadata, and an attempt
 * whose outcome is unknown is looked for in our own event stream and in the channel's history before it is sent again.
 */
export function definePost<Payload>(
  kind: string,
  payload: z.ZodType<Payload>,
  parts: {
    /** Undefined: there is nothing to say any more. */
    compose: (payload: Payload, outside: Outside) => Promise<Post | undefined>;
    report?: (at: Place, payload: Payload) => Command;
    purpose?: string;
  },
): EffectKind<Outside> {
  const done = (at: Place, given: Payload): Done => ({
    result: at,
    ...(parts.report && { report: parts.report(at, given) }),
  });
  return defineEffect(kind, payload, {
    ...(parts.purpose && { purpose: parts.purpose }),
    async run(given, outside: Outside, attempt) {
      const post = await parts.compose(given, outside);
      if (!post) return {};
      return done(await closingOwnGate(send(post, outside, attempt)), given);
    },
    async find(given, outside, attempt) {
      const seen = await outside.store.read((tx) => tx.ownPosts.find(attempt.id));
      if (seen) return done(seen, given);
      const post = await parts.compose(given, outside);
      const found = post && (await findPost(post, outside, attempt));
      return found && done(found, given);
    },
  });
}

/** Slack limits posts by channel, and a post's row names its channel's gate, also where the id is not known beforehand. */
async function closingOwnGate<T>(sent: Promise<T>): Promise<T> {
  return sent.catch((error: unknown) => {
    throw error instanceof Held ? new Held(error.retryAfterMs) : error;
  });
}

/** An effect that rewrites a message of ours with how things stand now. */
export function defineEdit<Payload>(
  kind: string,
  payload: z.ZodType<Payload>,
  parts: {
    compose: (payload: Payload, outside: Outside) => Promise<(Message & { at: Place }) | undefined>;
    /** What to tell the incident when somebody deleted the message. */
    gone?: Command;
    purpose?: string;
  },
): EffectKind<Outside> {
  return defineEffect(kind, payload, {
    whenUnknown: 'overwrite',
    ...(parts.purpose && { purpose: parts.purpose }),
    async run(given, outside: Outside) {
      const edit = await parts.compose(given, outside);
      if (!edit) return {};
      const { at, ...message } = edit;
      try {
        await outside.slack.call('chat.update', { ...at, ...message });
        return {};
      } catch (error) {
        if (parts.gone && error instanceof Impossible && error.code === 'message_not_found')
          return { report: parts.gone };
        throw error;
      }
    },
  });
}

const Posted = z.object({ channel: z.string(), ts: z.string() });

export async function send({ thread, ...post }: Post, outside: Outside, attempt: Attempt): Promise<Place> {
  const { channel, ts } = await outside.slack.call(
    'chat.postMessage',
    {
      ...post,
      ...(thread && { thread_ts: thread }),
      metadata: { event_type: metadataType, event_payload: { key: attempt.id } },
      unfurl_links: false,
      unfurl_media: false,
    },
    Posted,
  );
  return { channel, ts };
}

const History = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ key: z.string() }) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});

/** How far our clock may be behind Slack's. Seconds. */
const skew = 600;

/** Looks through what was posted since the first attempt, in the channel and in the thread it was meant for. */
export async function findPost(
  { channel, thread }: Post,
  outside: Outside,
  attempt: Attempt,
): Promise<Place | undefined> {
  const oldest = ((attempt.firstSentAt?.getTime() ?? 0) / 1000 - skew).toFixed(6);
  const within = { channel, oldest, include_all_metadata: true, limit: 200 };
  const ts =
    (await search('conversations.history', within, outside, attempt.id)) ??
    (thread && (await search('conversations.replies', { ...within, ts: thread }, outside, attempt.id)));
  return ts ? { channel, ts } : undefined;
}

async function search(
  method: string,
  args: Record<string, unknown>,
  outside: Outside,
  key: string,
): Promise<string | undefined> {
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: z.infer<typeof History> = await outside.slack.call(
      method,
      { ...args, ...(cursor && { cursor }) },
      History,
    );
    const found = page.messages.find(
      ({ metadata }) => metadata?.event_type === metadataType && metadata.event_payload.key === key,
    );
    if (found) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
  }
  return undefined;
}
