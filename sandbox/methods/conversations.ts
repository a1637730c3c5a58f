import {
  archive,
  create,
  guestTrouble,
  inviteTrouble,
  isGeneral,
  join,
  leave,
  openDirect,
  rename,
  setNote,
} from '../conversations.ts';
import type { Json } from '../json.ts';
import { tombstone, wireMessage } from '../messages.ts';
import { bot, team } from '../people.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Message } from '../wire.ts';
import { type ChannelKind, type ChannelRecord, isPrivate } from '../workspace.ts';
import { canvasIn } from './canvases.ts';
import {
  botIsIn,
  type Call,
  channelOf,
  demandRoom,
  demandScope,
  type Method,
  openChannel,
  ownChannel,
  paged,
} from './method.ts';

const manage = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'] as const;
const read = ['channels:read', 'groups:read', 'im:read', 'mpim:read'] as const;
const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'] as const;
const invites = [...manage, 'channels:write.invites', 'groups:write.invites'] as const;
const topics = [...manage, 'channels:write.topic', 'groups:write.topic'] as const;

/** The method's text says 1,000, the argument's text 100: the smaller one holds. */
const mostInvited = 100;
const mostInDirect = 8;

/** https://docs.slack.dev/reference/objects/conversation-object */
export function channelObject(channel: ChannelRecord): Json {
  const { id, kind, name, created, creator, archived, topic, purpose, previousNames } = channel;
  const common = {
    id,
    created,
    is_archived: archived,
    is_im: kind === 'im',
    is_org_shared: false,
    context_team_id: team.id,
  };
  if (kind === 'im') return { ...common, user: [...channel.members].find((user) => user !== bot.userId) ?? bot.userId };
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_mpim: kind === 'mpim',
    is_private: isPrivate(channel),
    is_general: isGeneral(channel),
    is_member: botIsIn(channel),
    is_shared: channel.externallyShared,
    is_ext_shared: channel.externallyShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: [team.id],
    creator,
    unlinked: 0,
    updated: created * 1000,
    topic,
    purpose,
    previous_names: previousNames,
  };
}

const counted = (channel: ChannelRecord) => ({ ...channelObject(channel), num_members: channel.members.size });

function createChannel(call: Call): Json {
  const { slack, args } = call;
  const secret = args.flag('is_private');
  demandScope(call, secret ? 'private' : 'public');
  const channel = create(slack, args.text('name') ?? '', bot.userId, { secret });
  return { channel: channelObject(channel) };
}

function invite(call: Call): Json {
  const { slack, args } = call;
  const channel = openChannel(call);
  demandRoom(channel);
  const users = args.list('users');
  if (users.length === 0) refuse('no_user');
  if (users.length > mostInvited)
    refuseArguments('invalid_arguments', [`must be at most ${mostInvited} users [json-pointer:/users]`]);
  const people = users.map((id) => ({ id, person: slack.workspace.people.get(id) }));
  const errors = people.flatMap(({ id, person }) => {
    const error = inviteTrouble(channel, person, bot.userId, true) ?? guestTrouble(slack, person);
    return error ? [{ user: id, ok: false, error }] : [];
  });
  const [first] = errors;
  const refused = new Set(errors.map(({ user }) => user));
  const welcome = users.filter((id) => !refused.has(id));
  if (first && (!args.flag('force') || welcome.length === 0)) refuse(first.error, { errors });
  for (const user of welcome) join(slack, channel, user, bot.userId);
  return { channel: channelObject(channel), ...(first && { errors }) };
}

function kick(call: Call): Json {
  const { slack, args } = call;
  const channel = ownChannel(call);
  demandRoom(channel);
  const user = args.need('user');
  if (user === bot.userId) refuse('cant_kick_self');
  if (isGeneral(channel)) refuse('cant_kick_from_general');
  if (!slack.workspace.people.has(user)) refuse('user_not_found');
  if (!channel.members.has(user)) refuse('not_in_channel');
  leave(slack, channel, user, bot.userId);
  return {};
}

const note = (what: 'topic' | 'purpose') => (call: Call) => {
  const channel = openChannel(call);
  if (channel.kind === 'im') refuse('method_not_supported_for_channel_type');
  setNote(call.slack, channel, what, call.args.words(what), bot.userId);
  return { channel: channelObject(channel), [what]: channel[what].value };
};

function archiveChannel(call: Call): Json {
  const channel = channelOf(call);
  demandRoom(channel);
  if (channel.archived) refuse('already_archived');
  if (!botIsIn(channel)) refuse('not_in_channel');
  if (isGeneral(channel)) refuse('cant_archive_general');
  archive(call.slack, channel, bot.userId);
  return {};
}

function unarchiveChannel(call: Call): Json {
  const channel = channelOf(call);
  demandRoom(channel);
  if (!channel.archived) refuse('not_archived');
  // "Bot tokens cannot be used to unarchive": a bot is no longer in a channel that was archived, whoever archived it.
  return refuse('not_in_channel');
}

function joinChannel(call: Call): Json {
  const channel = channelOf(call);
  if (channel.kind !== 'public') refuse('method_not_supported_for_channel_type');
  if (channel.archived) refuse('is_archived');
  const already = botIsIn(channel);
  if (!already) join(call.slack, channel, bot.userId);
  return { channel: channelObject(channel), ...(already && { warning: 'already_in_channel' }) };
}

function leaveChannel(call: Call): Json {
  const channel = channelOf(call);
  demandRoom(channel);
  if (channel.archived) refuse('is_archived');
  if (isGeneral(channel)) refuse('cant_leave_general');
  if (!botIsIn(channel)) return { not_in_channel: true };
  if (channel.members.size === 1 && isPrivate(channel)) refuse('last_member');
  leave(call.slack, channel, bot.userId);
  return {};
}

function renameChannel(call: Call): Json {
  const channel = openChannel(call);
  demandRoom(channel);
  if (channel.creator !== bot.userId) refuse('not_authorized');
  rename(call.slack, channel, call.args.text('name') ?? '', bot.userId);
  return { channel: channelObject(channel) };
}

const kindsByType: Record<string, ChannelKind> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

/** Each kind asked for takes its own scope. */
function kindsWanted(call: Call): Set<ChannelKind> {
  const types = call.args.list('types');
  const kinds = (types.length > 0 ? types : ['public_channel']).map(
    (type) => kindsByType[type] ?? refuse('invalid_types'),
  );
  for (const kind of kinds) demandScope(call, kind);
  return new Set(kinds);
}

function list(call: Call): Json {
  const kinds = kindsWanted(call);
  const withoutArchived = call.args.flag('exclude_archived');
  const seen = [...call.slack.workspace.channels.values()].filter(
    (channel) =>
      kinds.has(channel.kind) && (!isPrivate(channel) || botIsIn(channel)) && !(withoutArchived && channel.archived),
  );
  const { items, response_metadata } = paged(call, seen, 100, 999);
  return { channels: items.map(counted), response_metadata };
}

function usersConversations(call: Call): Json {
  const kinds = kindsWanted(call);
  const user = call.args.text('user') ?? bot.userId;
  const withoutArchived = call.args.flag('exclude_archived');
  const seen = [...call.slack.workspace.channels.values()].filter(
    (channel) =>
      kinds.has(channel.kind) &&
      channel.members.has(user) &&
      (!isPrivate(channel) || botIsIn(channel)) &&
      !(withoutArchived && channel.archived),
  );
  const { items, response_metadata } = paged(call, seen, 100, 999);
  return { channels: items.map(channelObject), response_metadata };
}

function info(call: Call): Json {
  const channel = channelOf(call);
  const seen = call.args.flag('include_num_members') ? counted(channel) : channelObject(channel);
  const canvas = canvasIn(call, channel.id);
  return { channel: { ...seen, ...(canvas && { properties: { canvas: { file_id: canvas.id, is_empty: false } } }) } };
}

function openConversation(call: Call): Json {
  const { slack, args } = call;
  const given = args.text('channel');
  if (given) return opened(call, channelOf(call, given), true);
  const users = args.list('users');
  if (users.length === 0) refuse('users_list_not_supplied');
  if (users.length > mostInDirect) refuse('too_many_users');
  for (const id of users) {
    const person = slack.workspace.people.get(id);
    if (!person) refuse('user_not_found');
    if (person?.role === 'deactivated') refuse('user_disabled');
  }
  demandScope(call, users.length > 1 ? 'mpim' : 'im');
  const { channel, isNew } = openDirect(slack, [bot.userId, ...users]);
  return opened(call, channel, !isNew);
}

function opened({ args }: Call, channel: ChannelRecord, already: boolean): Json {
  const seen = args.flag('return_im') ? channelObject(channel) : { id: channel.id };
  return { ...(already && { no_op: true, already_open: true }), channel: seen };
}

function members(call: Call): Json {
  const { items, response_metadata } = paged(call, [...channelOf(call).members], 100);
  return { members: items, response_metadata };
}

/** Newest first, from where a cursor or `latest` says; a history without the bot in it is closed to it. */
function channelHistory(call: Call): Json {
  const { args } = call;
  const channel = ownChannel(call);
  const limit = args.whole('limit', 100, 999);
  const inRange = range(call);
  const shown = channel.messages.filter(
    (message) => (!message.deleted || hasReplies(channel, message)) && isOnTheSurface(message) && inRange(message.ts),
  );
  return { ...slice(call, shown.reverse(), limit), pin_count: channel.pins.length };
}

/** What was deleted with a thread below it leaves a mark, so that the thread can be found. */
const hasReplies = (channel: ChannelRecord, { ts }: Message) =>
  (channel.threads.get(ts) ?? []).some(({ deleted }) => !deleted);

const isOnTheSurface = ({ thread_ts, ts, subtype }: Message) =>
  !thread_ts || thread_ts === ts || subtype === 'thread_broadcast';

const timestamp = /^\d+(?:\.\d+)?$/;

function range({ args }: Call): (ts: string) => boolean {
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest');
  if (!timestamp.test(oldest)) refuse('invalid_ts_oldest');
  if (latest !== undefined && latest !== 'now' && !timestamp.test(latest)) refuse('invalid_ts_latest');
  const inclusive = args.flag('inclusive');
  const end = latest === undefined || latest === 'now' ? Number.POSITIVE_INFINITY : Number(latest);
  const start = Number(oldest);
  return (ts) => {
    const at = Number(ts);
    return inclusive ? at >= start && at <= end : at > start && at < end;
  };
}

/** Cursors name the next message and not an offset, so what is posted between two pages shifts nothing. */
function slice({ slack, args }: Call, shown: Message[], asked: number): Json {
  const limit = slack.limits.onPage(asked);
  const cursor = args.text('cursor');
  const next = cursor ? /^next_ts:(.+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] : undefined;
  if (cursor && !next) refuse('invalid_cursor');
  const start = next ? shown.findIndex(({ ts }) => ts === next) : 0;
  if (start < 0) refuse('invalid_cursor');
  const page = shown.slice(start, start + limit);
  const after = shown[start + page.length];
  const metadata = args.flag('include_all_metadata');
  return {
    messages: page.map((message) => (message.deleted ? tombstone(message) : wireMessage(message, { metadata }))),
    has_more: after !== undefined,
    response_metadata: { next_cursor: after ? Buffer.from(`next_ts:${after.ts}`).toString('base64') : '' },
  };
}

/** The parent first, then its replies, oldest first. */
function replies(call: Call): Json {
  const { args } = call;
  const channel = ownChannel(call);
  const limit = args.whole('limit', 1000, 1000);
  const asked = channel.byTs.get(args.need('ts'));
  const parent = channel.byTs.get(asked?.thread_ts ?? asked?.ts ?? '');
  if (!parent || (parent.deleted && !channel.threads.has(parent.ts))) return refuse('thread_not_found');
  const inRange = range(call);
  const below = (channel.threads.get(parent.ts) ?? []).filter(({ ts, deleted }) => !deleted && inRange(ts));
  return slice(call, [parent, ...below], limit);
}

export const conversations: Record<string, Method> = {
  'conversations.create': { tier: 'T2', scopes: manage, run: createChannel },
  'conversations.rename': { tier: 'T2', scopes: manage, run: renameChannel },
  'conversations.invite': { tier: 'T3', scopes: invites, run: invite },
  'conversations.kick': { tier: 'T3', scopes: ['channels:manage', 'groups:write'], run: kick },
  'conversations.setTopic': { tier: 'T2', scopes: topics, run: note('topic') },
  'conversations.setPurpose': { tier: 'T2', scopes: topics, run: note('purpose') },
  'conversations.archive': { tier: 'T2', scopes: manage, run: archiveChannel },
  'conversations.unarchive': { tier: 'T2', scopes: manage, run: unarchiveChannel },
  'conversations.join': { tier: 'T3', scopes: ['channels:join'], run: joinChannel },
  'conversations.leave': { tier: 'T3', scopes: manage, run: leaveChannel },
  'conversations.list': { tier: 'T2', scopes: read, run: list },
  'conversations.info': { tier: 'T3', scopes: read, run: info },
  'conversations.open': { tier: 'T3', scopes: manage, run: openConversation },
  'conversations.history': { tier: 'T3', scopes: history, run: channelHistory },
  'conversations.replies': { tier: 'T3', scopes: history, run: replies },
  'conversations.members': { tier: 'T4', scopes: read, run: members },
  'users.conversations': { tier: 'T3', scopes: read, run: usersConversations },
};
