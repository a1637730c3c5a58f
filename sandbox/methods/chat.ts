import { openDirect } from '../conversations.ts';
import type { Json } from '../json.ts';
import { composed, edit, permalink, post, remove, wireMessage } from '../messages.ts';
import { bot } from '../people.ts';
import { refuse } from '../refusal.ts';
import type { Block } from '../wire.ts';
import { type ChannelRecord, isPrivate } from '../workspace.ts';
import { refuseBadMessage } from './checked.ts';
import { botIsIn, type Call, channelOf, listOf, type Method, messageOf, metadataOf } from './method.ts';

const scopes = ['chat:write'] as const;
/** chat.update's own limit, while posting truncates at 40,000. */
const longestUpdate = 4000;

/** Posting takes an id, a name, or a person: then the direct conversation with them is opened. */
function target({ slack, args }: Call): ChannelRecord {
  const { workspace } = slack;
  const given = args.need('channel');
  const person = workspace.people.get(given);
  if (person?.role === 'deactivated') return refuse('channel_not_found');
  if (person) return openDirect(slack, [bot.userId, person.id]).channel;
  const channel = workspace.channels.get(given) ?? workspace.channelsNamed(given.replace(/^#/, ''))[0];
  if (!channel || (isPrivate(channel) && !botIsIn(channel))) return refuse('channel_not_found');
  if (channel.archived) return refuse('is_archived');
  if (!botIsIn(channel) && !slack.app.scopes.has('chat:write.public')) return refuse('not_in_channel');
  return channel;
}

type Content = { text: string; blocks?: Block[]; attachments?: Json[] };

/** What is to be shown, refused as Slack would. */
function content(call: Call): Content {
  const { args, slack } = call;
  const given = listOf(call, 'blocks');
  const attachments = listOf(call, 'attachments');
  const markdown = args.text('markdown_text');
  if (markdown && (args.text('text') || given)) refuse('markdown_text_conflict');
  const blocks = markdown ? [{ type: 'markdown', text: markdown }] : given;
  const text = args.text('text') ?? markdown ?? '';
  if (!text && !blocks?.length && !attachments?.length) refuse('no_text');
  if ((attachments?.length ?? 0) > 100) refuse('too_many_attachments');
  refuseBadMessage(slack, { text, blocks, attachments });
  if (!text && blocks) slack.ledger.violation('text-missing', 'a message with blocks has no text for notifications');
  return {
    text,
    ...(blocks && { blocks: blocks.map((block) => ({ ...block, type: String(block.type) })) }),
    ...(attachments && { attachments }),
  };
}

function draft(call: Call) {
  const { args } = call;
  const metadata = metadataOf(call);
  const thread = args.text('thread_ts');
  return {
    user: bot.userId,
    byBot: true,
    ...content(call),
    ...(metadata && { metadata }),
    ...(thread && { thread }),
    broadcast: args.flag('reply_broadcast'),
    linkNames: args.flag('link_names') || args.text('parse') === 'full',
  };
}

function postMessage(call: Call): Json {
  const channel = target(call);
  const message = post(call.slack, channel, draft(call));
  return { channel: channel.id, ts: message.ts, message: wireMessage(message) };
}

function update(call: Call): Json {
  const { slack, args } = call;
  const channel = channelOf(call);
  const message = messageOf(channel, args.need('ts'));
  if (message.user !== bot.userId || message.subtype?.startsWith('channel_')) refuse('cant_update_message');
  if ((args.text('text') ?? '').length > longestUpdate) refuse('msg_too_long');
  const metadata = metadataOf(call);
  const shown = content(call);
  // New text without blocks takes the old blocks away.
  if (!shown.blocks) delete message.blocks;
  edit(slack, channel, message, bot.userId, { ...shown, ...(metadata && { metadata }) });
  return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(message) };
}

function deleteMessage(call: Call): Json {
  const channel = channelOf(call);
  const message = messageOf(channel, call.args.need('ts'));
  if (message.user !== bot.userId) refuse('cant_delete_message');
  remove(call.slack, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(call: Call): Json {
  const { slack, args } = call;
  const channel = target(call);
  const user = args.need('user');
  if (!slack.workspace.people.has(user) || !channel.members.has(user)) refuse('user_not_in_channel');
  const { broadcast: _, ...rest } = draft(call);
  const message = composed(slack, channel, rest);
  const shown = { ...message, ephemeralFor: user };
  slack.ephemerals.add(user, shown);
  slack.workspace.changed({ kind: 'ephemeral', user, message: shown });
  return { message_ts: message.ts };
}

function getPermalink(call: Call): Json {
  const channel = channelOf(call);
  const message = messageOf(channel, call.args.need('message_ts'));
  return { channel: channel.id, permalink: permalink(call.slack, message) };
}

export const chat: Record<string, Method> = {
  'chat.postMessage': { tier: 'special', scopes, run: postMessage },
  'chat.update': { tier: 'T3', scopes, run: update },
  'chat.delete': { tier: 'T3', scopes, run: deleteMessage },
  'chat.postEphemeral': { tier: 'T4', scopes, run: postEphemeral },
  'chat.getPermalink': { tier: 'special', scopes: [], run: getPermalink },
};
