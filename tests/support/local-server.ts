import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  body: unknown;
  /** Which connection it came by, counted from 1. */
  connection: number;
}

/** `hang`: no answer ever comes. `reset`: the connection breaks after the request was read. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown; text?: string }
  | 'hang'
  | 'reset';

export interface LocalServer {
  [Symbol.asyncDispose](): Promise<void>;
  url: string;
  port: number;
  received: Received[];
  /** What is answered from now on; the last one goes on for ever. */
  answers(...replies: (Reply | ((request: Received) => Reply))[]): void;
}

/** Somebody else's HTTP server, on this machine. */
export async function localServer(...first: Parameters<LocalServer['answers']>): Promise<LocalServer> {
  const received: Received[] = [];
  let replies = first;
  let connections = 0;
  const numbers = new WeakMap<object, number>();

  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request.setEncoding('utf8')) raw += chunk;
    const one: Received = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      raw,
      body: raw === '' ? undefined : JSON.parse(raw),
      connection: numbers.get(request.socket) ?? 0,
    };
    received.push(one);
    const next = replies.length > 1 ? replies.shift() : replies[0];
    const reply = typeof next === 'function' ? next(one) : (next ?? { status: 404 });
    if (reply === 'hang') return;
    if (reply === 'reset') return void request.socket.destroy();
    const { status = 200, headers = {}, body = {}, text = JSON.stringify(body) } = reply;
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(status === 204 ? undefined : text);
  });
  server.on('connection', (socket) => numbers.set(socket, ++connections));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    answers(...next) {
      replies = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
