/** How the client asks, and how it waits for what is to come. */
import type { Match, WaitOptions } from './client.ts';
import type { Channel, Message, View } from './wire.ts';

export type Ask = <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>;

export function asker(url: string): Ask {
  return async <T>(method: 'GET' | 'POST', path: string, body?: unknown) => {
    const response = await fetch(`${url}/sandbox${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { error?: string };
    if (!response.ok) throw new Error(`the sandbox refused ${method} /sandbox${path}: ${answer.error}`);
    return answer as T;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  { within = 10_000 }: WaitOptions = {},
) {
  const end = Date.now() + within;
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 50)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain for ${what}`);
    await pause(wait);
  }
}

const allText = (message: Message) => `${message.text}\n${JSON.stringify([message.blocks, message.attachments])}`;

export function messageIs(match: Match<Message>): (message: Message) => boolean {
  if (typeof match === 'function') return match;
  return (message) => (typeof match === 'string' ? allText(message).includes(match) : match.test(allText(message)));
}

export function viewIs(match: Match<View>): (view: View) => boolean {
  if (typeof match === 'function') return match;
  if (typeof match === 'string') return (view) => view.callback_id === match;
  return (view) => match.test(view.title?.text ?? '');
}

export function channelIs(match: Match<Channel>): (channel: Channel) => boolean {
  if (typeof match === 'function') return match;
  return ({ id, name }) => (typeof match === 'string' ? name === match || id === match : match.test(name));
}
