import type { Json } from '../json.ts';
import { objects, textOf } from '../json.ts';
import { post } from '../messages.ts';
import { bot } from '../people.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import type { FileInfo } from '../wire.ts';
import type { ChannelRecord, StoredFile } from '../workspace.ts';
import { botIsIn, type Call, channelOf, type Method } from './method.ts';

/** A gigabyte, and a megabyte of a snippet. Bytes. */
const largest = 1024 ** 3;
const largestSnippet = 1024 ** 2;
const mostChannels = 100;

const mimeTypes: Record<string, string> = {
  md: 'text/markdown',
  txt: 'text/plain',
  log: 'text/plain',
  json: 'application/json',
  csv: 'text/csv',
  png: 'image/png',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  html: 'text/html',
};

export function newFile(slack: Slack, name: string, user: string): StoredFile {
  const id = slack.workspace.nextId('F');
  const extension = name.split('.').pop() ?? '';
  const url = `${slack.url()}/files-pri/${id}/${encodeURIComponent(name)}`;
  const file: StoredFile = {
    id,
    name,
    title: name,
    mimetype: mimeTypes[extension] ?? 'application/octet-stream',
    filetype: extension,
    size: 0,
    url_private: url,
    url_private_download: url,
    permalink: url,
    created: Math.floor(slack.clock.now() / 1000),
    user,
    bytes: '',
    complete: false,
    shared: [],
  };
  slack.workspace.files.set(id, file);
  return file;
}

export function publicFile({ bytes: _, complete: __, announced: ___, shared, ...rest }: StoredFile): FileInfo {
  return { ...rest, channels: shared };
}

/** Shares an uploaded file into a channel, as a message with the two events that come with it. */
export function share(slack: Slack, channel: ChannelRecord, files: StoredFile[], by: string, words: Json = {}) {
  for (const file of files) file.shared.push(channel.id);
  const thread = textOf(words.thread_ts);
  const message = post(slack, channel, {
    user: by,
    byBot: by === bot.userId,
    text: textOf(words.initial_comment) ?? '',
    files: files.map(publicFile),
    ...(thread && { thread }),
    extra: { subtype: 'file_share', upload: true },
  });
  for (const { id } of files)
    slack.emit({ type: 'file_shared', file_id: id, user_id: by, file: { id }, channel_id: channel.id }, channel);
  return message;
}

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
function getUploadUrl({ slack, args }: Call): Json {
  const name = args.text('filename') ?? refuse('missing_argument');
  const length = Number(args.text('length') ?? refuse('missing_argument'));
  if (!Number.isInteger(length) || length < 1) refuse('missing_argument');
  if (length > largest) refuse('file_upload_size_restricted');
  if (args.has('snippet_type') && length > largestSnippet) refuse('snippet_too_large');
  if ((args.text('alt_txt') ?? '').length > 1000) refuse('alt_txt_too_large');
  const file = newFile(slack, name, bot.userId);
  file.announced = length;
  return { upload_url: `${slack.url()}/upload/v1/${file.id}`, file_id: file.id };
}

/** What was uploaded by this app, whole, and not shared yet: a file is completed once. */
function uploaded({ slack }: Call, id: unknown): StoredFile {
  const file = slack.workspace.files.get(String(id));
  if (!file || file.user !== bot.userId || file.complete || file.size === 0) return refuse('file_not_found');
  return file.announced === undefined || file.announced === file.size ? file : refuse('file_update_failed');
}

/** https://docs.slack.dev/reference/methods/files.completeUploadExternal */
function completeUpload(call: Call): Json {
  const { slack, args } = call;
  const asked = objects(args.json('files'));
  if (asked.length === 0) refuseArguments('invalid_arguments', ['missing required field: files [json-pointer:/files]']);
  const ids = [...args.list('channels'), ...args.list('channel_id')];
  if (ids.length > mostChannels) refuse('channels_limit_exceeded');
  const channels = ids.map((id) => channelOf(call, id));
  for (const channel of channels) {
    if (!botIsIn(channel)) refuse('not_in_channel');
    if (channel.archived) refuse('posting_to_channel_denied');
  }
  const thread = args.text('thread_ts');
  // A thread is in one channel.
  if (thread && channels.length !== 1) refuse('invalid_channel');
  if (thread && !channels[0]?.byTs.has(thread)) refuse('invalid_channel');
  const files = asked.map(({ id }) => uploaded(call, id));
  for (const [index, file] of files.entries())
    Object.assign(file, { title: textOf(asked[index]?.title) ?? file.name, complete: true });
  for (const channel of channels) share(slack, channel, files, bot.userId, args.raw);
  slack.workspace.changed({ kind: 'files' });
  return { files: files.map(publicFile) };
}

function info({ slack, args }: Call): Json {
  const file = slack.workspace.files.get(args.need('file'));
  return { file: publicFile(file ?? refuse('file_not_found')), comments: [], response_metadata: { next_cursor: '' } };
}

export const files: Record<string, Method> = {
  'files.getUploadURLExternal': { tier: 'T4', scopes: ['files:write'], run: getUploadUrl },
  'files.completeUploadExternal': { tier: 'T4', scopes: ['files:write'], run: completeUpload },
  'files.info': { tier: 'T4', scopes: ['files:read'], run: info },
};
