/** One line to each window of the page: everything once, then only what changed. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Change } from './changes.ts';
import { botStatus, type Supervisor } from './control.ts';
import { canSee } from './conversations.ts';
import { team } from './people.ts';
import { unreadIn } from './reads.ts';
import { shownChannel } from './shown.ts';
import type { Slack } from './slack.ts';
import type { Delta, Message, PersonInfo, SeenChannel, Snapshot } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

/** Changes come in flocks; a window hears of all that happened within this. */
const gatherMs = 12;
/** A window that reads so little is told to start again rather than filled further. */
const mostUnsentBytes = 16 * 1024 * 1024;

type Window = { socket: WebSocket; user: string };

/** What happened since the windows were last told. */
type News = {
  everything: boolean;
  people: boolean;
  bot: boolean;
  clock: boolean;
  violations: boolean;
  channels: Set<ChannelRecord>;
  messages: Set<Message>;
  /** by who is concerned */
  ephemerals: Map<string, Map<string, Message>>;
  marks: Map<string, Set<ChannelRecord>>;
  views: Set<string>;
  homes: Set<string>;
};

const noNews = (): News => ({
  everything: false,
  people: false,
  bot: false,
  clock: false,
  violations: false,
  channels: new Set(),
  messages: new Set(),
  ephemerals: new Map(),
  marks: new Map(),
  views: new Set(),
  homes: new Set(),
});

export type PageStream = ReturnType<typeof createPageStream>;

/** A line of WebSocket rather than of server-sent events, of which a browser holds only six to one address. */
export function createPageStream(slack: Slack, supervisor: () => Supervisor | undefined) {
  const { workspace, clock, ledger, views } = slack;
  const server = new WebSocketServer({ noServer: true });
  const windows = new Set<Window>();
  let news = noNews();
  let timer: NodeJS.Timeout | undefined;

  function happened(note: (news: News) => void) {
    if (windows.size === 0) return;
    note(news);
    timer ??= setTimeout(tell, gatherMs);
  }

  workspace.onChange((change) => happened((now) => noteChange(now, change, workspace.channels)));
  clock.watch(() => happened(flag('clock')));
  clock.onDue(() => happened(flag('clock')));
  ledger.onViolation(() => happened(flag('violations')));

  function seen(person: PersonInfo, channel: ChannelRecord): SeenChannel {
    return { ...shownChannel(slack, channel), ...unreadIn(slack, person, channel) };
  }

  const everyone = () => [...workspace.people.values()];
  const usergroups = () => [...workspace.usergroups.values()].map(({ id, handle }) => ({ id, handle }));
  const viewsOf = (user: string) => views.stack(user).map(({ view }) => view);
  const homeOf = (user: string) => views.home(user)?.view ?? null;
  const bot = () => botStatus(slack, supervisor());

  function snapshot(person: PersonInfo): Snapshot {
    return {
      kind: 'snapshot',
      team: team.name,
      person,
      people: everyone(),
      usergroups: usergroups(),
      channels: [...workspace.channels.values()].filter((one) => canSee(person, one)).map((one) => seen(person, one)),
      views: viewsOf(person.id),
      home: homeOf(person.id),
      app: slack.app.face,
      bot: bot(),
      clock: clock.state(),
      violations: ledger.violations().length,
    };
  }

  function delta(person: PersonInfo, now: News): Delta | undefined {
    const touched = [...new Set([...now.channels, ...(now.marks.get(person.id) ?? [])])];
    const channels = touched.filter((one) => canSee(person, one)).map((one) => seen(person, one));
    const hidden = touched.filter((one) => !canSee(person, one)).map(({ id }) => id);
    const shown = [...now.messages].filter(({ channel }) => workspace.channels.get(channel)?.members.has(person.id));
    const messages = [...shown, ...(now.ephemerals.get(person.id)?.values() ?? [])];
    const told = {
      ...(messages.length > 0 && { messages }),
      ...(channels.length > 0 && { channels }),
      ...(hidden.length > 0 && { hidden }),
      ...(now.people && { people: everyone(), usergroups: usergroups() }),
      ...(now.views.has(person.id) && { views: viewsOf(person.id) }),
      ...(now.homes.has(person.id) && { home: homeOf(person.id) }),
      ...(now.bot && { bot: bot() }),
      ...(now.clock && { clock: clock.state() }),
      ...(now.violations && { violations: ledger.violations().length }),
    };
    return Object.keys(told).length > 0 ? { kind: 'delta', ...told } : undefined;
  }

  function send({ socket }: Window, message: Snapshot | Delta | undefined) {
    if (!message) return;
    if (socket.bufferedAmount > mostUnsentBytes) return socket.terminate();
    socket.send(JSON.stringify(message));
  }

  function tell() {
    timer = undefined;
    const now = news;
    news = noNews();
    for (const window of windows) {
      const person = workspace.people.get(window.user);
      if (!person) window.socket.close(4404, 'nobody by that name');
      else send(window, now.everything ? snapshot(person) : delta(person, now));
    }
  }

  function open(socket: WebSocket, person: PersonInfo) {
    const window = { socket, user: person.id };
    windows.add(window);
    socket.on('close', () => windows.delete(window));
    socket.on('error', () => windows.delete(window));
    send(window, snapshot(person));
  }

  return {
    /** Whether this was a window asking. */
    upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): boolean {
      const { pathname } = new URL(request.url ?? '/', 'ws://sandbox');
      const [, name] = /^\/sandbox\/people\/([^/]+)\/stream$/.exec(pathname) ?? [];
      if (!name) return false;
      const person = workspace.personNamed(decodeURIComponent(name));
      if (person) server.handleUpgrade(request, wire, head, (socket) => open(socket, person));
      else wire.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return true;
    },
    botChanged: () => happened(flag('bot')),
    windows: () => windows.size,
    stop() {
      clearTimeout(timer);
      for (const { socket } of windows) socket.terminate();
      server.close();
    },
  };
}

const flag = (what: 'bot' | 'clock' | 'violations') => (news: News) => {
  news[what] = true;
};

function inner<V>(map: Map<string, V>, key: string, fresh: () => V): V {
  const known = map.get(key) ?? fresh();
  map.set(key, known);
  return known;
}

function noteChange(news: News, change: Change, channels: Map<string, ChannelRecord>) {
  switch (change.kind) {
    case 'message': {
      const channel = channels.get(change.message.channel);
      news.messages.add(change.message);
      if (channel) news.channels.add(channel);
      return;
    }
    case 'ephemeral':
      inner(news.ephemerals, change.user, () => new Map()).set(change.message.ts, change.message);
      return;
    case 'channel':
      news.channels.add(change.channel);
      return;
    case 'mark':
      inner(news.marks, change.user, () => new Set()).add(change.channel);
      return;
    case 'people':
      news.people = true;
      return;
    case 'views':
      news.views.add(change.user);
      return;
    case 'home':
      news.homes.add(change.user);
      return;
    case 'everything':
      news.everything = true;
  }
}
