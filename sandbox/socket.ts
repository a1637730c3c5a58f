/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, type Json, parseObject } from './json.ts';
import { bot } from './people.ts';

/** Slack allows ten connections of one app at a time. */
const mostSockets = 10;
/** Slack pings at least every 30 s; a silent client is given up after three pings. */
const pingEveryMs = 10_000;

/** Acknowledgements still waited for after their time, to say how late they came. */
const mostOverdue = 1000;

export const ackWithinMs = 3000;

export type Answer =
  | { status: 'acked'; ms: number; payload: Json }
  | { status: 'timeout'; ms: number; torn?: boolean }
  | { status: 'failed'; ms: number; reason: string; noRetry?: boolean };

export type Envelope = {
  kind: 'events_api' | 'slash_commands' | 'interactive';
  payload: Json;
  retry?: { attempt: number; reason: string };
};

type Connection = {
  socket: WebSocket;
  wire: Duplex;
  /** told to go away: used only while there is no other */
  leaving: boolean;
  missedPongs: number;
};

type Waiting = { started: number; timer: NodeJS.Timeout; answer: (answer: Answer) => void };

export type Sockets = ReturnType<typeof createSockets>;

export function createSockets(options: {
  random: () => number;
  onLateAck: (kind: string, ms: number) => void;
  /** one came or went */
  onConnections?: () => void;
}) {
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const connections = new Set<Connection>();
  const tickets = new Set<string>();
  const waiting = new Map<string, Waiting>();
  const overdue = new Map<string, { kind: string; started: number }>();

  const pinging = setInterval(() => {
    for (const connection of connections) {
      connection.missedPongs += 1;
      if (connection.missedPongs > 3) connection.wire.destroy();
      else connection.socket.ping();
    }
  }, pingEveryMs);
  pinging.unref();

  function acknowledge(text: string) {
    const message = parseObject(text);
    const id = typeof message?.envelope_id === 'string' ? message.envelope_id : '';
    const wait = waiting.get(id);
    const late = overdue.get(id);
    if (late) {
      overdue.delete(id);
      options.onLateAck(late.kind, Math.round(performance.now() - late.started));
    }
    if (!wait) return;
    clearTimeout(wait.timer);
    waiting.delete(id);
    const payload = isObject(message?.payload) ? message.payload : {};
    wait.answer({ status: 'acked', ms: performance.now() - wait.started, payload });
  }

  function greet(connection: Connection) {
    const { socket } = connection;
    const gone = () => {
      connections.delete(connection);
      options.onConnections?.();
    };
    connections.add(connection);
    options.onConnections?.();
    socket.on('close', gone);
    socket.on('error', gone);
    socket.on('ping', (data) => socket.pong(data));
    socket.on('pong', () => {
      connection.missedPongs = 0;
    });
    socket.on('message', (data) => acknowledge(String(data)));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.size,
        connection_info: { app_id: bot.appId },
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
  }

  function pick(): Connection | undefined {
    const all = [...connections];
    const fresh = all.filter(({ leaving }) => !leaving);
    const from = fresh.length > 0 ? fresh : all;
    return from[Math.floor(options.random() * from.length)];
  }

  return {
    /** A ticket is good for one connection, as the address Slack gives out is. */
    ticket(): string {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    upgrade(request: IncomingMessage, wire: Duplex, head: Buffer) {
      const ticket = new URL(request.url ?? '/', 'ws://sandbox').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        wire.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, wire, head, (socket) => {
        if (connections.size < mostSockets) return greet({ socket, wire, leaving: false, missedPongs: 0 });
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
        socket.close();
      });
    },
    count: () => connections.size,
    send(envelope: Envelope): Promise<Answer> {
      const connection = pick();
      if (!connection) return Promise.resolve({ status: 'failed', ms: 0, reason: 'no socket' });
      const id = randomUUID();
      const started = performance.now();
      connection.socket.send(
        JSON.stringify({
          envelope_id: id,
          type: envelope.kind,
          accepts_response_payload: envelope.kind !== 'events_api',
          ...(envelope.kind === 'events_api' && {
            retry_attempt: envelope.retry?.attempt ?? 0,
            retry_reason: envelope.retry?.reason ?? '',
          }),
          payload: envelope.payload,
        }),
      );
      return new Promise((answer) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          overdue.set(id, { kind: envelope.kind, started });
          if (overdue.size > mostOverdue)
            for (const old of [...overdue.keys()].slice(0, mostOverdue / 2)) overdue.delete(old);
          // An app that died or lost its line could not have answered.
          answer({ status: 'timeout', ms: ackWithinMs, torn: !connections.has(connection) });
        }, ackWithinMs);
        waiting.set(id, { started, timer, answer });
      });
    },
    /** The network goes: no farewell. */
    cut() {
      for (const { wire } of connections) wire.destroy();
      connections.clear();
    },
    /** The line looks up and carries nothing: what arrives is swallowed, so no ack, no pong, no close. */
    halfOpen() {
      for (const { wire } of connections) {
        wire.removeAllListeners('data');
        wire.on('data', () => {});
        wire.write = () => true;
      }
    },
    refresh() {
      for (const connection of connections) {
        connection.leaving = true;
        connection.socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'sandbox' } }),
        );
        setTimeout(() => connection.socket.close(), 10_000).unref();
      }
    },
    stop() {
      clearInterval(pinging);
      for (const { timer } of waiting.values()) clearTimeout(timer);
      for (const { wire } of connections) wire.destroy();
      connections.clear();
      server.close();
    },
  };
}
