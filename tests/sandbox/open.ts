/** A fresh workspace with a Web API client and a bare socket against it. */
import { LogLevel, WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import { type SandboxClient, sandboxAt } from '../../sandbox/client.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.ts';

const nothing = () => {};
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

export type Opened = AsyncDisposable & {
  sandbox: Sandbox;
  slack: WebClient;
  client: SandboxClient;
  /** the id of a channel of the first day */
  id(name: string): Promise<string>;
};

export async function open(options: SandboxOptions = {}): Promise<Opened> {
  const sandbox = await createSandbox({ manifest: '/none', ...options });
  const client = sandboxAt(sandbox.url);
  const slack = new WebClient(sandbox.botToken, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // Refusals are what is tested; they need not be told twice.
    logger: silent,
  });
  return {
    sandbox,
    slack,
    client,
    id: async (name) => (await client.channel(name))?.id ?? '',
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

export type Envelope = {
  envelope_id: string;
  type: string;
  retry_attempt?: number;
  reason?: string;
  payload: { event_id: string; event: Record<string, unknown>; [field: string]: unknown };
};

export type Line = AsyncDisposable & {
  socket: WebSocket;
  received: Envelope[];
  pongs: number;
  next(match: (envelope: Envelope) => boolean): Promise<Envelope>;
  ack(envelope: Envelope, payload?: unknown): void;
};

/** A socket that acknowledges what `answer` gives something for; by default everything. */
export async function connect(
  sandbox: Sandbox,
  answer: (envelope: Envelope) => unknown = () => ({}),
  waitMs = 8000,
): Promise<Line> {
  const app = new WebClient(sandbox.appToken, { slackApiUrl: sandbox.apiUrl });
  const { url } = await app.apps.connections.open({});
  const socket = new WebSocket(String(url));
  const line: Line = {
    socket,
    received: [],
    pongs: 0,
    ack: ({ envelope_id }, payload) => socket.send(JSON.stringify({ envelope_id, payload })),
    async next(match) {
      for (const end = Date.now() + waitMs; Date.now() < end; ) {
        const found = line.received.find(match);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`not among ${line.received.map(({ type }) => type).join(', ')}`);
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
  socket.on('pong', () => {
    line.pongs += 1;
  });
  socket.on('message', (data) => {
    const envelope = JSON.parse(String(data)) as Envelope;
    line.received.push(envelope);
    const said = envelope.envelope_id ? answer(envelope) : undefined;
    if (said !== undefined) line.ack(envelope, said);
  });
  socket.on('error', () => {});
  await line.next(({ type }) => type === 'hello');
  return line;
}

export const isEvent =
  (type: string, subtype?: string) =>
  ({ payload }: Envelope) =>
    payload?.event?.type === type && payload.event.subtype === subtype;
