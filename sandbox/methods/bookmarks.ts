import type { Json } from '../json.ts';
import { bot } from '../people.ts';
import { refuse } from '../refusal.ts';
import type { Bookmark } from '../wire.ts';
import type { ChannelRecord } from '../workspace.ts';
import { type Call, type Method, ownChannel } from './method.ts';

/** Slack's documented error is too_many_bookmarks; its figure, 100, is from its help pages. */
const mostBookmarks = 100;

const bookmarkChannel = (call: Call) => ownChannel(call, call.args.need('channel_id'));

function add(call: Call): Json {
  const { args, slack } = call;
  const channel = bookmarkChannel(call);
  const title = args.need('title');
  const link = args.text('link') ?? '';
  if (args.need('type') !== 'link') refuse('invalid_bookmark_type');
  if (!/^https?:\/\//.test(link) || !URL.canParse(link)) refuse('invalid_link');
  if (channel.bookmarks.length >= mostBookmarks) refuse('too_many_bookmarks');
  const now = Math.floor(slack.clock.now() / 1000);
  const bookmark: Bookmark = {
    id: slack.workspace.nextId('Bk'),
    channel_id: channel.id,
    title,
    link,
    emoji: args.text('emoji') ?? '',
    icon_url: '',
    type: 'link',
    entity_id: null,
    date_created: now,
    date_updated: 0,
    rank: 'i',
    last_updated_by_user_id: bot.userId,
    last_updated_by_team_id: '',
    shortcut_id: null,
    app_id: bot.appId,
  };
  channel.bookmarks.push(bookmark);
  slack.workspace.changed({ kind: 'channel', channel });
  return { bookmark };
}

function bookmarkOf(call: Call, channel: ChannelRecord): Bookmark {
  const id = call.args.need('bookmark_id');
  return channel.bookmarks.find((one) => one.id === id) ?? refuse('not_found');
}

function edit(call: Call): Json {
  const { args, slack } = call;
  const channel = bookmarkChannel(call);
  const bookmark = bookmarkOf(call, channel);
  const link = args.text('link');
  if (link !== undefined && !URL.canParse(link)) refuse('invalid_link');
  Object.assign(bookmark, {
    title: args.text('title') ?? bookmark.title,
    link: link ?? bookmark.link,
    emoji: args.text('emoji') ?? bookmark.emoji,
    date_updated: Math.floor(slack.clock.now() / 1000),
  });
  slack.workspace.changed({ kind: 'channel', channel });
  return { bookmark };
}

function remove(call: Call): Json {
  const channel = bookmarkChannel(call);
  const gone = bookmarkOf(call, channel);
  channel.bookmarks = channel.bookmarks.filter((one) => one !== gone);
  call.slack.workspace.changed({ kind: 'channel', channel });
  return {};
}

const list = (call: Call): Json => ({ bookmarks: bookmarkChannel(call).bookmarks });

export const bookmarks: Record<string, Method> = {
  'bookmarks.add': { tier: 'T2', scopes: ['bookmarks:write'], run: add },
  'bookmarks.edit': { tier: 'T2', scopes: ['bookmarks:write'], run: edit },
  'bookmarks.remove': { tier: 'T2', scopes: ['bookmarks:write'], run: remove },
  'bookmarks.list': { tier: 'T3', scopes: ['bookmarks:read'], run: list },
};
