import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Arrival } from './deliveries.ts';
import { identify, isRateNotice } from './deliveries.ts';

export interface SocketParts {
  /** Asks Slack for the address of a new connection (`apps.connections.open`). */
  open: () => Promise<string>;
  /** Slack sends each payload to one of the connections; with two, one is up while the other is replaced. */
  sockets: number;
  receive: (arrival: Arrival) => Promise<unknown>;
  log: Log;
  /** Slack pings at least every 30 s; a socket silent for longer than this is dead without knowing. Milliseconds. */
  silence?: number;
  /** Whether to stop trying: the token will not become valid by waiting. */
  isHopeless?: (error: unknown) => boolean;
}

const Frame = z.object({
  type: z.string(),
  envelope_id: z.string().optional(),
  payload: z.unknown().optional(),
  reason: z.string().optional(),
});

const firstWait = 200;
const longestWait = 15_000;
/** A connection about to be replaced still delivers for a little while. Milliseconds. */
const overlap = 10_000;

export type SocketReceiver = ReturnType<typeof createSocketReceiver>;

/** Slack's deliveries over Socket Mode. https://docs.slack.dev/apis/events-api/using-socket-mode */
export function createSocketReceiver({
  open,
  sockets,
  receive,
  log,
  silence = 40_000,
  isHopeless = () => false,
}: SocketParts) {
  const live = new Map<WebSocket, number>();
  let stopped = false;
  let ready = 0;

  /** Keeps one connection up for as long as we run. */
  async function keepUp(slot: number): Promise<void> {
    await pause(slot * firstWait);
    for (let failures = 0; !stopped; ) {
      try {
        const url = await open();
        if (stopped) return;
        await connection(url, () => {
          failures = 0;
        });
      } catch (err) {
        if (isHopeless(err)) {
          log.fatal({ err }, 'Slack does not take the app token: check SLACK_APP_TOKEN');
          return;
        }
        failures += 1;
        log.warn({ err, failures }, 'no connection to Slack, trying again');
      }
      if (!stopped && failures > 0)
        await pause(Math.min(longestWait, firstWait * 2 ** failures) * (0.75 + Math.random() / 2));
    }
  }

  /** Resolves when the connection should be replaced: it closed, went silent, or Slack said that it is about to end. */
  function connection(url: string, greeted: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { handshakeTimeout: 10_000 });
      let up = false;
      const heard = () => live.set(socket, Date.now());
      const watchdog = setInterval(() => {
        const quiet = Date.now() - (live.get(socket) ?? 0);
        if (live.has(socket) && quiet > silence) {
          log.warn({ quiet }, 'a socket went silent, replacing it');
          socket.terminate();
        } else if (socket.readyState === WebSocket.OPEN) socket.ping();
      }, silence / 4);

      socket.on('open', heard);
      socket.on('ping', heard);
      socket.on('pong', heard);
      socket.on('message', (data) => {
        heard();
        const frame = Frame.safeParse(parse(data.toString()));
        if (!frame.success) return log.warn('a frame that Slack never sends was left aside');
        if (frame.data.type === 'hello' && !up) {
          up = true;
          ready += 1;
          greeted();
        } else if (frame.data.type === 'disconnect') {
          // The next one is opened while this one still delivers.
          setTimeout(() => socket.close(), overlap).unref();
          resolve();
        } else take(socket, frame.data);
      });
      socket.on('error', reject);
      socket.on('close', () => {
        clearInterval(watchdog);
        live.delete(socket);
        if (up) ready -= 1;
        resolve();
      });
    });
  }

  function take(socket: WebSocket, { envelope_id: envelope, payload }: z.infer<typeof Frame>): void {
    if (!envelope) return;
    const ack = async (answer?: unknown) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(JSON.stringify({ envelope_id: envelope, ...(answer !== undefined && { payload: answer }) }));
    };
    const known = identify(payload);
    if (!known) {
      if (isRateNotice(payload)) log.warn('Slack holds back events: more than 30,000 came in an hour');
      else log.warn({ type: (payload as { type?: unknown })?.type }, 'a delivery of an unknown kind was left aside');
      void ack();
      return;
    }
    receive({ ...known, body: payload, ack }).catch((err: unknown) =>
      log.error({ err }, 'a delivery could not be taken'),
    );
  }

  return {
    start(): void {
      for (let slot = 0; slot < sockets; slot++) void keepUp(slot);
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all(
        [...live.keys()].map(
          (socket) =>
            new Promise<void>((resolve) => {
              socket.once('close', () => resolve());
              socket.close();
              setTimeout(() => socket.terminate(), 1_000).unref();
            }),
        ),
      );
    },
    status: () => ({
      connected: ready,
      wanted: sockets,
      /** Real milliseconds since anything was heard on the quietest connection. */
      quiet: live.size === 0 ? undefined : Math.max(...[...live.values()].map((at) => Date.now() - at)),
    }),
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
