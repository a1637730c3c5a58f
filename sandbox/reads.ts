/** How far people have read, which is what makes a channel bold. */
import type { Slack } from './slack.ts';
import type { Message, PersonInfo, Unread } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

/** Nobody counts further than this, and a busy channel must stay cheap to look at. */
const looksBack = 200;

const isReply = ({ thread_ts, ts, subtype }: Message) =>
  thread_ts !== undefined && thread_ts !== ts && subtype !== 'thread_broadcast';

/** Comings, goings and topics make nothing bold. */
const isSystem = ({ subtype }: Message) => /^(?:channel|group)_/.test(subtype ?? '');

const rings = ({ notifies }: Message, user: string) =>
  notifies !== undefined && (notifies.users.includes(user) || notifies.broadcast.length > 0);

export function unreadIn({ workspace }: Slack, person: PersonInfo, channel: ChannelRecord): Unread {
  const mark = workspace.markOf(person.id, channel.id);
  const isDirect = channel.kind === 'im' || channel.kind === 'mpim';
  const unread: Unread = { latest: '', mark, badge: 0 };
  if (!channel.members.has(person.id)) return unread;
  for (const message of channel.messages.slice(-looksBack).reverse()) {
    if (message.deleted || message.user === person.id || isReply(message) || isSystem(message)) continue;
    unread.latest ||= message.ts;
    if (message.ts <= mark) break;
    if (isDirect || rings(message, person.id)) unread.badge += 1;
  }
  return unread;
}
