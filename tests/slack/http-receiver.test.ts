import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { serve } from '@hono/node-server';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Hono } from 'hono';
import type { Taken } from '../../src/inbox.ts';
import type { Arrival } from '../../src/slack/deliveries.ts';
import { createHttpReceiver } from '../../src/slack/receiver-http.ts';
import { aCommand, anEvent, aPress, silent } from './arrivals.ts';

const secret = 'a signing secret';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A receiver on a port of its own; `receive` plays the inbox. */
async function listening(receive: (arrival: Arrival) => Promise<Taken>): Promise<string> {
  const receiver = createHttpReceiver({ secret, receive, log: silent });
  return await new Promise((resolve) => {
    const server = serve(
      { fetch: new Hono().route('/slack', receiver).fetch, hostname: '127.0.0.1', port: 0 },
      (info) => resolve(`http://127.0.0.1:${info.port}/slack/events`),
    );
    closing.push(() => server.close());
  });
}

interface Sent {
  type?: string;
  timestamp?: number;
  signature?: string;
}

function send(url: string, body: string, { type = 'application/json', ...given }: Sent = {}): Promise<Response> {
  const timestamp = String(given.timestamp ?? Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': given.signature ?? signature,
    },
    body,
  });
}

const form = 'application/x-www-form-urlencoded';
const payload = (body: object) => new URLSearchParams({ payload: JSON.stringify(body) }).toString();

/** An inbox that takes everything and answers with what it is told to. */
function taking(answer?: unknown) {
  const taken: Arrival[] = [];
  const receive = async (arrival: Arrival): Promise<Taken> => {
    taken.push(arrival);
    await arrival.ack(answer);
    return 'stored';
  };
  return { taken, receive };
}

const refusing = async (): Promise<Taken> => 'failed';

describe('what Slack sends over HTTP', () => {
  it('arrives as JSON for an event, and is answered empty', async () => {
    const { taken, receive } = taking();
    const response = await send(await listening(receive), JSON.stringify(anEvent('Ev1')));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(taken).toMatchObject([{ key: 'event:Ev1', kind: 'event', body: anEvent('Ev1') }]);
  });

  it.each([[form], [`${form}; charset=utf-8`], ['Application/X-WWW-Form-Urlencoded;charset=UTF-8']])(
    'arrives as fields for a command (%s), and is answered with what was said',
    async (type) => {
      const { taken, receive } = taking({ response_type: 'ephemeral', text: 'No incident is open.' });
      const fields = new URLSearchParams(aCommand('1.2.a', { text: 'list ünïcode & =' }) as Record<string, string>);
      const response = await send(await listening(receive), fields.toString(), { type });
      expect(await response.json()).toEqual({ response_type: 'ephemeral', text: 'No incident is open.' });
      expect(taken).toMatchObject([{ key: 'command:1.2.a', body: { text: 'list ünïcode & =' } }]);
    },
  );

  it('arrives as a payload for what people press', async () => {
    const { taken, receive } = taking();
    await send(await listening(receive), payload(aPress('1.2.a')), { type: form });
    expect(taken).toMatchObject([{ key: 'press:1.2.a', body: { actions: [{ action_id: 'join' }] } }]);
  });

  it('is refused when it could not be stored, so that Slack sends it again or shows an error', async () => {
    const url = await listening(refusing);
    expect((await send(url, JSON.stringify(anEvent('Ev1')))).status).toBe(503);
    expect((await send(url, payload(aPress('1.2.a')), { type: form })).status).toBe(503);
  });

  it('is answered with the honest word of an inbox that could not store it', async () => {
    const url = await listening(async (arrival) => {
      await arrival.ack({ text: 'nothing was done' });
      return 'failed';
    });
    const fields = new URLSearchParams(aCommand('1.2.a') as Record<string, string>).toString();
    expect(await (await send(url, fields, { type: form })).json()).toEqual({ text: 'nothing was done' });
  });

  it('is welcome even when nobody knows what it is, because it is signed', async () => {
    const { taken, receive } = taking();
    const url = await listening(receive);
    for (const body of [{ type: 'app_rate_limited', team_id: 'T1' }, { type: 'something_new' }]) {
      expect((await send(url, JSON.stringify(body))).status).toBe(200);
    }
    expect(taken).toEqual([]);
  });

  it('may be the question whether the address is ours', async () => {
    const { taken, receive } = taking();
    const url = await listening(receive);
    const asked = JSON.stringify({ type: 'url_verification', challenge: 'abc<script>' });
    const response = await send(url, asked);
    expect([response.status, await response.text()]).toEqual([200, 'abc<script>']);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect((await send(url, asked, { signature: 'v0=00' })).status).toBe(401);
    expect((await send(url, 'ssl_check=1&token=x', { type: form })).status).toBe(200);
    expect(taken).toEqual([]);
  });

  it('does not hide a command behind an ssl_check', async () => {
    const { taken, receive } = taking();
    const fields = new URLSearchParams({ ssl_check: '1', ...aCommand('1.2.a') }).toString();
    await send(await listening(receive), fields, { type: form });
    expect(taken).toHaveLength(1);
  });
});

describe('what somebody else sends over HTTP', () => {
  const minute = 60;
  it.each<[string, Sent]>([
    ['a wrong signature', { signature: `v0=${'0'.repeat(64)}` }],
    ['no signature', { signature: '' }],
    ['a signature from six minutes ago', { timestamp: Math.floor(Date.now() / 1000) - 6 * minute }],
    ['a signature from six minutes ahead', { timestamp: Math.floor(Date.now() / 1000) + 6 * minute }],
  ])('is turned away: %s', async (_, given) => {
    const { taken, receive } = taking();
    const response = await send(await listening(receive), JSON.stringify(anEvent('Ev1')), given);
    expect(response.status).toBe(401);
    expect(taken).toEqual([]);
  });

  it.each([
    ['JSON cut short', '{"type":', 'application/json'],
    ['a list', '[1]', 'application/json'],
    ['a payload that is no JSON', 'payload=%7B', form],
    ['another type', 'hello', 'text/plain'],
  ])('is refused as malformed: %s', async (_, body, type) => {
    const { taken, receive } = taking();
    expect((await send(await listening(receive), body, { type })).status).toBe(400);
    expect(taken).toEqual([]);
  });

  it('is refused when it is too large, said beforehand or not', async () => {
    const { taken, receive } = taking();
    const url = await listening(receive);
    expect((await send(url, 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    expect(await stream(url, 3)).toBe(413);
    expect(taken).toEqual([]);
  });

  it('gets nothing but POST', async () => {
    const { receive } = taking();
    expect((await fetch(await listening(receive))).status).toBe(404);
  });
});

/** Sends megabytes without saying how many there will be; resolves with the status. */
function stream(url: string, megabytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      resolve(response.statusCode);
      sending.destroy();
    });
    sending.on('error', reject);
    for (let sent = 0; sent < megabytes; sent++) sending.write('x'.repeat(1024 * 1024));
  });
}
