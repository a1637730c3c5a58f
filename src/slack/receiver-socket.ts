import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Connection, connect, type Envelope } from './connection.ts';
import { type Arrival, identify, rateNotice } from './deliveries.ts';

export interface SocketParts {
  /** Asks Slack for the address of a new connection (`apps.connections.open`). */
  open: () => Promise<string>;
  /** Slack sends each payload to one of the connections; with two, one is up while the other is replaced. */
  sockets: number;
  receive: (arrival: Arrival) => Promise<unknown>;
  /** Slack says that it held back events since then. */
  limited?: (since: Date) => void;
  log: Log;
  /** Slack pings at least every 30 s; a connection silent for longer than this is replaced. Real milliseconds. */
  silence?: number;
  /** Whether the token will not become valid by waiting. */
  isHopeless?: (error: unknown) => boolean;
}

/** Between the first connections, so that they never end together. Real milliseconds, as all times here. */
const stagger = 200;
const firstWait = 200;
const longestWait = 15_000;
/** How often to ask with a token that Slack does not take: somebody may install the app again. */
const hopelessWait = 60_000;
/** One that ends sooner than this was no use, whatever it says. */
const worthwhile = 1_000;
/** How long stopping waits for what still has to be acknowledged: Slack itself waits three seconds. */
const owedWait = 3_000;

const refusals =
  /\b(invalid_auth|not_authed|account_inactive|user_removed_from_team|team_disabled|token_revoked|token_expired|not_allowed_token_type)\b/;
const refused = (error: unknown) => error instanceof Error && refusals.test(error.message);

export type SocketReceiver = ReturnType<typeof createSocketReceiver>;

/** Slack's deliveries over Socket Mode: several connections, each replaced when it ends, goes silent, or is about to end. */
export function createSocketReceiver(parts: SocketParts) {
  const { open, sockets, receive, limited, log, silence = 40_000, isHopeless = refused } = parts;
  const connections = new Set<Connection>();
  const stop = new AbortController();
  let problem: string | undefined;

  const wait = (ms: number) => sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined);

  /** Keeps one connection up for as long as we run. */
  async function keepUp(slot: number): Promise<void> {
    await wait(slot * stagger);
    for (let failures = 0; !stop.signal.aborted; ) {
      const began = performance.now();
      const useful = await serve().catch(trouble);
      failures = useful && performance.now() - began > worthwhile ? 0 : failures + 1;
      if (problem) await wait(hopelessWait);
      else if (failures > 0) await wait(backOff(failures));
    }
  }

  /** Resolves when the connection is to be replaced; true if it worked. */
  async function serve(): Promise<boolean> {
    const url = await open();
    problem = undefined;
    if (stop.signal.aborted) return false;
    const connection = connect({ url, silence, take, warn: (fields, sentence) => log.warn(fields, sentence) });
    connections.add(connection);
    void connection.gone.then(() => connections.delete(connection));
    return (await connection.over) !== 'refused';
  }

  function trouble(err: unknown): false {
    if (!isHopeless(err)) log.warn({ err }, 'no connection to Slack, trying again');
    else if (!problem) {
      problem = 'Slack does not take the app token. Check SLACK_APP_TOKEN, or install the app again.';
      log.fatal({ err }, problem);
    }
    return false;
  }

  function take({ payload, ack }: Envelope): void {
    const known = identify(payload);
    if (known) {
      receive({ ...known, body: payload, ack: async (answer) => ack(answer) }).catch((err: unknown) =>
        log.error({ err }, 'a delivery could not be taken'),
      );
      return;
    }
    const since = rateNotice(payload);
    if (since) {
      log.warn('Slack holds back events: more than 30,000 came in an hour');
      limited?.(since);
    } else log.warn({ type: (payload as { type?: unknown } | undefined)?.type }, 'a delivery of an unknown kind');
    ack();
  }

  const up = () => [...connections].filter((connection) => connection.up());

  return {
    start(): void {
      for (let slot = 0; slot < sockets; slot++) void keepUp(slot);
    },
    /** Resolves when every connection is closed. */
    async stop(): Promise<void> {
      stop.abort();
      const enough = performance.now() + owedWait;
      while (up().some((connection) => connection.owes()) && performance.now() < enough) await sleep(10);
      for (const connection of connections) connection.close();
      await Promise.all([...connections].map((connection) => connection.gone));
    },
    status: () => ({
      connected: up().length,
      wanted: sockets,
      /** Real milliseconds since anything was heard on the quietest connection. */
      quiet: up().length === 0 ? undefined : Math.round(Math.max(...up().map((connection) => connection.quiet()))),
      ...(problem && { problem }),
    }),
  };
}

const backOff = (failures: number) =>
  Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 20)) * (0.75 + Math.random() / 2);
