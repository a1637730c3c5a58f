/** Posting, changing and deleting messages, with the events each of them causes. */
import { filledBlocks } from './blocks.ts';
import { channelType, type Happening } from './emit.ts';
import type { Json } from './json.ts';
import { bot, team } from './people.ts';
import type { Slack } from './slack.ts';
import { normalise, notified } from './text.ts';
import type { Block, FileInfo, Message, Metadata } from './wire.ts';
import { type ChannelRecord, file } from './workspace.ts';

/** Text beyond this is cut: https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
const longestText = 40_000;

export type Draft = {
  user: string;
  byBot?: boolean;
  text: string;
  blocks?: Block[] | Json[];
  attachments?: Json[];
  metadata?: Metadata;
  thread?: string;
  broadcast?: boolean;
  subtype?: string;
  linkNames?: boolean;
  files?: FileInfo[];
  extra?: Json;
};

/** What only the sandbox knows stays inside. */
export function wireMessage(message: Message, { metadata = true } = {}): Json {
  const { channel: _, notifies: __, pinned, deleted: ___, ephemeralFor: ____, metadata: data, ...rest } = message;
  return {
    ...rest,
    ...(metadata && data && { metadata: data }),
    ...(pinned && { pinned_to: [message.channel] }),
  };
}

export function composed(slack: Slack, channel: ChannelRecord, draft: Draft): Message {
  const { workspace } = slack;
  const id = () => workspace.nextId('b').slice(-5);
  const author = draft.byBot
    ? { bot_id: bot.botId, app_id: bot.appId, bot_profile: { id: bot.botId, app_id: bot.appId, name: bot.name } }
    : { client_msg_id: crypto.randomUUID() };
  const text = normalise(draft.text).slice(0, longestText);
  return {
    type: 'message',
    ...(draft.subtype && { subtype: draft.subtype }),
    channel: channel.id,
    ts: workspace.nextTs(channel),
    user: draft.user,
    team: workspace.people.get(draft.user)?.teamId ?? team.id,
    ...(!draft.subtype && author),
    ...foreign(slack, draft.user),
    text,
    ...(draft.blocks && { blocks: filledBlocks(draft.blocks, id) }),
    ...(draft.attachments && { attachments: filledAttachments(draft.attachments, id) }),
    ...(draft.metadata && { metadata: draft.metadata }),
    ...(draft.thread && { thread_ts: draft.thread }),
    ...(draft.files && { files: draft.files }),
    ...draft.extra,
    ...(!draft.subtype && {
      notifies: notified({
        text,
        blocks: draft.blocks,
        attachments: draft.attachments,
        linkNames: draft.linkNames ?? false,
      }),
    }),
  };
}

/** Who writes from another workspace is marked so: https://docs.slack.dev/apis/slack-connect */
function foreign({ workspace }: Slack, user: string): Json {
  const home = workspace.people.get(user)?.teamId ?? team.id;
  return home === team.id ? {} : { user_team: home, source_team: home };
}

export function filledAttachments(attachments: Json[], id: () => string): Json[] {
  return attachments.map((attachment, index) => ({
    id: index + 1,
    ...attachment,
    ...(Array.isArray(attachment.blocks) && { blocks: filledBlocks(attachment.blocks, id) }),
  }));
}

export function messageEvent(message: Message, channel: ChannelRecord): Happening {
  return {
    ...wireMessage(message),
    type: 'message',
    channel: channel.id,
    channel_type: channelType[channel.kind],
    event_ts: message.ts,
  };
}

export function post(slack: Slack, channel: ChannelRecord, draft: Draft): Message {
  const parent = draft.thread ? channel.byTs.get(draft.thread) : undefined;
  const message = composed(slack, channel, draft);
  if (parent) {
    noteReply(parent, message);
    message.parent_user_id = parent.user;
    if (draft.broadcast) Object.assign(message, { subtype: 'thread_broadcast', root: wireMessage(parent) });
  }
  channel.messages.push(message);
  file(channel, message);
  slack.workspace.changed({ kind: 'message', message });
  if (parent) slack.workspace.changed({ kind: 'message', message: parent });
  const rung = message.notifies?.broadcast ?? [];
  if (draft.byBot && rung.length > 0)
    slack.ledger.violation('broadcast', `a message rings @${rung.join(', @')}`, {
      channel: channel.id,
      ts: message.ts,
    });
  const event = messageEvent(message, channel);
  slack.emit(event, channel);
  // In a direct conversation everything is said to the app, so Slack adds no app_mention.
  if (!draft.byBot && channel.kind !== 'im' && message.notifies?.users.includes(bot.userId))
    slack.emit({ ...event, type: 'app_mention' }, channel);
  return message;
}

function noteReply(parent: Message, reply: Message) {
  parent.thread_ts = parent.ts;
  parent.reply_count = (parent.reply_count ?? 0) + 1;
  parent.latest_reply = reply.ts;
  const users = Array.isArray(parent.reply_users) ? parent.reply_users : [];
  parent.reply_users = [...new Set([...users, reply.user])];
  parent.reply_users_count = new Set([...users, reply.user]).size;
}

export type Change = Partial<Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'>>;

export function edit(slack: Slack, channel: ChannelRecord, message: Message, by: string, change: Change): Message {
  const { workspace } = slack;
  const id = () => workspace.nextId('b').slice(-5);
  const before = wireMessage(message);
  if (change.text !== undefined) message.text = normalise(change.text).slice(0, longestText);
  if (change.blocks) message.blocks = filledBlocks(change.blocks, id);
  if (change.attachments) message.attachments = filledAttachments(change.attachments, id);
  if (change.metadata) message.metadata = change.metadata;
  const ts = workspace.nextTs(channel);
  message.edited = { user: by, ts };
  workspace.changed({ kind: 'message', message });
  slack.emit(
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: channel.id,
      channel_type: channelType[channel.kind],
      message: wireMessage(message),
      previous_message: before,
      ts,
      event_ts: ts,
    },
    channel,
  );
  return message;
}

export function remove(slack: Slack, channel: ChannelRecord, message: Message) {
  const { workspace } = slack;
  message.deleted = true;
  message.pinned = false;
  channel.pins = channel.pins.filter(({ ts }) => ts !== message.ts);
  const parent = message.thread_ts === message.ts ? undefined : channel.byTs.get(message.thread_ts ?? '');
  if (parent) parent.reply_count = Math.max(0, (parent.reply_count ?? 1) - 1);
  const ts = workspace.nextTs(channel);
  workspace.changed({ kind: 'message', message });
  const common = {
    type: 'message',
    hidden: true,
    channel: channel.id,
    channel_type: channelType[channel.kind],
    previous_message: wireMessage(message),
    ts,
    event_ts: ts,
  };
  const isParent = (channel.threads.get(message.ts) ?? []).some(({ deleted }) => !deleted);
  if (isParent) slack.emit({ ...common, subtype: 'message_changed', message: tombstone(message) }, channel);
  else slack.emit({ ...common, subtype: 'message_deleted', deleted_ts: message.ts }, channel);
}

/** What stands in the place of a message that was deleted with a thread below it. */
export function tombstone({
  ts,
  thread_ts: thread,
  reply_count,
  latest_reply,
  reply_users,
  reply_users_count,
}: Message): Json {
  return {
    type: 'message',
    subtype: 'tombstone',
    text: 'This message was deleted.',
    user: 'USLACKBOT',
    hidden: true,
    ts,
    thread_ts: thread ?? ts,
    reply_count,
    latest_reply,
    reply_users,
    reply_users_count,
  };
}

export function react(slack: Slack, channel: ChannelRecord, message: Message, by: string, name: string): boolean {
  message.reactions ??= [];
  const reaction = message.reactions.find((one) => one.name === name);
  if (reaction?.users.includes(by)) return false;
  if (reaction) {
    reaction.users.push(by);
    reaction.count += 1;
  } else message.reactions.push({ name, users: [by], count: 1 });
  slack.workspace.changed({ kind: 'message', message });
  slack.emit(reactionEvent('reaction_added', message, by, name), channel);
  return true;
}

export function unreact(slack: Slack, channel: ChannelRecord, message: Message, by: string, name: string): boolean {
  const reaction = message.reactions?.find((one) => one.name === name);
  if (!reaction?.users.includes(by)) return false;
  reaction.users = reaction.users.filter((user) => user !== by);
  reaction.count -= 1;
  message.reactions = message.reactions?.filter(({ count }) => count > 0);
  slack.workspace.changed({ kind: 'message', message });
  slack.emit(reactionEvent('reaction_removed', message, by, name), channel);
  return true;
}

function reactionEvent(type: string, message: Message, user: string, reaction: string): Happening {
  const item = { type: 'message', channel: message.channel, ts: message.ts };
  return { type, user, reaction, item, ...(message.user && { item_user: message.user }) };
}

export function pin(slack: Slack, channel: ChannelRecord, message: Message, by: string) {
  channel.pins.push({ ts: message.ts, by, created: Math.floor(slack.clock.now() / 1000) });
  message.pinned = true;
  slack.workspace.changed({ kind: 'message', message });
  slack.emit(pinEvent(slack, 'pin_added', channel, message, by), channel);
}

export function unpin(slack: Slack, channel: ChannelRecord, message: Message, by: string) {
  channel.pins = channel.pins.filter(({ ts }) => ts !== message.ts);
  message.pinned = false;
  slack.workspace.changed({ kind: 'message', message });
  slack.emit(pinEvent(slack, 'pin_removed', channel, message, by), channel);
}

export const permalink = (slack: Slack, message: Message) => {
  const path = `${slack.url()}/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  return isReply ? `${path}?thread_ts=${message.thread_ts}&cid=${message.channel}` : path;
};

function pinEvent(slack: Slack, type: string, channel: ChannelRecord, message: Message, by: string): Happening {
  const created = Math.floor(slack.clock.now() / 1000);
  return {
    type,
    user: by,
    channel_id: channel.id,
    item: {
      type: 'message',
      channel: channel.id,
      created,
      created_by: by,
      message: { ...wireMessage(message), permalink: permalink(slack, message) },
    },
    item_user: message.user,
    pin_count: channel.pins.length,
    pinned_info: { channel: channel.id, pinned_by: by, pinned_ts: created },
    ...(type === 'pin_removed' && { has_pins: channel.pins.length > 0 }),
  };
}
