/** PagerDuty's two APIs as a caller has them, and a receiver for its webhooks. */
import { createServer } from 'node:http';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import type { Opened } from './open.ts';

export type Json = Record<string, unknown>;
export type Reply = { status: number; body: Json; headers: Headers };

// biome-ignore lint/suspicious/noExplicitAny: what PagerDuty answers is looked into without a schema of its own
export type Loose = any;

const answered = async (response: Response): Promise<Reply> => ({
  status: response.status,
  body: (await response.json()) as Json,
  headers: response.headers,
});

export function pagerOf({ sandbox }: Opened) {
  const { apiUrl, eventsUrl, token, from } = sandbox.pagerDuty;
  const usual = { authorization: `Token token=${token}`, accept: 'application/vnd.pagerduty+json;version=2', from };

  /** A header that is undefined is left out. */
  async function rest(method: string, path: string, body?: unknown, headers: Record<string, string | undefined> = {}) {
    const all = { ...usual, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers };
    const given = Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])));
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return answered(await fetch(`${apiUrl}${path}`, { method, headers: given, ...text }));
  }

  const enqueue = async (event: unknown) =>
    answered(
      await fetch(`${eventsUrl}/v2/enqueue`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof event === 'string' ? event : JSON.stringify(event),
      }),
    );

  return {
    rest,
    enqueue,
    trigger: (dedup_key: string, more: Json = {}) => enqueue({ ...aTrigger(), dedup_key, ...more }),
    follow: (event_action: 'acknowledge' | 'resolve', dedup_key: string, routing_key = routingKeys.checkout) =>
      enqueue({ routing_key, event_action, dedup_key }),
    create: (more: Json = {}, headers: Record<string, string | undefined> = {}) =>
      rest('POST', '/incidents', { incident: { ...anIncident(), ...more } }, headers),
    change: (id: string, change: Json, headers: Record<string, string | undefined> = {}) =>
      rest('PUT', `/incidents/${id}`, { incident: { type: 'incident_reference', ...change } }, headers),
  };
}

export const aTrigger = (): Json => ({
  routing_key: routingKeys.checkout,
  event_action: 'trigger',
  payload: { summary: 'Checkout is failing', source: 'tocsin', severity: 'critical' },
});

export const anIncident = (): Json => ({
  type: 'incident',
  title: 'Checkout is failing',
  service: { id: 'PSVCCHK', type: 'service_reference' },
});

export type Received = { headers: Record<string, string>; text: string; event: Loose };

export type Receiver = AsyncDisposable & {
  url: string;
  received: Received[];
  types(): string[];
  /** waits until there are so many */
  have(count: number): Promise<Received[]>;
};

/** Answers with what it is told, 202 unless told; undefined stays silent. */
export async function receiver(answer: (number: number) => number | undefined = () => 202): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (data: Buffer) => {
      text += data.toString();
    });
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, text, event: JSON.parse(text).event });
      const status = answer(received.length);
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/webhooks/pagerduty`,
    received,
    types: () => received.map(({ event }) => event.event_type),
    async have(count) {
      for (const end = Date.now() + 8000; Date.now() < end; ) {
        if (received.length >= count) return received;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`${received.length} webhooks and not ${count}: ${received.map(({ event }) => event.event_type)}`);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
