import type { Json } from '../json.ts';
import { objects, textOf } from '../json.ts';
import { post } from '../messages.ts';
import { bot } from '../people.ts';
import { refuse } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import type { FileInfo } from '../wire.ts';
import type { ChannelRecord, StoredFile } from '../workspace.ts';
import { botIsIn, type Call, channelOf, type Method } from './method.ts';

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

export function publicFile({ bytes: _, complete: __, shared, ...rest }: StoredFile): FileInfo {
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

function getUploadUrl({ slack, args }: Call): Json {
  const name = args.need('filename');
  if (Number(args.need('length')) < 1) refuse('missing_argument');
  const file = newFile(slack, name, bot.userId);
  return { upload_url: `${slack.url()}/upload/v1/${file.id}`, file_id: file.id };
}

function completeUpload(call: Call): Json {
  const { slack, args } = call;
  const asked = objects(args.json('files'));
  const files = asked.map(({ id, title }) => {
    const file = slack.workspace.files.get(String(id));
    if (!file || file.size === 0) return refuse('file_not_found');
    file.title = textOf(title) ?? file.name;
    return file;
  });
  const ids = [...args.list('channels'), ...args.list('channel_id')];
  const channels = ids.map((id) => channelOf(call, id));
  for (const channel of channels) if (!botIsIn(channel)) refuse('not_in_channel');
  for (const file of files) file.complete = true;
  for (const channel of channels) share(slack, channel, files, bot.userId, args.raw);
  slack.workspace.changed();
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
