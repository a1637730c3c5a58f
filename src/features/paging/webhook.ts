import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { signatureProblem } from '../../integrations/pagerduty/signature.ts';
import { readDelivery } from '../../integrations/pagerduty/webhook.ts';
import type { WebhookRoutes, Webhooks } from '../../web/webhooks.ts';

/** PagerDuty's largest are 256 KB. https://developer.pagerduty.com/docs/webhooks-behavior */
const largest = 512 * 1024;

/** What the inbox keeps of one. */
export const source = 'pagerduty';

/** What PagerDuty sends: signed or refused, stored, and only then acknowledged. Its repeats have one key. */
export function pagerDutyRoutes({ store, paging, now, log }: Webhooks): WebhookRoutes {
  const routes = new Hono();
  const secrets = paging.pagerDuty?.webhookSecrets ?? [];
  routes.post('/pagerduty', bodyLimit({ maxSize: largest, onError: (c) => c.text('too large', 413) }), async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const problem = signatureProblem(secrets, bytes, c.req.header('x-pagerduty-signature'));
    if (problem) {
      log.warn({ problem, secrets: secrets.length }, 'a request to /webhooks/pagerduty was not signed by PagerDuty');
      return c.text('not signed with a secret that is known here', 401);
    }
    const raw = new TextDecoder().decode(bytes);
    const delivery = readDelivery(raw, now());
    if (delivery.is === 'event') {
      const kept = await store(`pd:${delivery.event.id}`, { source, raw });
      // PagerDuty sends again what is refused like this.
      return kept === 'failed' ? c.text('could not be stored', 503) : c.text('stored', 202);
    }
    if (delivery.is === 'unreadable') log.warn({ why: delivery.why }, 'PagerDuty sent something that cannot be read');
    if (delivery.is === 'old') log.warn({ at: delivery.at }, 'PagerDuty sent something older than a day');
    // Signed, so it is welcome: three refusals and PagerDuty sends nothing more for a day.
    return c.text(delivery.is === 'ping' ? 'I hear you' : 'nothing to do', 202);
  });
  return routes;
}
