import * as z from 'zod';
import type { Incident } from '../incident/incident.ts';
import { defineEffect, type Effect } from '../outbox/effect.ts';
import { Held, Impossible, NotApplied, Unclear } from '../outbox/failures.ts';
import type { Message } from './blocks.ts';
import { isPerson } from './mention.ts';
import { definePost, send } from './messages.ts';
import type { Outside } from './outside.ts';

/** A message as a row keeps it. */
export const Said = z.object({ text: z.string(), blocks: z.array(z.looseObject({ type: z.string() })).optional() });

const Answer = z.object({ delivery: z.string(), message: Said, replace: z.boolean() });

/**
 * Answers a press, a command or a shortcut by the `response_url` it came with; only that person sees it. The URL is a secret and
 * stays in the inbox. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * A global shortcut and a press in a form come without one; their answer is a direct message.
 */
export const answer = defineEffect('slack.answer', Answer, {
  whenUnknown: 'once',
  async run({ delivery, message, replace }, outside: Outside, attempt) {
    const body = await outside.store.read((tx) => tx.inbox.body(delivery));
    const url = responseUrl(body);
    if (url) {
      await postTo(url, { response_type: 'ephemeral', replace_original: replace, ...message });
      return {};
    }
    const asked = Asked.safeParse(body);
    if (!asked.success) return {};
    const channel = await directChannel(outside, asked.data.user.id);
    return { result: await send({ channel, ...(message as Message) }, outside, attempt) };
  },
});

const Asked = z.object({ user: z.object({ id: z.string() }) });

export const keyOfAnswer = (delivery: string): string => `answer:${delivery}`;

export function answerTo(delivery: string, message: Message, { replace = false } = {}): Effect {
  return {
    kind: answer.kind,
    key: keyOfAnswer(delivery),
    payload: { delivery, message, replace },
    lane: 'cosmetic',
    gate: 'response_url',
  };
}

/** A `response_url` is good for 30 minutes and five uses; after that there is nobody to answer. */
const overCodes = new Set([404, 410, 403]);

export async function postTo(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => {
    throw new Unclear('no reply from the response URL', { cause: error });
  });
  // A proxy may name a date instead of seconds, or nothing.
  const seconds = Number(response.headers.get('retry-after')) || 1;
  if (response.status === 429) throw new Held(seconds * 1_000, 'response_url');
  if (response.status >= 500) throw new Unclear(`HTTP ${response.status}`);
  if (!response.ok && !overCodes.has(response.status)) throw new Impossible(`HTTP ${response.status}`);
}

const Answerable = z.object({ response_url: z.url() });

/** Undefined where Slack gives none: global shortcuts, and presses and submissions in a form. */
export function responseUrl(body: unknown): string | undefined {
  const parsed = Answerable.safeParse(body);
  return parsed.success ? parsed.data.response_url : undefined;
}

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** A direct message channel never changes, and asking for it is limited to 50 a minute. */
const known = new WeakMap<Outside['slack'], Map<string, string>>();

/** The direct message channel with somebody. Opening it twice gives the same one. */
export async function directChannel({ slack }: Outside, person: string): Promise<string> {
  const channels = known.get(slack) ?? new Map<string, string>();
  known.set(slack, channels);
  const before = channels.get(person);
  if (before) return before;
  const { channel } = await slack.call('conversations.open', { users: person }, Opened);
  channels.set(person, channel.id);
  return channel.id;
}

/** Tells one person something by direct message. */
export const tell = definePost('slack.tell', z.object({ person: z.string(), message: Said }), {
  compose: async ({ person, message }, outside) => ({
    channel: await directChannel(outside, person),
    ...(message as Message),
  }),
});

export function tellPerson(person: string, key: string, message: Message): Effect {
  return {
    kind: tell.kind,
    key: `tell:${key}`,
    payload: { person, message },
    lane: 'cosmetic',
    gate: `tell:${person}`,
  };
}

/** Where somebody is told; what nobody here has taken yet is said in its channel, as soon as there is one. */
export async function whereToTell(outside: Outside, person: string, { channel }: Incident): Promise<string> {
  if (isPerson(person)) return directChannel(outside, person);
  if (!channel) throw new NotApplied('the incident has no channel yet');
  return channel.id;
}
