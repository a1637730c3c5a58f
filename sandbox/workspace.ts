/** The workspace itself: people, channels, messages, indexed so that hundreds of incidents stay quick. */

import type { Change } from './changes.ts';
import { bot, botPerson, firstPeople, toPerson } from './people.ts';
import type { Bookmark, Channel, FileInfo, Message, PersonInfo } from './wire.ts';

export type Note = { value: string; creator: string; last_set: number };

export type ChannelKind = Channel['kind'];

export type Pin = { ts: string; by: string; created: number };

export type ChannelRecord = {
  id: string;
  name: string;
  previousNames: string[];
  kind: ChannelKind;
  archived: boolean;
  topic: Note;
  purpose: Note;
  created: number;
  creator: string;
  externallyShared: boolean;
  members: Set<string>;
  pins: Pin[];
  bookmarks: Bookmark[];
  /** oldest first, deleted ones included */
  messages: Message[];
  byTs: Map<string, Message>;
  /** parent's ts → replies, oldest first */
  threads: Map<string, Message[]>;
  /** microseconds of the youngest ts: no two messages of a channel share one */
  lastMicros: number;
};

export type Usergroup = { id: string; handle: string; name: string; users: string[] };

export type StoredFile = FileInfo & {
  bytes: string;
  complete: boolean;
  user: string;
  shared: string[];
  /** how long it was said to be when its upload was asked for */
  announced?: number;
};

export type NewChannel = Pick<ChannelRecord, 'name' | 'kind' | 'creator'> & { members: string[] };

/** What a snapshot holds. */
export type Saved = {
  version: 1;
  counter: number;
  people: PersonInfo[];
  usergroups: Usergroup[];
  files: StoredFile[];
  channels: (Omit<ChannelRecord, 'members' | 'byTs' | 'threads'> & { members: string[] })[];
  /** absent in snapshots from before there was a page */
  marks?: [user: string, channels: [id: string, ts: string][]][];
};

export type Workspace = ReturnType<typeof createWorkspace>;

export function formatTs(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
}

const note = (value = ''): Note => ({ value, creator: '', last_set: 0 });

export const dmKey = (users: Iterable<string>) => [...new Set(users)].sort().join('+');

export function createWorkspace(now: () => number) {
  let counter = 0;
  let lastMicros = 0;
  const people = new Map<string, PersonInfo>();
  const byHandle = new Map<string, string>();
  const usergroups = new Map<string, Usergroup>();
  const channels = new Map<string, ChannelRecord>();
  /** A list, because twins can share a name. */
  const byName = new Map<string, string[]>();
  const byMembers = new Map<string, string>();
  const files = new Map<string, StoredFile>();
  /** how far each person has read each channel */
  const marks = new Map<string, Map<string, string>>();
  const watchers = new Set<(change: Change) => void>();

  const changed = (change: Change = { kind: 'everything' }) => {
    for (const watch of watchers) watch(change);
  };

  const nextId = (prefix: string) => {
    counter += 1;
    return `${prefix}0${(60_466_176 + counter * 7919).toString(36).toUpperCase().padStart(8, '0')}`;
  };

  function index(channel: ChannelRecord) {
    channels.set(channel.id, channel);
    if (channel.kind === 'im' || channel.kind === 'mpim') byMembers.set(dmKey(channel.members), channel.id);
    else byName.set(channel.name, [...(byName.get(channel.name) ?? []), channel.id]);
  }

  function addPerson(person: PersonInfo) {
    people.set(person.id, person);
    byHandle.set(person.name, person.id);
    changed({ kind: 'people' });
    return person;
  }

  function addChannel({ name, kind, creator, members }: NewChannel): ChannelRecord {
    const channel: ChannelRecord = {
      id: nextId(kind === 'im' ? 'D' : 'C'),
      name,
      previousNames: [],
      kind,
      archived: false,
      topic: note(),
      purpose: note(),
      created: Math.floor(now() / 1000),
      creator,
      externallyShared: false,
      members: new Set(members),
      pins: [],
      bookmarks: [],
      messages: [],
      byTs: new Map(),
      threads: new Map(),
      lastMicros: 0,
    };
    index(channel);
    changed({ kind: 'channel', channel });
    return channel;
  }

  function fill() {
    addPerson(botPerson);
    for (const person of firstPeople) addPerson(toPerson(person));
    const inside = [...people.values()].filter(({ role }) => role === 'member' || role === 'admin').map(({ id }) => id);
    const guests = ['gus', 'mina'].flatMap((name) => byHandle.get(name) ?? []);
    const ana = byHandle.get('ana') ?? bot.userId;
    addChannel({ name: 'general', kind: 'public', creator: ana, members: inside.filter((id) => id !== bot.userId) });
    addChannel({ name: 'incidents', kind: 'public', creator: ana, members: [...inside, ...guests] });
  }

  function empty() {
    for (const map of [people, byHandle, usergroups, channels, byName, byMembers, files, marks]) map.clear();
    counter = 0;
  }

  fill();

  return {
    people,
    channels,
    usergroups,
    files,
    changed,
    nextId,
    addPerson,
    addChannel,
    onChange: (watch: (change: Change) => void) => {
      watchers.add(watch);
    },
    personNamed: (name: string) => people.get(byHandle.get(name.replace(/^@/, '')) ?? name),
    channelsNamed: (name: string) => (byName.get(name) ?? []).flatMap((id) => channels.get(id) ?? []),
    directChannel: (users: Iterable<string>) => channels.get(byMembers.get(dmKey(users)) ?? ''),
    renameChannel(channel: ChannelRecord, name: string) {
      byName.set(
        channel.name,
        (byName.get(channel.name) ?? []).filter((id) => id !== channel.id),
      );
      channel.previousNames.push(channel.name);
      channel.name = name;
      byName.set(name, [...(byName.get(name) ?? []), channel.id]);
      changed({ kind: 'channel', channel });
    },
    markOf: (user: string, channel: string): string => marks.get(user)?.get(channel) ?? '',
    mark(user: string, channel: ChannelRecord, ts: string) {
      const own = marks.get(user) ?? new Map<string, string>();
      marks.set(user, own.set(channel.id, ts));
      changed({ kind: 'mark', user, channel });
    },
    removeChannel({ id }: ChannelRecord) {
      channels.delete(id);
      changed();
    },
    /** A ts nobody in this channel has: the sandbox clock, pushed on by a microsecond where needed. */
    nextTs(channel: ChannelRecord): string {
      channel.lastMicros = Math.max(Math.floor(now() * 1000), channel.lastMicros + 1);
      return formatTs(channel.lastMicros);
    },
    eventTs(): string {
      lastMicros = Math.max(Math.floor(now() * 1000), lastMicros + 1);
      return formatTs(lastMicros);
    },
    startOver() {
      empty();
      fill();
      changed();
    },
    save: (): Saved => ({
      version: 1,
      counter,
      people: [...people.values()],
      usergroups: [...usergroups.values()],
      files: [...files.values()],
      channels: [...channels.values()].map(({ byTs: _, threads: __, members, ...rest }) => ({
        ...rest,
        members: [...members],
      })),
      marks: [...marks].map(([user, own]) => [user, [...own]]),
    }),
    restore(saved: Saved) {
      empty();
      counter = saved.counter;
      for (const person of saved.people) addPerson(person);
      for (const group of saved.usergroups) usergroups.set(group.id, group);
      for (const file of saved.files) files.set(file.id, file);
      for (const [user, own] of saved.marks ?? []) marks.set(user, new Map(own));
      for (const { members, ...rest } of saved.channels) {
        const channel = { ...rest, members: new Set(members), byTs: new Map(), threads: new Map() } as ChannelRecord;
        for (const message of channel.messages) file(channel, message);
        index(channel);
      }
    },
  };
}

/** Puts a message into the channel's indexes (the list itself is the caller's). */
export function file(channel: ChannelRecord, message: Message) {
  channel.byTs.set(message.ts, message);
  if (!message.thread_ts || message.thread_ts === message.ts) return;
  const thread = channel.threads.get(message.thread_ts);
  if (thread) thread.push(message);
  else channel.threads.set(message.thread_ts, [message]);
}

export const isPrivate = ({ kind }: ChannelRecord) => kind !== 'public';
