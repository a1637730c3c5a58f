/** The messages of the channels and threads that were opened, a page at a time. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Message } from '../../wire.ts';
import { act } from './act.ts';
import { indexOfTs, merged } from './sorted.ts';
import { now, viewer } from './store.ts';

type Loading = 'empty' | 'loading' | 'loaded' | 'failed';

export type MessageStore = {
  messages: ReadonlySignal<readonly Message[]>;
  state: ReadonlySignal<Loading>;
  /** there are older ones */
  more: ReadonlySignal<boolean>;
};

type Kept = { messages: Signal<readonly Message[]>; state: Signal<Loading>; more: Signal<boolean>; late: Message[] };

const channelStores = new Map<string, Kept>();
const threadStores = new Map<string, Kept>();
/** grows whenever what was loaded no longer counts */
let epoch = 0;

const fresh = (): Kept => ({ messages: signal([]), state: signal('empty'), more: signal(false), late: [] });

function storeIn(stores: Map<string, Kept>, key: string): Kept {
  const store = stores.get(key) ?? fresh();
  stores.set(key, store);
  return store;
}

const threadKey = (channel: string, ts: string) => `${channel} ${ts}`;

export const messagesIn = (channel: string): MessageStore => storeIn(channelStores, channel);
export const messagesOf = (channel: string, ts: string): MessageStore => storeIn(threadStores, threadKey(channel, ts));

export function loadChannel(channel: string) {
  return load(storeIn(channelStores, channel), () => act.history(channel, {}));
}

export function loadThread(channel: string, ts: string) {
  const asked = async () => ({ messages: await act.thread(channel, ts), more: false });
  return load(storeIn(threadStores, threadKey(channel, ts)), asked);
}

type Page = { messages: Message[]; more: boolean };

async function load(store: Kept, fetchPage: () => Promise<Page>) {
  if (store.state.peek() === 'loading' || store.state.peek() === 'loaded') return;
  const began = epoch;
  store.state.value = 'loading';
  store.late = [];
  try {
    const { messages, more } = await fetchPage();
    if (began !== epoch) return;
    // What came over the line meanwhile is younger than what was fetched.
    store.messages.value = merged(messages, store.late);
    store.more.value = more;
    store.state.value = 'loaded';
  } catch {
    if (began === epoch) store.state.value = 'failed';
  }
}

const fetching = new Set<string>();

/** A page further back; with `since` as far back as that. */
export async function loadOlder(channel: string, since?: string) {
  const store = storeIn(channelStores, channel);
  const oldest = store.messages.peek()[0];
  if (store.state.peek() !== 'loaded' || !store.more.peek() || !oldest || fetching.has(channel)) return;
  const began = epoch;
  fetching.add(channel);
  try {
    const { messages, more } = await act.history(channel, { before: oldest.ts, ...(since && { since }) });
    if (began !== epoch) return;
    store.messages.value = [...messages, ...store.messages.peek()];
    store.more.value = more;
  } finally {
    fetching.delete(channel);
  }
}

const isInThread = ({ thread_ts, ts }: Message) => thread_ts !== undefined && thread_ts !== ts;

export function takeMessages(messages: Message[]) {
  for (const [channel, changes] of Map.groupBy(messages, (message) => message.channel)) {
    const main = changes.filter((one) => !isInThread(one) || one.subtype === 'thread_broadcast');
    take(channelStores.get(channel), main);
    for (const [ts, some] of Map.groupBy(changes, (one) => one.thread_ts ?? one.ts))
      take(threadStores.get(threadKey(channel, ts)), some);
  }
}

function take(store: Kept | undefined, changes: Message[]) {
  if (!store || changes.length === 0) return;
  if (store.state.peek() === 'loading') store.late.push(...changes);
  if (store.state.peek() !== 'loaded') return;
  // What is older than the oldest page comes when that page is asked for.
  const oldest = store.more.peek() ? (store.messages.peek()[0]?.ts ?? '') : '';
  store.messages.value = merged(
    store.messages.peek(),
    changes.filter(({ ts }) => ts >= oldest),
  );
}

/** After a new snapshot: what is on the screen stays until it has been fetched again. */
export function forgetMessages() {
  epoch += 1;
  for (const store of [...channelStores.values(), ...threadStores.values()]) store.state.value = 'empty';
}

/** Another person reads other messages. */
export function dropMessages() {
  epoch += 1;
  channelStores.clear();
  threadStores.clear();
}

let notes = 0;

/** What Slack's own client says to one person, and nobody keeps. */
export function slackbotSays(channel: string, text: string) {
  notes += 1;
  const seconds = (now() / 1000).toFixed(3);
  const ts = `${seconds}${String(notes % 1000).padStart(3, '0')}`;
  const to = viewer.peek()?.id ?? '';
  const note: Message = { type: 'message', channel, ts, user: slackbot, text, ephemeralFor: to, local: true };
  takeMessages([note]);
}

export const slackbot = 'USLACKBOT';

export function removeNote({ channel, ts }: Message) {
  const store = channelStores.get(channel);
  if (!store) return;
  const index = indexOfTs(store.messages.peek(), ts);
  store.messages.value = store.messages.peek().toSpliced(index, 1);
}
