import { createHmac } from 'node:crypto';
import type { PagingSettings } from '../../paging-config.ts';
import type { SecondWay } from '../contracts.ts';
import { failureOf, post } from '../http.ts';
import type { SecondMessage } from '../pager-shapes.ts';

type WebhookSettings = NonNullable<PagingSettings['webhook']>;

/** Milliseconds for an answer. */
const timeOut = 10_000;
/** Where the receiver names no time. Milliseconds. */
const unknownWait = 5_000;

/**
 * A webhook as a second way: JSON, with our key as `Idempotency-Key`. With a secret it is signed: `X-Tocsin-Signature` is `v1=` and the
 * HMAC-SHA256, in hexadecimal, of `X-Tocsin-Timestamp` (seconds), a full stop and the body. Any 2xx means that it was taken.
 */
export function webhookWay({ url, secret }: WebhookSettings, now: () => Date, within = timeOut): SecondWay {
  const { host } = new URL(url.reveal());

  async function send({ key, subject, text, link, severity, incident }: SecondMessage): Promise<string> {
    const body = JSON.stringify({ key, subject, text, link, severity, incident });
    const timestamp = String(Math.floor(now().getTime() / 1000));
    const headers = { 'idempotency-key': key, 'x-tocsin-timestamp': timestamp };
    const signed = secret && createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex');
    const signature = signed && { 'x-tocsin-signature': `v1=${signed}` };
    const answer = await post(url.reveal(), body, { ...headers, ...signature }, within);
    if (answer.status < 200 || answer.status >= 300) throw failureOf(answer, { wait: unknownWait });
    return `HTTP ${answer.status}`;
  }

  return { kind: 'webhook', to: host, send };
}
