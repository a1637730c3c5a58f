/** What the source uses of Slack, read off its text, and what each of it needs in manifest.yml. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Uses {
  commands: Set<string>;
  /** Each with its type: `declare (global)`. */
  shortcuts: Set<string>;
  events: Set<string>;
  scopes: Set<string>;
  /** Methods that `methods` below does not know. */
  unknown: Set<string>;
}

/**
 * The scopes a method needs here, for each kind of conversation we call it on: public and private channels, and direct messages
 * where we write them. https://docs.slack.dev/reference/methods
 */
const methods = new Map<string, string[]>([
  ['apps.connections.open', []],
  ['auth.test', []],
  ['blocks.validate', []],
  ['bookmarks.add', ['bookmarks:write']],
  ['bookmarks.edit', ['bookmarks:write']],
  ['bookmarks.list', ['bookmarks:read']],
  ['bookmarks.remove', ['bookmarks:write']],
  ['canvases.edit', ['canvases:write']],
  ['chat.delete', ['chat:write']],
  ['chat.getPermalink', []],
  ['chat.postEphemeral', ['chat:write']],
  ['chat.postMessage', ['chat:write']],
  ['chat.update', ['chat:write']],
  ['conversations.archive', ['channels:manage', 'groups:write']],
  ['conversations.canvases.create', ['canvases:write']],
  ['conversations.create', ['channels:manage', 'groups:write']],
  ['conversations.history', ['channels:history', 'groups:history', 'im:history']],
  ['conversations.info', ['channels:read', 'groups:read']],
  ['conversations.invite', ['channels:manage', 'groups:write']],
  ['conversations.join', ['channels:join']],
  ['conversations.kick', ['channels:manage', 'groups:write']],
  ['conversations.leave', ['channels:manage', 'groups:write']],
  ['conversations.list', ['channels:read', 'groups:read']],
  ['conversations.members', ['channels:read', 'groups:read']],
  ['conversations.open', ['im:write']],
  ['conversations.rename', ['channels:manage', 'groups:write']],
  ['conversations.replies', ['channels:history', 'groups:history', 'im:history']],
  ['conversations.setPurpose', ['channels:manage', 'groups:write']],
  ['conversations.setTopic', ['channels:manage', 'groups:write']],
  ['conversations.unarchive', ['channels:manage', 'groups:write']],
  ['files.info', ['files:read']],
  ['files.completeUploadExternal', ['files:write']],
  ['files.getUploadURLExternal', ['files:write']],
  ['pins.add', ['pins:write']],
  ['pins.list', ['pins:read']],
  ['pins.remove', ['pins:write']],
  ['reactions.add', ['reactions:write']],
  ['reactions.get', ['reactions:read']],
  ['reactions.remove', ['reactions:write']],
  ['team.info', ['team:read']],
  ['usergroups.list', ['usergroups:read']],
  ['usergroups.users.list', ['usergroups:read']],
  ['users.conversations', ['channels:read', 'groups:read']],
  ['users.info', ['users:read']],
  ['users.list', ['users:read']],
  ['users.lookupByEmail', ['users:read.email']],
  ['views.open', []],
  ['views.publish', []],
  ['views.push', []],
  ['views.update', []],
]);

/** https://docs.slack.dev/reference/events */
const eventScopes = new Map<string, string[]>([
  ['app_home_opened', []],
  ['app_mention', ['app_mentions:read']],
  ['channel_archive', ['channels:read']],
  ['channel_deleted', ['channels:read']],
  ['channel_left', ['channels:read']],
  ['channel_rename', ['channels:read']],
  ['channel_unarchive', ['channels:read']],
  ['group_archive', ['groups:read']],
  ['group_deleted', ['groups:read']],
  ['group_left', ['groups:read']],
  ['group_rename', ['groups:read']],
  ['group_unarchive', ['groups:read']],
  ['member_joined_channel', ['channels:read', 'groups:read']],
  ['member_left_channel', ['channels:read', 'groups:read']],
  ['message.channels', ['channels:history']],
  ['message.groups', ['groups:history']],
  ['message.im', ['im:history']],
  ['pin_added', ['pins:read']],
  ['pin_removed', ['pins:read']],
  ['reaction_added', ['reactions:read']],
  ['reaction_removed', ['reactions:read']],
  ['user_change', ['users:read']],
]);

const families = [...new Set([...methods.keys()].map((method) => method.split('.')[0]))].join('|');
const quotedMethod = new RegExp(`'((?:${families})(?:\\.[a-zA-Z]+)+)'`, 'g');
const calledMethod = new RegExp(`\\bclient\\.((?:${families})(?:\\.[a-zA-Z]+)+)\\(`, 'g');
/** Of families that `methods` has none of, as well: what is called is never overlooked. */
const calledByName = /\b(?:call|apiCall)\(\s*'([a-zA-Z]+(?:\.[a-zA-Z]+)+)'/g;

export function readSource(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
}

const found = (source: string, ...forms: RegExp[]): Set<string> =>
  new Set(forms.flatMap((form) => [...source.matchAll(form)].flatMap(([, name]) => name ?? [])));

const shortcut =
  /\b(?:onShortcut\(\s*app,|app\.shortcut(?:<[^>]*>)?\()\s*'([\w-]+)'(?:,\s*\w+,\s*(?:async\s*)?\(([^)]*)\)\s*=>)?/g;

/** A handler that takes a message is that of a message shortcut. */
function shortcutsIn(source: string): Set<string> {
  const typed = ([, id, given = '']: string[]) => `${id} (${given.includes(',') ? 'message' : 'global'})`;
  return new Set([...source.matchAll(shortcut)].map(typed));
}

export function usesOf(source: string, router: string): Uses {
  const called = found(source, quotedMethod, calledMethod, calledByName);
  const heard = found(source, /\b(?:onEvent\(\s*app,|app\.event\()\s*'(\w+)'/g);
  // Our own posts coming back are read before any listener.
  if (/z\.literal\('message'\)/.test(source)) heard.add('message');
  // Kept as they come, in the same way.
  for (const [, added = '', removed = ''] of source.matchAll(/z\.enum\(\['(\w+_added)', '(\w+_removed)'\]\)/g)) {
    heard.add(added);
    heard.add(removed);
  }
  const events = new Set([...heard].flatMap((event) => (event === 'message' ? messageEvents(called) : [event])));
  const commands = found(router, /'(\/[\w-]+)'/g);
  const shortcuts = shortcutsIn(source);
  const needed = [
    ...[...called].flatMap((method) => methods.get(method) ?? []),
    ...[...events].flatMap((event) => eventScopes.get(event) ?? []),
    ...(commands.size + shortcuts.size > 0 ? ['commands'] : []),
  ];
  const unknown = [
    ...[...called].filter((method) => !methods.has(method)),
    ...[...events].filter((event) => !eventScopes.has(event)),
  ];
  return { commands, shortcuts, events, scopes: new Set(needed), unknown: new Set(unknown) };
}

/** One listener hears all kinds of conversations, but Slack wants a subscription to each. */
const messageEvents = (called: Set<string>) => [
  'message.channels',
  'message.groups',
  ...(called.has('conversations.open') ? ['message.im'] : []),
];
