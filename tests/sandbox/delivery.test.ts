import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { connect, isEvent, open } from './open.ts';

describe('Socket Mode', () => {
  it('tells the app about everything where it is a member, itself included', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const { channel } = await slack.conversations.create({ name: 'inc-events' });
    const id = channel?.id ?? '';
    await slack.conversations.invite({ channel: id, users: client.as('ben').id });
    const metadata = { event_type: 'post', event_payload: { key: 'k' } };
    const { ts = '' } = await slack.chat.postMessage({ channel: id, text: 'hello', metadata });
    await slack.chat.update({ channel: id, ts, text: 'changed' });
    await slack.conversations.setTopic({ channel: id, topic: 'SEV1' });
    await client.as('ben').react(':eyes:', { channel: id, ts });
    await client.as('ben').pin({ channel: id, ts });
    await slack.chat.delete({ channel: id, ts });
    await slack.conversations.archive({ channel: id });
    await client.as('ana').say('not for the app', { channel: 'general' });
    await client.quiet();

    const seen = line.received.flatMap(({ payload }) =>
      payload?.event ? [[payload.event.type, payload.event.subtype].filter(Boolean).join('/')] : [],
    );
    expect(seen).toEqual([
      'channel_created',
      'message/channel_join',
      'member_joined_channel',
      'message/channel_join',
      'member_joined_channel',
      'message',
      'message/message_changed',
      'message/channel_topic',
      'reaction_added',
      'pin_added',
      'message/message_deleted',
      'message/channel_archive',
      'channel_archive',
    ]);
    const posted = line.received.find(isEvent('message'))?.payload.event;
    expect(posted).toMatchObject({ metadata, bot_id: 'B00TOCSIN1', channel_type: 'channel', event_ts: ts });
    const joined = line.received.filter(isEvent('member_joined_channel'))[1]?.payload.event;
    expect(joined).toMatchObject({ user: client.as('ben').id, inviter: client.as('tocsin').id });
  });

  it('tries an event again after three seconds, then after one and five minutes, under one event_id', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using line = await connect(sandbox, () => undefined);
    await client.as('ana').say('unheard', { channel: 'incidents' });
    const attempt = (number: number) => line.next((envelope) => envelope.retry_attempt === number);
    await attempt(1);
    await client.quiet();
    await client.clock.forward({ minutes: 1 });
    await attempt(2);
    await client.quiet();
    await client.clock.forward({ minutes: 5 });
    await attempt(3);
    await client.quiet();
    const events = line.received.filter(isEvent('message'));
    expect(new Set(events.map(({ payload }) => payload.event_id)).size).toBe(1);
    const [delivery] = (await client.ledger()).filter((entry) => entry.kind === 'delivery');
    expect(delivery).toMatchObject({ attempts: 4, outcome: 'given-up' });
  }, 25_000);

  it('keeps events for an app that was away, and gives a command up at once', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    const ana = client.as('ana');
    await ana.say('while away', { channel: 'incidents' });
    expect(await ana.command('/incident', { channel: 'incidents' })).toMatchObject({ error: 'dispatch_failed' });
    await using line = await connect(sandbox);
    expect((await line.next(isEvent('message'))).retry_attempt).toBe(1);
  });

  it('gives a person an error when a command is not acknowledged within three seconds, and notes a late one', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using line = await connect(sandbox, () => undefined);
    const result = await client.as('ana').command('/incident', { channel: 'incidents' });
    expect(result).toMatchObject({ ok: false, error: 'operation_timeout' });
    line.ack(await line.next(({ type }) => type === 'slash_commands'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await client.violations()).map(({ kind }) => kind)).toEqual(['missing-ack', 'late-ack']);
  });

  it('blames an app for no acknowledgement that its torn line could not carry', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using line = await connect(sandbox, () => undefined);
    const typed = client.as('ana').command('/incident', { channel: 'incidents' });
    await line.next(({ type }) => type === 'slash_commands');
    line.socket.terminate();
    expect(await typed).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(await client.violations()).toEqual([]);
  });

  it('swallows everything on a half-open line and is well again on a new one', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using deaf = await connect(sandbox);
    deaf.socket.ping();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(deaf.pongs).toBe(1);
    await client.faults.halfOpenSockets();
    deaf.socket.ping();
    await client.as('ana').say('into the void', { channel: 'incidents' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(deaf.pongs).toBe(1);
    expect(deaf.received.filter(isEvent('message'))).toHaveLength(0);
    expect(deaf.socket.readyState).toBe(deaf.socket.OPEN);
    deaf.socket.terminate();
    await using line = await connect(sandbox);
    expect((await line.next(isEvent('message'))).retry_attempt).toBe(1);
  });

  it('asks sockets to go, cuts them, and takes no more than ten', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    const lines = await Promise.all(Array.from({ length: 10 }, () => connect(sandbox)));
    await expect(connect(sandbox, undefined, 300)).rejects.toThrow('disconnect');
    await client.faults.refreshSockets();
    expect(await lines[0]?.next(({ type }) => type === 'disconnect')).toMatchObject({ reason: 'refresh_requested' });
    await client.faults.cutSockets();
    await Promise.all(
      lines.map(({ socket }) => socket.readyState === socket.CLOSED || new Promise((done) => socket.on('close', done))),
    );
  });

  it('delivers the very same thing again when a test asks for it', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using line = await connect(sandbox);
    const { key } = await client.as('ana').command('/incident', { channel: 'incidents' });
    await client.redeliver(key);
    const [first, second] = line.received.filter(({ type }) => type === 'slash_commands');
    expect(second?.payload).toEqual(first?.payload);
  });

  it('moves more than 1,500 events a second', async () => {
    await using opened = await open();
    await using _line = await connect(opened.sandbox);
    const result = await opened.client.burst({ count: 3000, channel: 'incidents' });
    expect(result).toMatchObject({ acked: 3000, failed: 0 });
    expect(result.perSecond).toBeGreaterThan(1500);
  });
});

type Heard = { headers: IncomingHttpHeaders; body: string };

/** A request URL that answers the verification, and everything else with what it is told. */
async function listener(
  answer: (heard: Heard) => { status?: number; body?: string; headers?: Record<string, string> },
) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { headers: request.headers, body };
    if (body.includes('url_verification')) return response.end(JSON.parse(body).challenge);
    heard.push(one);
    const { status = 200, body: said = '', headers = {} } = answer(one);
    response.writeHead(status, headers).end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return {
    heard,
    url,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('signed HTTP', () => {
  it('signs the raw bytes and sends the exact content types', async () => {
    await using opened = await open();
    const { client } = opened;
    await using app = await listener(() => ({
      body: JSON.stringify({ text: 'on it', response_type: 'ephemeral' }),
      headers: { 'content-type': 'application/json' },
    }));
    await client.app({ requestUrl: app.url, signingSecret: 'shh' });
    const result = await client.as('ana').command('/incident a & b', { channel: 'incidents' });
    expect(result.reply).toMatchObject({ text: 'on it', ephemeralFor: client.as('ana').id });
    await client.as('ana').say('hello', { channel: 'incidents' });
    await client.quiet();
    expect(app.heard.map(({ headers }) => headers['content-type'])).toEqual([
      'application/x-www-form-urlencoded',
      'application/json',
    ]);
    for (const { headers, body } of app.heard) {
      const base = `v0:${headers['x-slack-request-timestamp']}:${body}`;
      expect(headers['x-slack-signature']).toBe(`v0=${createHmac('sha256', 'shh').update(base).digest('hex')}`);
    }
    expect(new URLSearchParams(app.heard[0]?.body).get('text')).toBe('a & b');
  });

  it('numbers its retries, and stops when asked to', async () => {
    await using opened = await open();
    const { client } = opened;
    await using app = await listener(({ headers }) => ({
      status: 500,
      ...(headers['x-slack-retry-num'] && { headers: { 'x-slack-no-retry': '1' } }),
    }));
    await client.app({ requestUrl: app.url });
    await client.as('ana').say('hello', { channel: 'incidents' });
    await client.quiet();
    expect(app.heard.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
    ]);
    await client.clock.forward({ minutes: 10 });
    await client.quiet();
    expect(app.heard).toHaveLength(2);
  });

  it('refuses a request URL that does not answer the challenge', async () => {
    await using opened = await open();
    await expect(opened.client.app({ requestUrl: `${opened.sandbox.url}/` })).rejects.toThrow('challenge');
  });
});
