import { WebSocket } from 'ws';
import * as z from 'zod';

const Frame = z.object({
  type: z.string(),
  envelope_id: z.string().optional(),
  payload: z.unknown().optional(),
  reason: z.string().optional(),
});

export interface Envelope {
  payload: unknown;
  ack(answer?: unknown): void;
}

export interface ConnectionParts {
  url: string;
  /** A connection that is silent for longer than this is dead without knowing it. Real milliseconds. */
  silence: number;
  take: (envelope: Envelope) => void;
  warn: (fields: object, sentence: string) => void;
}

/** Why a connection is to be replaced. `refused`: it never worked, so the next one should not come at once. */
export type Over = 'refresh' | 'closed' | 'silent' | 'refused';

/** A connection that is about to be replaced still delivers for a little while. Real milliseconds. */
const overlap = 10_000;
/** Slack's largest payloads are views of 250 KB. */
const largest = 4 * 1024 * 1024;

export type Connection = ReturnType<typeof connect>;

/** One connection of Socket Mode. https://docs.slack.dev/apis/events-api/using-socket-mode */
export function connect({ url, silence, take, warn }: ConnectionParts) {
  const socket = new WebSocket(url, { handshakeTimeout: 10_000, maxPayload: largest, perMessageDeflate: false });
  const unacknowledged = new Set<string>();
  const over = Promise.withResolvers<Over>();
  const gone = Promise.withResolvers<void>();
  let greeted = false;
  let heardAt = performance.now();
  const quiet = () => performance.now() - heardAt;

  // Slack pings at least every 30 s, and answers our pings: a line that only looks up does neither.
  const often = silence / 4;
  let lookedAt = performance.now();
  const watchdog = setInterval(() => {
    const late = performance.now() - lookedAt - often;
    lookedAt = performance.now();
    // This process itself stood still: what came meanwhile is not read yet.
    if (late > often) heardAt += late;
    if (quiet() > silence) {
      warn({ quiet: Math.round(quiet()) }, 'a connection to Slack went silent and is replaced');
      over.resolve('silent');
      socket.terminate();
    } else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, often);

  const heard = () => {
    heardAt = performance.now();
  };
  for (const frame of ['open', 'ping', 'pong'] as const) socket.on(frame, heard);
  socket.on('message', (data) => {
    heard();
    hear(String(data));
  });
  socket.on('error', (err) => {
    warn({ err }, 'a connection to Slack broke');
    over.resolve(greeted ? 'closed' : 'refused');
  });
  socket.on('close', () => {
    clearInterval(watchdog);
    over.resolve(greeted ? 'closed' : 'refused');
    gone.resolve();
  });

  function hear(text: string): void {
    const frame = Frame.safeParse(parse(text));
    if (!frame.success) {
      warn({}, 'a frame that Slack never sends was left aside');
      return;
    }
    const { type, envelope_id: id, payload, reason } = frame.data;
    if (type === 'hello') greeted = true;
    else if (type === 'disconnect') leave(reason);
    else if (id) {
      unacknowledged.add(id);
      take({ payload, ack: (answer) => acknowledge(id, answer) });
    }
  }

  /** The next one opens while this one still delivers. */
  function leave(reason: string | undefined): void {
    warn({ reason }, 'Slack is about to end a connection');
    over.resolve(reason === 'refresh_requested' || reason === 'warning' ? 'refresh' : 'refused');
    setTimeout(() => socket.close(), overlap).unref();
  }

  function acknowledge(id: string, answer: unknown): void {
    unacknowledged.delete(id);
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ envelope_id: id, ...(answer !== undefined && { payload: answer }) }));
  }

  return {
    over: over.promise,
    gone: gone.promise,
    up: () => greeted && socket.readyState === WebSocket.OPEN,
    quiet,
    /** Whether something that came in still waits for its acknowledgement. */
    owes: () => unacknowledged.size > 0,
    close(): void {
      socket.close();
      setTimeout(() => socket.terminate(), 1_000).unref();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
