/** What people do, over the control API. */
import type { FieldValue } from '../../client.ts';
import type {
  Choice,
  CommandResult,
  ElementMatch,
  FileInfo,
  History,
  Message,
  Place,
  PressResult,
  SeenChannel,
  SubmitResult,
} from '../../wire.ts';
import { personName } from './places.ts';

/** Throws with the sandbox's own sentence, which is meant for people. */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/sandbox${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error('The sandbox cannot be reached. It will be there again once it runs.');
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `the sandbox answered ${response.status}`);
  return answer as T;
}

const mine = (verb: string) => `/people/${encodeURIComponent(personName.peek())}/${verb}`;
const does = <T = unknown>(verb: string, body: unknown = {}) => ask<T>('POST', mine(verb), body);
const looks = <T>(verb: string, query: Record<string, string>) =>
  ask<T>('GET', `${mine(verb)}?${new URLSearchParams(query)}`);

type At = { channel: string; ts: string };

export const act = {
  command: (text: string, channel: string) => does<CommandResult>('command', { text, channel }),
  say: (text: string, at: { channel: string; thread?: string; broadcast?: boolean }) =>
    does<Message>('say', { text, ...at }),
  edit: ({ channel, ts }: At, text: string) => does('edit', { channel, ts, text }),
  remove: ({ channel, ts }: At) => does('delete', { channel, ts }),
  dismiss: ({ channel, ts }: At) => does('dismiss', { channel, ts }),
  react: ({ channel, ts }: At, emoji: string, on: boolean) => does(on ? 'react' : 'unreact', { channel, ts, emoji }),
  pin: ({ channel, ts }: At, on: boolean) => does(on ? 'pin' : 'unpin', { channel, ts }),
  upload: (file: { name: string; content: string }, at: { channel: string; thread?: string }) =>
    does<Message & { files: FileInfo[] }>('upload', { ...file, encoding: 'base64', ...at }),
  keepFile: (file: { name: string; content: string }) =>
    does<{ id: string }>('keep-file', { ...file, encoding: 'base64' }),
  press: (what: ElementMatch, on: Place) => does<PressResult>('press', { what, on }),
  choose: (what: { actionId: string; blockId: string }, value: FieldValue, on: Place) =>
    does<PressResult>('choose', { ...what, value, on }),
  options: (actionId: string, typed: string, on: Place) => does<Choice[]>('options', { actionId, typed, on }),
  submit: (values: Record<string, FieldValue>, view: string) => does<SubmitResult>('submit', { values, view }),
  close: (view: string, all: boolean) => does('close', { view, all }),
  shortcut: (callbackId: string) => does<PressResult>('shortcut', { callbackId }),
  messageShortcut: (callbackId: string, { channel, ts }: At) =>
    does<PressResult>('message-shortcut', { callbackId, channel, ts }),
  createChannel: (name: string, secret: boolean) => does<SeenChannel>('create-channel', { name, private: secret }),
  join: (channel: string) => does('join', { channel }),
  leave: (channel: string) => does('leave', { channel }),
  invite: (person: string, channel: string) => does('invite', { person, channel }),
  kick: (person: string, channel: string) => does('kick', { person, channel }),
  rename: (channel: string, name: string) => does('rename', { channel, name }),
  setTopic: (channel: string, topic: string) => does('set-topic', { channel, topic }),
  archive: (channel: string, on: boolean) => does(on ? 'archive' : 'unarchive', { channel }),
  mark: (channel: string, ts: string) => does('mark', { channel, ts }),
  openHome: () => does('open-home'),
  dm: (person?: string) => does<{ channel: string }>('dm', person === undefined ? {} : { person }),
  history: (channel: string, query: { before?: string; since?: string }) =>
    looks<History>('history', { channel, ...query }),
  thread: (channel: string, ts: string) => looks<Message[]>('thread', { channel, ts }),
  pinned: (channel: string) => looks<Message[]>('pinned', { channel }),
};
