/** Delivery over HTTP, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack */
import { createHmac } from 'node:crypto';
import { type Json, parseObject, textOf } from './json.ts';
import type { AppSettings } from './manifest.ts';
import { type Answer, ackWithinMs, type Envelope } from './socket.ts';

/** The two content types are exact: receivers compare them with no charset behind. */
export function encoded({ kind, payload }: Envelope): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form = 'application/x-www-form-urlencoded';
  if (kind === 'interactive')
    return { type: form, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
  const fields = Object.entries(payload).filter(([, value]) => value !== null && value !== undefined);
  return {
    type: form,
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)])).toString(),
  };
}

/** Signed by the wall clock: the receiver's five-minute window guards the wire, not the story. */
export function signedHeaders(secret: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
  };
}

function ackPayload(text: string): Json {
  if (text === '') return {};
  return parseObject(text) ?? { text };
}

export async function sendSigned(app: AppSettings, envelope: Envelope, within = ackWithinMs): Promise<Answer> {
  const started = performance.now();
  const passed = () => performance.now() - started;
  const { type, body } = encoded(envelope);
  const { retry } = envelope;
  try {
    const response = await fetch(app.requestUrl ?? '', {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(within),
      headers: {
        'content-type': type,
        ...signedHeaders(app.signingSecret, body),
        ...(retry && { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }),
      },
      body,
    });
    const text = await response.text();
    if (response.ok) return { status: 'acked', ms: passed(), payload: ackPayload(text) };
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    return { status: 'failed', ms: passed(), reason: 'http_error', noRetry };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return { status: 'timeout', ms: passed() };
    return { status: 'failed', ms: passed(), reason: 'connection_failed' };
  }
}

/** https://docs.slack.dev/reference/events/url_verification: says what is wrong, or nothing. */
export async function verifyUrl(app: AppSettings): Promise<string | undefined> {
  const challenge = crypto.randomUUID();
  const payload = { token: 'sandbox', challenge, type: 'url_verification' };
  const answer = await sendSigned(app, { kind: 'events_api', payload });
  if (answer.status !== 'acked') return `the request URL did not answer the url_verification (${answer.status})`;
  const said = textOf(answer.payload.challenge) ?? textOf(answer.payload.text);
  return said?.trim() === challenge ? undefined : 'the request URL did not answer with the challenge';
}
