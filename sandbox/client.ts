/** The sandbox's control API, typed: tests, bench and replay drive people, the clock and the faults with it. */

import { asker, channelIs, messageIs, waitFor } from './ask.ts';
import { type PagerDutyClient, pagerDutyAt } from './pagerduty/client.ts';
import { person } from './person.ts';
import type {
  BotStatus,
  BurstResult,
  Channel,
  Choice,
  ClockState,
  CommandResult,
  ElementMatch,
  FaultRule,
  LedgerEntry,
  Message,
  NewPerson,
  OutageOf,
  PersonInfo,
  Place,
  PressResult,
  SubmitResult,
  View,
  Violation,
} from './wire.ts';

export type Span = { ms?: number; seconds?: number; minutes?: number; hours?: number; days?: number };

/** A callback_id, a pattern for the title or the text, or a question to ask of each. */
export type Match<T> = string | RegExp | ((candidate: T) => boolean);

export type WaitOptions = {
  /** real milliseconds; 10,000 unless told */
  within?: number;
};

/** What a person can put into one field: option values or texts, handles or ids, dates, plain text. */
export type FieldValue = string | number | string[] | Choice | Choice[] | Date | RichText | null;

/** What a rich_text_input holds. */
export type RichText = { type: 'rich_text'; elements: Record<string, unknown>[] };

export type Person = {
  id: string;
  name: string;
  command(text: string, at: { channel: string }): Promise<CommandResult>;
  say(text: string, at: { channel: string; thread?: string }): Promise<Message>;
  edit(message: { channel: string; ts: string }, text: string): Promise<Message>;
  delete(message: { channel: string; ts: string }): Promise<void>;
  react(emoji: string, message: { channel: string; ts: string }): Promise<void>;
  unreact(emoji: string, message: { channel: string; ts: string }): Promise<void>;
  pin(message: { channel: string; ts: string }): Promise<void>;
  unpin(message: { channel: string; ts: string }): Promise<void>;
  upload(
    file: { name: string; content: string; encoding?: 'utf8' | 'base64' },
    at: { channel: string; thread?: string },
  ): Promise<Message>;
  press(what: ElementMatch, on: Place): Promise<PressResult>;
  /** by action_id, or by block_id where all inputs share one action_id */
  choose(actionOrBlockId: string, value: FieldValue, on: Place): Promise<PressResult>;
  /** what an external select offers for these letters */
  options(actionOrBlockId: string, typed: string, on: Place): Promise<Choice[]>;
  type(blockId: string, value: FieldValue, on: { view: string }): Promise<PressResult>;
  submit(values: Record<string, FieldValue>, opts?: { view?: string }): Promise<SubmitResult>;
  /** closes the top view, or with `all` the whole stack */
  close(opts?: { view?: string; all?: boolean }): Promise<void>;
  shortcut(callbackId: string): Promise<PressResult>;
  messageShortcut(callbackId: string, message: { channel: string; ts: string }): Promise<PressResult>;
  createChannel(name: string, opts?: { private?: boolean }): Promise<Channel>;
  join(channel: string): Promise<void>;
  leave(channel: string): Promise<void>;
  archive(channel: string): Promise<void>;
  deleteChannel(channel: string): Promise<void>;
  unarchive(channel: string): Promise<void>;
  rename(channel: string, name: string): Promise<void>;
  setTopic(channel: string, topic: string): Promise<void>;
  invite(person: string | { name: string }, channel: string): Promise<void>;
  kick(person: string | { name: string }, channel: string): Promise<void>;
  /** the modals open before this person, the top one last */
  views(): Promise<View[]>;
  waitForView(match?: Match<View>, opts?: WaitOptions): Promise<View>;
  /** what this person reads in the channel, ephemerals included; throws where they are not a member */
  sees(channel: string): Promise<Message[]>;
  waitForMessage(channel: string, match: Match<Message>, opts?: WaitOptions): Promise<Message>;
  channels(): Promise<Channel[]>;
  /** the conversation with the bot, oldest first */
  directMessages(): Promise<Message[]>;
  waitForDirectMessage(match: Match<Message>, opts?: WaitOptions): Promise<Message>;
  home(): Promise<View | undefined>;
  openHome(): Promise<void>;
  /** to be given to `press` and `say` as channel: the direct conversation with the bot */
  dm(): Promise<string>;
};

export type SandboxClient = {
  url: string;
  as(name: string): Person;
  people(): Promise<PersonInfo[]>;
  addPerson(info: NewPerson): Promise<Person>;
  setPerson(name: string, change: Partial<Omit<NewPerson, 'name'>>): Promise<void>;
  addUsergroup(group: { handle: string; name: string; members: string[] }): Promise<string>;
  clock: {
    now(): Promise<Date>;
    forward(span: Span): Promise<Date>;
    setTo(date: Date): Promise<Date>;
    freeze(): Promise<Date>;
    run(): Promise<Date>;
    due(): Promise<Date | null>;
  };
  faults: {
    add(rule: FaultRule): Promise<string>;
    remove(id: string): Promise<void>;
    clear(): Promise<void>;
    cutSockets(): Promise<void>;
    halfOpenSockets(): Promise<void>;
    refreshSockets(): Promise<void>;
    /** of Slack unless told */
    outage(on: boolean, of?: OutageOf): Promise<void>;
  };
  app(set: { requestUrl?: string | null; signingSecret?: string; scopes?: string[] }): Promise<void>;
  channels(): Promise<Channel[]>;
  channel(nameOrId: string): Promise<Channel | undefined>;
  waitForChannel(match: Match<Channel>, opts?: WaitOptions): Promise<Channel>;
  /** oldest first; deleted ones included and marked with `deleted` only when asked for */
  messages(channel: string, opts?: { deleted?: boolean; thread?: string }): Promise<Message[]>;
  waitForMessage(channel: string, match: Match<Message>, opts?: WaitOptions): Promise<Message>;
  ledger(opts?: { since?: number }): Promise<LedgerEntry[]>;
  violations(): Promise<Violation[]>;
  redeliver(deliveryKey: string): Promise<PressResult>;
  burst(what: { count: number; channel: string; perSecond?: number; inFlight?: number }): Promise<BurstResult>;
  /** no delivery is on its way and no retry of one is waiting on real time */
  quiet(opts?: WaitOptions): Promise<void>;
  waitForApp(opts?: WaitOptions): Promise<void>;
  startOver(): Promise<void>;
  /** people who answer its pages, and its bad days */
  pagerduty: PagerDutyClient;
  bot: { status(): Promise<BotStatus>; do(what: 'kill' | 'stop' | 'start' | 'restart'): Promise<BotStatus> };
};

const spanMs = ({ ms = 0, seconds = 0, minutes = 0, hours = 0, days = 0 }: Span) =>
  ms + 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days)));

export function sandboxAt(url: string): SandboxClient {
  const ask = asker(url);
  const turn = async (change: unknown) => new Date((await ask<ClockState>('POST', '/clock', change)).now);
  const fault = async (what: string, body: unknown = {}) => {
    await ask('POST', `/faults/${what}`, body);
  };
  const messages: SandboxClient['messages'] = (channel, opts = {}) => {
    const query = new URLSearchParams({ channel });
    if (opts.deleted) query.set('deleted', 'true');
    if (opts.thread) query.set('thread', opts.thread);
    return ask('GET', `/messages?${query}`);
  };
  const channels = () => ask<Channel[]>('GET', '/channels');

  return {
    url,
    as: (name) => person(ask, name),
    people: () => ask('GET', '/people'),
    addPerson: async (info) => {
      await ask('POST', '/people', info);
      return person(ask, info.name);
    },
    setPerson: async (name, change) => {
      await ask('POST', `/people/${encodeURIComponent(name)}/change`, change);
    },
    addUsergroup: async (group) => (await ask<{ id: string }>('POST', '/usergroups', group)).id,
    clock: {
      now: async () => new Date((await ask<ClockState>('GET', '/clock')).now),
      forward: (span) => turn({ forward: spanMs(span) }),
      setTo: (date) => turn({ set: date.getTime() }),
      freeze: () => turn({ running: false }),
      run: () => turn({ running: true }),
      due: async () => {
        const { due } = await ask<ClockState>('GET', '/clock');
        return due === null ? null : new Date(due);
      },
    },
    faults: {
      add: async (rule) => (await ask<{ id: string }>('POST', '/faults', rule)).id,
      remove: (id) => fault('remove', { id }),
      clear: () => fault('clear'),
      cutSockets: () => fault('cut-sockets'),
      halfOpenSockets: () => fault('half-open-sockets'),
      refreshSockets: () => fault('refresh-sockets'),
      outage: (on, of) => fault('outage', { on, ...(of && { of }) }),
    },
    app: async (set) => {
      await ask('POST', '/app', set);
    },
    channels,
    channel: async (nameOrId) => {
      const [found] = await ask<Channel[]>('GET', `/channels?named=${encodeURIComponent(nameOrId)}`);
      return found;
    },
    waitForChannel: (match, opts) =>
      waitFor(`a channel ${match}`, async () => (await channels()).findLast(channelIs(match)), opts),
    messages,
    waitForMessage: (channel, match, opts) =>
      waitFor(
        `a message ${match} in ${channel}`,
        async () => (await messages(channel)).findLast(messageIs(match)),
        opts,
      ),
    ledger: ({ since = 0 } = {}) => ask('GET', `/ledger?since=${since}`),
    violations: () => ask('GET', '/violations'),
    redeliver: (key) => ask('POST', '/redeliver', { key }),
    burst: (what) => ask('POST', '/burst', what),
    quiet: async (opts) => {
      await waitFor(
        'deliveries to be settled',
        async () => ((await ask<{ pending: number }>('GET', '/deliveries')).pending === 0 ? true : undefined),
        opts,
      );
    },
    waitForApp: async (opts) => {
      await waitFor(
        'the app to connect',
        async () => ((await ask<{ connected: boolean }>('GET', '/app')).connected ? true : undefined),
        opts,
      );
    },
    startOver: async () => {
      await ask('POST', '/start-over', {});
    },
    pagerduty: pagerDutyAt(ask),
    bot: {
      status: () => ask('GET', '/bot'),
      do: (what) => ask('POST', '/bot', { do: what }),
    },
  };
}
