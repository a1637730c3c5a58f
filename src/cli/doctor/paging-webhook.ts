import { Gone } from '../../integrations/http.ts';
import type { Subscription } from '../../integrations/pagerduty/subscriptions.ts';
import { wantedEvents } from '../../integrations/pagerduty/webhook.ts';
import type { PagingSettings } from '../../paging-config.ts';
import { type Finding, ok, problem, sentence, warning } from './finding.ts';

/** Where PagerDuty sends what happens, under the public address. */
export const webhookPath = '/webhooks/pagerduty';

const without = 'Until then the bot asks PagerDuty how pages stand, which takes longer.';

/** Whether PagerDuty tells us what happens: a secret, an address, and a subscription that is on. */
export async function checkWebhook(
  { webhookSecrets }: Pick<NonNullable<PagingSettings['pagerDuty']>, 'webhookSecrets'>,
  publicUrl: string | undefined,
  subscriptions: (() => Promise<Subscription[]>) | undefined,
): Promise<Finding[]> {
  if (webhookSecrets.length === 0) {
    const fix = `Add a webhook in PagerDuty (Integrations, Generic Webhooks (v3)) and set PAGERDUTY_WEBHOOK_SECRET. ${without}`;
    return [warning('PagerDuty tells the bot nothing: PAGERDUTY_WEBHOOK_SECRET is not set.', fix)];
  }
  if (!publicUrl) {
    const fix = `Set PUBLIC_URL to the address under which PagerDuty reaches the bot. ${without}`;
    return [warning('PAGERDUTY_WEBHOOK_SECRET is set, but PUBLIC_URL does not say where webhooks arrive.', fix)];
  }
  const at = new URL(webhookPath, publicUrl).href;
  if (!subscriptions) return [ok(`PagerDuty is to send webhooks to ${at}; its page has a button that sends a test.`)];
  try {
    return checkSubscription(at, await subscriptions());
  } catch (error) {
    // The account was asked before, and said so then.
    if (!(error instanceof Gone))
      return [warning(`PagerDuty does not show its webhooks: ${sentence(error)}.`, without)];
    return [ok(`PagerDuty is to send webhooks to ${at}.`)];
  }
}

function checkSubscription(at: string, all: Subscription[]): Finding[] {
  const ours = all.filter(({ url }) => url === at);
  const page = 'Integrations, Generic Webhooks (v3)';
  if (ours.length === 0) return [problem(`PagerDuty has no webhook to ${at}.`, `Add it there (${page}). ${without}`)];
  if (!ours.some(({ isOn }) => isOn)) {
    const fix = `Enable it again (${page}) once the bot answers; PagerDuty stops after three deliveries that were refused.`;
    return [problem(`PagerDuty has switched off its webhook to ${at}.`, fix)];
  }
  const sent = new Set(ours.filter(({ isOn }) => isOn).flatMap(({ events }) => events));
  const missing = wantedEvents.filter((event) => !sent.has(event));
  if (missing.length > 0)
    return [warning(`PagerDuty's webhook leaves out ${missing.join(', ')}.`, `Add these events to it (${page}).`)];
  return [ok(`PagerDuty sends webhooks to ${at}.`)];
}
