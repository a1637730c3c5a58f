/** What every Web API method here looks like, and the few things many of them do. */
import type { Args } from '../args.ts';
import { type Json, objects, textOf } from '../json.ts';
import type { Tier } from '../limits.ts';
import { bot } from '../people.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import type { Message } from '../wire.ts';
import { type ChannelKind, type ChannelRecord, isPrivate } from '../workspace.ts';

export type Call = { slack: Slack; args: Args; method: Method; name: string };

export type Method = {
  tier: Tier;
  /** any one of them is enough; none needed when empty */
  scopes: readonly string[];
  /** the app's, or none: who asks says so by its arguments; else the bot's */
  token?: 'app' | 'none';
  run: (call: Call) => Json | Promise<Json>;
};

const families: Record<ChannelKind, string> = { public: 'channels:', private: 'groups:', im: 'im:', mpim: 'mpim:' };
const anyFamily = /^(?:channels|groups|im|mpim):/;

/** channels:history reads public channels and nothing else: the kind of the channel decides which scope it takes. */
export function demandScope({ slack, method }: Pick<Call, 'slack' | 'method'>, kind?: ChannelKind) {
  const fitting = method.scopes.filter(
    (scope) => kind === undefined || !anyFamily.test(scope) || scope.startsWith(families[kind]),
  );
  if (fitting.length === 0 || fitting.some((scope) => slack.app.scopes.has(scope))) return;
  const [needed = ''] = fitting;
  slack.ledger.violation('missing-scope', `${needed} is not granted`, { needed: fitting });
  refuse('missing_scope', { needed: fitting.join(','), provided: [...slack.app.scopes].join(',') });
}

export const botIsIn = (channel: ChannelRecord) => channel.members.has(bot.userId);

/** A channel the bot may know of: private ones it is not in do not exist for it. */
export function channelOf(call: Call, id = call.args.need('channel')): ChannelRecord {
  const channel = call.slack.workspace.channels.get(id);
  if (!channel || (isPrivate(channel) && !botIsIn(channel))) return refuse('channel_not_found');
  demandScope(call, channel.kind);
  return channel;
}

export function ownChannel(call: Call, id?: string): ChannelRecord {
  const channel = channelOf(call, id);
  if (!botIsIn(channel)) refuse('not_in_channel');
  return channel;
}

export function openChannel(call: Call): ChannelRecord {
  const channel = ownChannel(call);
  if (channel.archived) refuse('is_archived');
  return channel;
}

export function messageOf(channel: ChannelRecord, ts: string, error = 'message_not_found'): Message {
  const message = channel.byTs.get(ts);
  return message && !message.deleted ? message : refuse(error);
}

export function demandRoom(channel: ChannelRecord) {
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse('method_not_supported_for_channel_type');
}

export type Page<T> = { items: T[]; response_metadata: { next_cursor: string } };

/** Cursors are opaque; here, the offset to go on from. https://docs.slack.dev/apis/web-api/pagination */
export function paged<T>({ args }: Call, all: T[], otherwise: number, most = 1000): Page<T> {
  const limit = args.whole('limit', otherwise, most);
  const start = offsetOf(args.text('cursor'));
  const items = all.slice(start, start + limit);
  const end = start + items.length;
  return { items, response_metadata: { next_cursor: end < all.length ? cursorAt(end) : '' } };
}

const cursorAt = (offset: number) => Buffer.from(`offset:${offset}`).toString('base64');

function offsetOf(cursor: string | undefined): number {
  if (!cursor) return 0;
  const offset = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  return offset === undefined ? refuse('invalid_cursor') : Number(offset);
}

/** Arrays of blocks or attachments, as JSON text or as such. */
export function listOf({ args }: Call, name: string): Json[] | undefined {
  const value = args.json(name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return refuse(name === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments');
  return objects(value);
}

/** https://docs.slack.dev/messaging/message-metadata: a type and an object. */
export function metadataOf({ args }: Call) {
  if (!args.has('metadata')) return undefined;
  const value = args.object('metadata');
  const type = textOf(value.event_type);
  if (!type) return refuseArguments('invalid_metadata_format', ['missing event_type [json-pointer:/metadata]']);
  const payload = value.event_payload;
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return refuseArguments('invalid_metadata_schema', ['event_payload must be an object [json-pointer:/metadata]']);
  // Slack publishes no figure; 16 kB is what its clients have been seen to refuse above.
  if (JSON.stringify(value).length > 16_000) return refuse('metadata_too_large');
  return { event_type: type, event_payload: { ...payload } };
}
