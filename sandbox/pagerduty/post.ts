/** One webhook to one address, signed: https://developer.pagerduty.com/docs/verifying-webhook-signatures */
import { createHmac } from 'node:crypto';
import type { PagerSubscription } from './wire.ts';

/** https://developer.pagerduty.com/docs/webhooks-behavior#timeouts */
const answerWithinMs = 5_000;

export type Post = { outcome: 'taken' | 'refused' | 'failed' | 'timeout'; ms: number };

/** One signature for each secret, as while one is being replaced. */
const signatures = (secrets: string[], body: string): string =>
  secrets.map((secret) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`).join(',');

export async function postWebhook(
  { id, url, secrets, headers }: PagerSubscription,
  webhook: { id: string; body: string },
): Promise<Post> {
  const began = performance.now();
  const passed = () => performance.now() - began;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
      headers: {
        ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
        'content-type': 'application/json',
        'user-agent': 'PagerDuty-Webhook/V3.0',
        'x-pagerduty-signature': signatures(secrets, webhook.body),
        'x-webhook-id': webhook.id,
        'x-webhook-subscription': id,
      },
      body: webhook.body,
    });
    await response.arrayBuffer();
    if (response.ok) return { outcome: 'taken', ms: passed() };
    const mayRetry = response.status >= 500 || response.status === 429;
    return { outcome: mayRetry ? 'failed' : 'refused', ms: passed() };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return { outcome: isTimeout ? 'timeout' : 'failed', ms: passed() };
  }
}
