import { describe, expect, it } from '@jest/globals';
import { connect, isEvent, open } from './open.ts';

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { code?: string; statusCode?: number; retryAfter?: number; data?: { error?: string } }) =>
      error.data?.error ?? error.statusCode ?? error.retryAfter ?? error.code,
  );

const textsIn = async ({ client }: Awaited<ReturnType<typeof open>>) =>
  (await client.messages('incidents')).filter(({ subtype }) => !subtype).map(({ text }) => text);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('faults of calls', () => {
  it.each([
    ['error-before', 503, false],
    ['error-after', 503, true],
    ['lost-reply', 'slack_webapi_request_error', true],
    ['lost-request', 'slack_webapi_request_error', false],
  ] as const)('%s is told as such, and the ledger knows what was applied', async (kind, failure, applied) => {
    await using opened = await open();
    const { client, slack, id } = opened;
    const channel = await id('incidents');
    await client.faults.add({ kind, method: 'chat.postMessage', times: 1 });
    expect(await failureOf(slack.chat.postMessage({ channel, text: 'struck' }))).toBe(failure);
    expect(await failureOf(slack.chat.postMessage({ channel, text: 'fine' }))).toBe('ok');
    expect(await textsIn(opened)).toEqual(applied ? ['struck', 'fine'] : ['fine']);
    const [struck] = (await client.ledger()).filter((entry) => entry.kind === 'call');
    expect(struck).toMatchObject({ fault: kind, applied });
  });

  it('applies a late call after its caller was cut off', async () => {
    await using opened = await open();
    const { client, slack, id } = opened;
    await client.faults.add({ kind: 'late', ms: 60, times: 1 });
    await failureOf(slack.chat.postMessage({ channel: await id('incidents'), text: 'late' }));
    expect(await textsIn(opened)).toEqual([]);
    await client.waitForMessage('incidents', 'late');
  });

  it('answers 429 with the seconds to wait, and ok:false with the error wished for', async () => {
    await using opened = await open();
    const { client, slack, id } = opened;
    const channel = await id('incidents');
    await client.faults.add({ kind: 'ratelimit', method: 'chat.*', retryAfter: 7, times: 1 });
    expect(await failureOf(slack.chat.postMessage({ channel, text: 'x' }))).toBe(7);
    await client.faults.add({ kind: 'api-error', error: 'fatal_error', channel: 'incidents', times: 1 });
    expect(await failureOf(slack.chat.postMessage({ channel, text: 'x' }))).toBe('fatal_error');
  });

  it('hangs a call and delays one', async () => {
    await using opened = await open();
    const { client, slack, id, sandbox } = opened;
    await client.faults.add({ kind: 'hang', method: 'auth.test', times: 1 });
    const asked = fetch(`${sandbox.url}/api/auth.test`, { method: 'POST', signal: AbortSignal.timeout(100) });
    await expect(asked).rejects.toThrow();
    await client.faults.add({ kind: 'latency', ms: 120 });
    const started = Date.now();
    await slack.chat.postMessage({ channel: await id('incidents'), text: 'x' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(118);
  });

  it('draws the same lots from the same seed', async () => {
    const night = async () => {
      await using opened = await open({ seed: 7 });
      await opened.client.faults.add({ kind: 'error-before', probability: 0.5 });
      const fates = [];
      for (let turn = 0; turn < 12; turn += 1) fates.push(await failureOf(opened.slack.auth.test()));
      return fates;
    };
    const first = await night();
    expect(await night()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('lets twins be born when told to', async () => {
    await using opened = await open();
    await opened.client.faults.add({ kind: 'twin-channels' });
    const create = () => opened.slack.conversations.create({ name: 'inc-twin' });
    const [one, two] = await Promise.all([create(), create()]);
    expect(one.channel?.id).not.toBe(two.channel?.id);
    expect(two.channel?.name).toBe('inc-twin');
  });

  it('goes out altogether, and people are told', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using _line = await connect(sandbox);
    await client.faults.outage(true);
    expect(await failureOf(slack.auth.test())).toBe(503);
    expect(await client.as('ana').command('/incident', { channel: 'incidents' })).toMatchObject({
      ok: false,
      error: 'dispatch_failed',
    });
    await client.faults.outage(false);
    expect(await failureOf(slack.auth.test())).toBe('ok');
  });
});

describe('faults of events', () => {
  const textsOf = (received: { payload: { event?: Record<string, unknown> } }[]) =>
    received.flatMap(({ payload }) => (payload?.event?.type === 'message' ? [payload.event.text] : []));

  it.each([
    ['event-duplicate', ['one', 'one', 'two']],
    ['event-drop', ['two']],
    ['event-reorder', ['two', 'one']],
    ['event-late', ['two', 'one']],
  ] as const)('%s', async (kind, texts) => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using line = await connect(sandbox);
    await client.faults.add({ kind, type: 'message', times: 1, ms: 80 });
    const ana = client.as('ana');
    await ana.say('one', { channel: 'incidents' });
    await ana.say('two', { channel: 'incidents' });
    await client.quiet();
    await pause(30);
    expect(textsOf(line.received)).toEqual(texts);
  });

  it('keeps the event_id of a duplicate', async () => {
    await using opened = await open();
    await using line = await connect(opened.sandbox);
    await opened.client.faults.add({ kind: 'event-duplicate', times: 1 });
    await opened.client.as('ana').say('one', { channel: 'incidents' });
    await opened.client.quiet();
    const ids = line.received.filter(isEvent('message')).map(({ payload }) => payload.event_id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('rate limits', () => {
  it('lets twenty channels a minute be made, by the sandbox clock', async () => {
    await using opened = await open();
    const { client, slack } = opened;
    await client.clock.freeze();
    const create = (name: string) => failureOf(slack.conversations.create({ name }));
    for (let number = 0; number < 20; number += 1) expect(await create(`inc-${number}`)).toBe('ok');
    expect(await create('inc-20')).toBe(3);
    await client.clock.forward({ seconds: 3 });
    expect(await create('inc-20')).toBe('ok');
    expect(await create('inc-21')).toBe(3);
  });

  it('lets one message a second into a channel, after a short burst, and leaves other channels alone', async () => {
    await using opened = await open();
    const { client, slack, id } = opened;
    await client.clock.freeze();
    const say = async (name: string) =>
      failureOf(slack.chat.postMessage({ channel: name.startsWith('U') ? name : await id(name), text: 'x' }));
    const fates = [];
    for (let number = 0; number < 9; number += 1) fates.push(await say('incidents'));
    expect(fates).toEqual([...Array(8).fill('ok'), 1]);
    expect(await say(client.as('ana').id)).toBe('ok');
  });
});
