import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Arrival } from '../../src/slack/deliveries.ts';
import { createSocketReceiver, type SocketParts, type SocketReceiver } from '../../src/slack/receiver-socket.ts';
import { eventually } from '../support/eventually.ts';
import { aCommand, anEvent, silent } from './arrivals.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The other end of Socket Mode: greets whoever connects, and keeps what comes back. */
async function aSlack({ greet = true } = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  await once(server, 'listening');
  const lines: WebSocket[] = [];
  const heard: { envelope_id?: string; payload?: unknown }[] = [];
  let opens = 0;
  server.on('connection', (socket) => {
    lines.push(socket);
    socket.on('ping', (data) => socket.pong(data));
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    if (greet) socket.send(JSON.stringify({ type: 'hello', num_connections: lines.length }));
  });
  open.push(() => {
    for (const line of lines) line.terminate();
    return new Promise((resolve) => server.close(resolve));
  });
  return {
    lines,
    heard,
    opens: () => opens,
    open: async () => {
      opens += 1;
      return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    send(line: WebSocket | undefined, id: string, payload: unknown) {
      line?.send(JSON.stringify({ envelope_id: id, type: 'whatever', payload }));
    },
  };
}

const acking = async (arrival: Arrival) => arrival.ack();

function receiving(parts: Pick<SocketParts, 'open'> & Partial<SocketParts>): SocketReceiver {
  const receiver = createSocketReceiver({ sockets: 2, receive: acking, log: silent, ...parts });
  receiver.start();
  open.push(() => receiver.stop());
  return receiver;
}

const connected = (receiver: SocketReceiver, count = 2) =>
  eventually(`${count} connections`, async () => (receiver.status().connected === count ? true : undefined));

describe('Socket Mode', () => {
  it('keeps two connections and takes from either', async () => {
    const slack = await aSlack();
    const taken: string[] = [];
    const receiver = receiving({
      open: slack.open,
      receive: async (arrival) => {
        taken.push(arrival.key);
        await arrival.ack(arrival.kind === 'command' ? { text: 'hello' } : undefined);
      },
    });
    await connected(receiver);
    slack.send(slack.lines[0], 'e1', anEvent('Ev1'));
    slack.send(slack.lines[1], 'e2', aCommand('1.2.a'));
    await eventually('two acknowledgements', async () => (slack.heard.length === 2 ? true : undefined));
    expect(taken.toSorted()).toEqual(['command:1.2.a', 'event:Ev1']);
    expect(slack.heard).toContainEqual({ envelope_id: 'e1' });
    expect(slack.heard).toContainEqual({ envelope_id: 'e2', payload: { text: 'hello' } });
  });

  it('gives no acknowledgement for what the inbox gives none', async () => {
    const slack = await aSlack();
    const receiver = receiving({
      open: slack.open,
      receive: async (arrival) => {
        if (arrival.key !== 'event:lost') await arrival.ack();
      },
    });
    await connected(receiver);
    slack.send(slack.lines[0], 'e1', anEvent('lost'));
    slack.send(slack.lines[0], 'e2', anEvent('kept'));
    await eventually('an acknowledgement', async () => (slack.heard.length > 0 ? true : undefined));
    expect(slack.heard).toEqual([{ envelope_id: 'e2' }]);
  });

  it('lets go of what it does not know, and survives what Slack never sends', async () => {
    const slack = await aSlack();
    const receiver = receiving({ open: slack.open });
    await connected(receiver);
    slack.lines[0]?.send('no JSON');
    slack.lines[0]?.send('"text"');
    slack.send(slack.lines[0], 'e1', { type: 'app_rate_limited', team_id: 'T1' });
    slack.send(slack.lines[0], 'e2', { type: 'something_new' });
    slack.send(slack.lines[0], 'e3', undefined);
    await eventually('three acknowledgements', async () => (slack.heard.length === 3 ? true : undefined));
    expect(receiver.status().connected).toBe(2);
  });

  it('opens the next connection before the old one closes', async () => {
    const slack = await aSlack();
    const receiver = receiving({ open: slack.open });
    await connected(receiver);
    slack.lines[0]?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    await connected(receiver, 3);
    slack.send(slack.lines[0], 'e1', anEvent('Ev1'));
    await eventually('an acknowledgement', async () => (slack.heard.length > 0 ? true : undefined));
    slack.lines[0]?.close();
    await connected(receiver);
  });

  it('comes back after a connection was cut', async () => {
    const slack = await aSlack();
    const receiver = receiving({ open: slack.open });
    await connected(receiver);
    for (const line of slack.lines) line.terminate();
    await eventually('new connections', async () => (slack.lines.length >= 4 ? true : undefined));
    await connected(receiver);
  });

  it('replaces a connection that has gone silent without closing', async () => {
    const slack = await aSlack();
    const receiver = receiving({ open: slack.open, silence: 200 });
    await connected(receiver);
    const [dead] = slack.lines;
    // Half open: what arrives is swallowed, so there is no pong and no close.
    dead?.removeAllListeners('ping');
    await eventually('a third connection', async () => (slack.lines.length === 3 ? true : undefined));
    await connected(receiver);
  });

  it('keeps a quiet connection that still answers', async () => {
    const slack = await aSlack();
    // Longer than a busy machine lets a process stand still, and several times over.
    const silence = 500;
    const receiver = receiving({ open: slack.open, silence });
    await connected(receiver);
    await new Promise((resolve) => setTimeout(resolve, 4 * silence));
    expect([slack.lines.length, receiver.status().connected]).toEqual([2, 2]);
    expect(receiver.status().quiet).toBeLessThan(silence);
  });

  it('keeps a connection that was silent only while the bot itself stood still', async () => {
    const slack = await aSlack();
    const silence = 500;
    const receiver = receiving({ open: slack.open, silence });
    await connected(receiver);
    for (const end = performance.now() + 2 * silence; performance.now() < end; );
    await new Promise((resolve) => setTimeout(resolve, 2 * silence));
    expect([slack.lines.length, receiver.status().connected]).toEqual([2, 2]);
  });

  it('tries again while Slack gives no address', async () => {
    const slack = await aSlack();
    let failures = 0;
    const receiver = receiving({
      open: async () => {
        failures += 1;
        if (failures <= 2) throw new Error('ECONNREFUSED');
        return slack.open();
      },
    });
    await connected(receiver);
    expect(failures).toBe(4);
  });

  it('slows down when Slack sends every connection away', async () => {
    const slack = await aSlack({ greet: false });
    const receiver = receiving({ open: slack.open, sockets: 1 });
    const sendAway = setInterval(() => {
      for (const line of slack.lines) line.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
    }, 5);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    clearInterval(sendAway);
    expect(slack.opens()).toBeLessThan(5);
    expect(receiver.status().connected).toBe(0);
  });

  it('says what is wrong with a token that Slack does not take, and hardly asks again', async () => {
    let asked = 0;
    const receiver = receiving({
      open: async () => {
        asked += 1;
        throw new Error('invalid_auth');
      },
    });
    await eventually('the problem', async () => receiver.status().problem);
    expect(receiver.status().problem).toMatch(/SLACK_APP_TOKEN/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('acknowledges what it has before it stops', async () => {
    const slack = await aSlack();
    const working = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const receiver = receiving({
      open: slack.open,
      receive: async (arrival) => {
        taken.resolve();
        await working.promise;
        await arrival.ack({ text: 'done' });
      },
    });
    await connected(receiver);
    slack.send(slack.lines[0], 'e1', aCommand('1.2.a'));
    await taken.promise;
    const stopped = receiver.stop();
    setTimeout(working.resolve, 50);
    await stopped;
    expect(slack.heard).toEqual([{ envelope_id: 'e1', payload: { text: 'done' } }]);
    expect(receiver.status().connected).toBe(0);
  });

  it('stops while it is waiting to try again', async () => {
    const receiver = receiving({ open: () => Promise.reject(new Error('ECONNREFUSED')) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    await receiver.stop();
    expect(performance.now() - began).toBeLessThan(500);
  });
});
