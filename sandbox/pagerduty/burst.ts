/** A storm of webhooks for a bench, each of its own event: as many as are taken, or a steady number per second. */
import type { BurstResult } from '../wire.ts';
import type { Account } from './account.ts';
import type { Webhooks } from './webhooks.ts';
import type { WebhookBurst } from './wire.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const at = (sorted: number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;

export async function burst(
  account: Account,
  webhooks: Webhooks,
  now: () => number,
  { count, perSecond, inFlight = 100, incident }: WebhookBurst & { incident: string },
): Promise<BurstResult> {
  const [to] = account.state.subscriptions;
  if (!to) throw new Error('nobody has subscribed to webhooks');
  const about = account.incident(incident);
  if (!about) throw new Error(`there is no PagerDuty incident ${incident}`);
  const latencies: number[] = [];
  const began = performance.now();
  let next = 0;
  let failed = 0;

  const body = (number: number) =>
    JSON.stringify({
      event: {
        id: crypto.randomUUID(),
        event_type: 'incident.annotated',
        resource_type: 'incident',
        occurred_at: new Date(now()).toISOString(),
        agent: null,
        client: null,
        data: {
          incident: { id: about.id, type: 'incident_reference', summary: about.title },
          id: `PN${number}`,
          content: `burst ${number}`,
          trimmed: false,
          type: 'incident_note',
        },
      },
    });

  /** One of the lanes; each sends its next when its last was answered, none ahead of the wished pace. */
  async function lane(receiver: NonNullable<typeof to>) {
    while (next < count) {
      const number = next;
      next += 1;
      const wait = perSecond ? (number / perSecond) * 1000 - (performance.now() - began) : 0;
      if (wait > 1) await sleep(wait);
      const post = await webhooks.post(receiver, body(number));
      if (post.outcome === 'taken') latencies.push(post.ms);
      else failed += 1;
    }
  }

  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, () => lane(to)));
  const seconds = (performance.now() - began) / 1000;
  const sorted = latencies.toSorted((one, other) => one - other);
  return {
    sent: count,
    acked: latencies.length,
    failed,
    seconds: Math.round(seconds * 1000) / 1000,
    perSecond: Math.round(latencies.length / seconds),
    latency: { p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99), max: at(sorted, 1) },
  };
}
