/** Slack's text: what it does to `&`, `<`, `>` and addresses on the way in, and whom the tokens ring. */
import { isObject, type Json, objects, strings, textOf } from './json.ts';
import type { Block, Notified } from './wire.ts';

/** The `<…>` tokens Slack knows; anything else in angle brackets is text. */
const token = /<(?:[@#!][^<>]+|(?:https?:\/\/|mailto:|tel:|slack:\/\/)[^<>]+)>/g;

function escapeText(text: string): string {
  return text
    .replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\bhttps?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]'"]/g, '<$&>');
}

/** Keeps tokens, escapes the rest, links bare addresses: what history gives back. */
export function normalise(text: string): string {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(token)) {
    out += escapeText(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return out + escapeText(text.slice(end));
}

export type Directory = {
  user: (name: string) => string | undefined;
  channel: (name: string) => string | undefined;
  usergroup: (handle: string) => string | undefined;
};

/** What Slack's client makes of typed words: everything escaped, then @ana, #general and @here become tokens. */
export function typedText(text: string, directory: Directory): string {
  const escaped = escapeText(text.replaceAll(/&(?=(?:amp|lt|gt);)/g, '&amp;'));
  return escaped
    .replaceAll(/(^|[\s(])@([a-z0-9][\w.-]*[a-z0-9]|[a-z0-9])/gi, (whole, before: string, name: string) => {
      if (/^(?:channel|here|everyone)$/.test(name)) return `${before}<!${name}>`;
      const user = directory.user(name);
      if (user) return `${before}<@${user}>`;
      const group = directory.usergroup(name);
      return group ? `${before}<!subteam^${group}>` : whole;
    })
    .replaceAll(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const channel = directory.channel(name);
      return channel ? `${before}<#${channel}>` : whole;
    });
}

/** A command's text with `should_escape`: tokens carry the name too. https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandText(text: string, directory: Directory): string {
  return text
    .replaceAll(/(^|\s)@([a-z0-9][\w.-]*[a-z0-9]|[a-z0-9])/gi, (whole, before: string, name: string) => {
      const user = directory.user(name);
      if (user) return `${before}<@${user}|${name}>`;
      const group = directory.usergroup(name);
      return group ? `${before}<!subteam^${group}|@${name}>` : whole;
    })
    .replaceAll(/(^|\s)#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const channel = directory.channel(name);
      return channel ? `${before}<#${channel}|${name}>` : whole;
    })
    .replaceAll(/(^|\s)(https?:\/\/[^\s<>]+)/g, '$1<$2>');
}

/** The rich text Slack's client sends for words a person typed. */
export function typedBlocks(text: string, blockId: string): Block[] {
  const elements: Json[] = [];
  let end = 0;
  const plain = (raw: string) => raw.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const words = (raw: string) => {
    if (raw) elements.push({ type: 'text', text: plain(raw) });
  };
  for (const match of text.matchAll(token)) {
    words(text.slice(end, match.index));
    end = match.index + match[0].length;
    elements.push(richToken(match[0].slice(1, -1)));
  }
  words(text.slice(end));
  return [{ type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] }];
}

function richToken(inside: string): Json {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: target, ...(label && { text: label }) };
}

type Rung = { users: Set<string>; usergroups: Set<string>; broadcast: Set<'channel' | 'here' | 'everyone'> };

function ringTokens(text: string, rung: Rung) {
  for (const [, user] of text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)) if (user) rung.users.add(user);
  for (const [, group] of text.matchAll(/<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>/g)) if (group) rung.usergroups.add(group);
  for (const [, range] of text.matchAll(/<!(channel|here|everyone)(?:\|[^>]*)?>/g)) ringRange(range, rung);
}

function ringRange(range: string | undefined, rung: Rung) {
  if (range === 'channel' || range === 'here' || range === 'everyone') rung.broadcast.add(range);
}

/** Walks any block: mrkdwn and markdown texts hold tokens, rich text holds elements, plain text rings nobody. */
function ringBlocks(value: unknown, rung: Rung) {
  if (Array.isArray(value)) for (const item of value) ringBlocks(item, rung);
  if (!isObject(value)) return;
  const text = textOf(value.text);
  if (text !== undefined && (value.type === 'mrkdwn' || value.type === 'markdown')) ringTokens(text, rung);
  if (value.type === 'user' && typeof value.user_id === 'string') rung.users.add(value.user_id);
  if (value.type === 'usergroup' && typeof value.usergroup_id === 'string') rung.usergroups.add(value.usergroup_id);
  if (value.type === 'broadcast') ringRange(textOf(value.range), rung);
  for (const inner of Object.values(value)) if (typeof inner === 'object') ringBlocks(inner, rung);
}

export type Ringing = { text: string; blocks?: unknown; attachments?: unknown; linkNames?: boolean };

/** Both the text and the blocks are counted: which of the two rings depends on the client, and neither may by accident. */
export function notified({ text, blocks, attachments, linkNames }: Ringing): Notified {
  const rung: Rung = { users: new Set(), usergroups: new Set(), broadcast: new Set() };
  ringTokens(text, rung);
  if (linkNames) for (const [, range] of text.matchAll(/(?:^|\s)@(channel|here|everyone)\b/g)) ringRange(range, rung);
  ringBlocks(blocks, rung);
  for (const attachment of objects(attachments)) {
    ringBlocks(attachment.blocks, rung);
    for (const field of ['text', 'pretext']) ringTokens(textOf(attachment[field]) ?? '', rung);
    for (const field of strings(attachment.mrkdwn_in)) ringTokens(textOf(attachment[field]) ?? '', rung);
  }
  return { users: [...rung.users], usergroups: [...rung.usergroups], broadcast: [...rung.broadcast] };
}
