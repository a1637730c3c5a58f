/** /sandbox/people/<name>/<verb>: what one person does and sees. */
import * as z from 'zod';
import * as acts from './acts.ts';
import { options } from './answers.ts';
import * as conversations from './conversations.ts';
import { channelFor, directoryOf, readable } from './find.ts';
import { close, submit } from './forms.ts';
import { history, pinned, thread } from './history.ts';
import { edit, pin, post, react, remove, unpin, unreact } from './messages.ts';
import { newFile, share } from './methods/files.ts';
import { bot } from './people.ts';
import { dismiss } from './replies.ts';
import { shownChannel } from './shown.ts';
import type { Slack } from './slack.ts';
import { typedBlocks, typedText } from './text.ts';
import type { Message, PersonInfo } from './wire.ts';
import type { ChannelRecord, StoredFile } from './workspace.ts';

type Doing = { slack: Slack; person: PersonInfo; body: unknown };
type Looking = { slack: Slack; person: PersonInfo; query: URLSearchParams };

const At = z.object({ channel: z.string() });
const On = z.union([z.object({ channel: z.string(), ts: z.string().optional() }), z.object({ view: z.string() })]);
const Target = z.object({ channel: z.string(), ts: z.string() });
const Words = At.extend({ text: z.string(), thread: z.string().optional(), broadcast: z.boolean().optional() });
const Shown = z.object({
  actionId: z.string().optional(),
  blockId: z.string().optional(),
  text: z.string().optional(),
  value: z.string().optional(),
});
const Emoji = Target.extend({ emoji: z.string() });

/** Absent rather than undefined, as the types inside want it. */
const place = (on: z.infer<typeof On>) =>
  'view' in on ? { view: on.view } : { channel: on.channel, ...(on.ts !== undefined && { ts: on.ts }) };

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function targetOf({ slack, person, body }: Doing): { channel: ChannelRecord; message: Message } {
  const { channel: given, ts } = Target.parse(body);
  const channel = channelFor(slack, person, given);
  const message = channel.byTs.get(ts);
  if (!message || message.deleted) throw new Error(`no message ${ts} in ${given}`);
  return { channel, message };
}

function writable({ slack, person }: Doing, given: string): ChannelRecord {
  const channel = channelFor(slack, person, given);
  if (channel.archived) throw new Error(`${given} is archived`);
  return channel;
}

/** A channel the person can see, in it or not: to join, and to look before. */
function visible({ slack, person }: Pick<Doing, 'slack' | 'person'>, given: string): ChannelRecord {
  const { workspace } = slack;
  const found = [workspace.channels.get(given), ...workspace.channelsNamed(given.replace(/^#/, ''))];
  const channel = found.find((one) => one && conversations.canSee(person, one));
  if (channel) return channel;
  throw new Error(`${person.name} sees no channel ${given}`);
}

const asked = (looking: Looking) => visible(looking, looking.query.get('channel') ?? '');

function say(doing: Doing): Message {
  const { slack, person, body } = doing;
  const { channel: given, text: typed, thread, broadcast = false } = Words.parse(body);
  const channel = writable(doing, given);
  const text = typedText(typed, directoryOf(slack));
  const blocks = typedBlocks(text, slack.workspace.nextId('b').slice(-5));
  return post(slack, channel, { user: person.id, text, blocks, broadcast, ...(thread && { thread }) });
}

function change(doing: Doing): Message {
  const { slack, person, body } = doing;
  const { channel, message } = targetOf(doing);
  if (message.user !== person.id) throw new Error('only who wrote a message can change it');
  const text = typedText(z.object({ text: z.string() }).parse(body).text, directoryOf(slack));
  return edit(slack, channel, message, person.id, { text, blocks: typedBlocks(text, 'edit') });
}

function erase(doing: Doing) {
  const { channel, message } = targetOf(doing);
  const { slack, person } = doing;
  if (message.user !== person.id && person.role !== 'admin') throw new Error('only who wrote a message can delete it');
  remove(slack, channel, message);
}

const bare = (emoji: string) => emoji.replaceAll(':', '');

const Upload = z.object({
  name: z.string(),
  content: z.string(),
  encoding: z.enum(['utf8', 'base64']).optional(),
});

/** A file without a place yet: a form names it. */
function keepFile({ slack, person, body }: Doing): StoredFile {
  const { name, content, encoding = 'utf8' } = Upload.parse(body);
  const file = newFile(slack, name, person.id);
  const bytes = Buffer.from(content, encoding);
  return Object.assign(file, { bytes: bytes.toString('base64'), size: bytes.length, complete: true });
}

function upload(doing: Doing): Message {
  const { slack, person, body } = doing;
  const { channel: given, thread } = At.extend({ thread: z.string().optional() }).parse(body);
  const channel = writable(doing, given);
  return share(slack, channel, [keepFile(doing)], person.id, thread ? { thread_ts: thread } : {});
}

function invite(doing: Doing) {
  const { slack, person, body } = doing;
  const { person: name, channel: given } = At.extend({ person: z.string() }).parse(body);
  const channel = writable(doing, given);
  const invited = slack.workspace.personNamed(name);
  const trouble = conversations.inviteTrouble(channel, invited, person.id, false);
  if (trouble === 'already_in_channel' || !invited) return trouble;
  if (trouble) throw new Error(trouble);
  conversations.join(slack, channel, invited.id, person.id);
  return undefined;
}

function kick(doing: Doing) {
  const { slack, person, body } = doing;
  const { person: name, channel: given } = At.extend({ person: z.string() }).parse(body);
  const gone = slack.workspace.personNamed(name);
  const channel = writable(doing, given);
  if (!gone || !channel.members.has(gone.id)) throw new Error(`${name} is not in ${given}`);
  conversations.leave(slack, channel, gone.id, person.id);
}

function join(doing: Doing) {
  const channel = visible(doing, At.parse(doing.body).channel);
  if (!channel.members.has(doing.person.id)) conversations.join(doing.slack, channel, doing.person.id);
}

const directChannel = ({ slack, person }: Doing | Looking) =>
  conversations.openDirect(slack, [bot.userId, person.id]).channel;

function directWith({ slack, person }: Doing, name: string): ChannelRecord {
  const other = slack.workspace.personNamed(name);
  if (!other) throw new Error(`there is no ${name}`);
  return conversations.openDirect(slack, [person.id, other.id]).channel;
}

function openHome(doing: Doing) {
  const { slack, person } = doing;
  const channel = directChannel(doing);
  const home = slack.views.home(person.id);
  slack.emit({
    type: 'app_home_opened',
    user: person.id,
    channel: channel.id,
    tab: 'home',
    ...(home && { view: home.view }),
  });
}

const Named = At.extend({ name: z.string() });

export const does: Record<string, (doing: Doing) => unknown> = {
  command: ({ slack, person, body }) => {
    const { text, channel } = Words.parse(body);
    return acts.command(slack, person, channelFor(slack, person, channel), text);
  },
  say,
  edit: change,
  delete: erase,
  react: (doing) => {
    const { channel, message } = targetOf(doing);
    react(doing.slack, channel, message, doing.person.id, bare(Emoji.parse(doing.body).emoji));
  },
  unreact: (doing) => {
    const { channel, message } = targetOf(doing);
    unreact(doing.slack, channel, message, doing.person.id, bare(Emoji.parse(doing.body).emoji));
  },
  pin: (doing) => {
    const { channel, message } = targetOf(doing);
    if (!message.pinned) pin(doing.slack, channel, message, doing.person.id);
  },
  unpin: (doing) => {
    const { channel, message } = targetOf(doing);
    if (message.pinned) unpin(doing.slack, channel, message, doing.person.id);
  },
  upload,
  'keep-file': (doing) => ({ id: keepFile(doing).id }),
  press: ({ slack, person, body }) => {
    const { what, on } = z.object({ what: Shown, on: On }).parse(body);
    return acts.press(slack, person, present(what), place(on));
  },
  choose: ({ slack, person, body }) => {
    const { actionId, blockId, value, on } = z
      .object({ actionId: z.string(), blockId: z.string().optional(), value: z.unknown(), on: On })
      .parse(body);
    return acts.choose(slack, person, { actionId, blockId }, value, place(on));
  },
  options: ({ slack, person, body }) => {
    const { actionId, typed, on } = z.object({ actionId: z.string(), typed: z.string(), on: On }).parse(body);
    return options(slack, person, actionId, typed, place(on));
  },
  type: ({ slack, person, body }) => {
    const { blockId, value, view } = z
      .object({ blockId: z.string(), value: z.unknown(), view: z.string() })
      .parse(body);
    return acts.type(slack, person, blockId, value, view);
  },
  submit: ({ slack, person, body }) => {
    const { values, view } = z
      .object({ values: z.record(z.string(), z.unknown()), view: z.string().optional() })
      .parse(body);
    return submit(slack, person, values, view);
  },
  close: ({ slack, person, body }) => {
    const { view, all } = z.object({ view: z.string().optional(), all: z.boolean().optional() }).parse(body ?? {});
    return close(slack, person, view, all);
  },
  shortcut: ({ slack, person, body }) =>
    acts.shortcut(slack, person, z.object({ callbackId: z.string() }).parse(body).callbackId),
  'message-shortcut': (doing) => {
    const { channel, message } = targetOf(doing);
    const { callbackId } = z.object({ callbackId: z.string() }).parse(doing.body);
    return acts.messageShortcut(doing.slack, doing.person, callbackId, channel, message);
  },
  'create-channel': ({ slack, person, body }) => {
    const { name, private: secret } = z.object({ name: z.string(), private: z.boolean() }).parse(body);
    return shownChannel(slack, conversations.create(slack, name, person.id, { secret }));
  },
  join,
  leave: (doing) => {
    const channel = channelFor(doing.slack, doing.person, At.parse(doing.body).channel);
    conversations.leave(doing.slack, channel, doing.person.id);
  },
  archive: (doing) =>
    conversations.archive(doing.slack, writable(doing, At.parse(doing.body).channel), doing.person.id),
  unarchive: (doing) => {
    const channel = channelFor(doing.slack, doing.person, At.parse(doing.body).channel);
    if (channel.archived) conversations.unarchive(doing.slack, channel, doing.person.id);
  },
  'delete-channel': (doing) => {
    const channel = channelFor(doing.slack, doing.person, At.parse(doing.body).channel);
    conversations.remove(doing.slack, channel, doing.person.id);
  },
  rename: (doing) => {
    const { channel, name } = Named.parse(doing.body);
    conversations.rename(doing.slack, writable(doing, channel), name, doing.person.id);
  },
  'set-topic': (doing) => {
    const { channel, topic } = At.extend({ topic: z.string() }).parse(doing.body);
    conversations.setNote(doing.slack, writable(doing, channel), 'topic', topic, doing.person.id);
  },
  invite,
  kick,
  'open-home': openHome,
  dm: (doing) => {
    const { person: name } = z.object({ person: z.string().optional() }).parse(doing.body);
    return { channel: name === undefined ? directChannel(doing).id : directWith(doing, name).id };
  },
  mark: ({ slack, person, body }) => {
    const { channel: given, ts } = Target.parse(body);
    slack.workspace.mark(person.id, channelFor(slack, person, given), ts);
  },
  dismiss: ({ slack, person, body }) => {
    const { channel, ts } = Target.parse(body);
    const message = slack.ephemerals.find(person.id, channel, ts);
    if (message) dismiss(slack, person.id, message);
  },
};

export const looks: Record<string, (looking: Looking) => unknown> = {
  views: ({ slack, person }) => slack.views.stack(person.id).map(({ view }) => view),
  sees: ({ slack, person, query }) => readable(slack, person, channelFor(slack, person, query.get('channel') ?? '')),
  history: (looking) =>
    history(looking.slack, looking.person, asked(looking), {
      before: looking.query.get('before') ?? undefined,
      since: looking.query.get('since') ?? undefined,
      limit: z.coerce
        .number()
        .int()
        .positive()
        .default(200)
        .parse(looking.query.get('limit') ?? undefined),
    }),
  thread: (looking) => thread(looking.slack, looking.person, asked(looking), looking.query.get('ts') ?? ''),
  pinned: (looking) => pinned(asked(looking)),
  channels: ({ slack, person }) =>
    [...slack.workspace.channels.values()]
      .filter((channel) => conversations.canSee(person, channel))
      .map((channel) => shownChannel(slack, channel)),
  'direct-messages': (looking) => readable(looking.slack, looking.person, directChannel(looking)),
  home: ({ slack, person }) => ({ view: slack.views.home(person.id)?.view }),
};
