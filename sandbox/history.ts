/** What a person reads, a page at a time. */
import type { Slack } from './slack.ts';
import type { History, Message, PersonInfo } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

const mostPerPage = 5000;

const byTs = (a: Message, b: Message) => Number(a.ts) - Number(b.ts);

const inMainList = ({ deleted, thread_ts, ts, subtype }: Message) =>
  !deleted && (thread_ts === undefined || thread_ts === ts || subtype === 'thread_broadcast');

export type Asked = { before?: string | undefined; since?: string | undefined; limit: number };

/** The newest messages before `before`, outside of threads; with `since` all of them from there on. */
export function history(slack: Slack, person: PersonInfo, channel: ChannelRecord, asked: Asked): History {
  const { before, since } = asked;
  const limit = since === undefined ? Math.min(asked.limit, mostPerPage) : mostPerPage;
  const found: Message[] = [];
  let more = false;
  for (const message of backwards(channel.messages, before)) {
    if (!inMainList(message)) continue;
    more = found.length === limit || (since !== undefined && message.ts < since);
    if (more) break;
    found.push(message);
  }
  const oldest = more ? (found.at(-1)?.ts ?? '') : '';
  const own = slack.ephemerals
    .in(person.id, channel.id)
    .filter((message) => inMainList(message) && message.ts >= oldest && (!before || message.ts < before));
  return { messages: [...found, ...own].sort(byTs), more };
}

function* backwards(messages: Message[], before: string | undefined): Generator<Message> {
  let index = before === undefined ? messages.length : firstFrom(messages, before);
  for (index -= 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message) yield message;
  }
}

/** Messages lie in the order of their ts. */
function firstFrom(messages: Message[], ts: string): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.ts ?? '') < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The parent first, then what was answered. */
export function thread(slack: Slack, person: PersonInfo, channel: ChannelRecord, ts: string): Message[] {
  const parent = channel.byTs.get(ts);
  const own = slack.ephemerals.in(person.id, channel.id).filter(({ thread_ts }) => thread_ts === ts);
  const said = [...(parent ? [parent] : []), ...(channel.threads.get(ts) ?? [])];
  return [...said.filter(({ deleted }) => !deleted), ...own].sort(byTs);
}

export const pinned = (channel: ChannelRecord): Message[] =>
  channel.pins.flatMap(({ ts }) => channel.byTs.get(ts) ?? []).reverse();
