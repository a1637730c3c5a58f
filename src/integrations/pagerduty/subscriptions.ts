import type { Client } from './client.ts';
import { Subscription as Shape } from './schema.ts';

/** Whom PagerDuty tells what happens. */
export interface Subscription {
  url: string;
  /** PagerDuty stops for a day after three deliveries that were not taken. */
  isOn: boolean;
  events: string[];
}

export async function subscriptionsOf(client: Client): Promise<Subscription[]> {
  const found = await client.list('/webhook_subscriptions', 'webhook_subscriptions', Shape);
  return found.map(({ active, events, delivery_method: { url, temporarily_disabled: stopped } }) => ({
    url: url ?? '',
    isOn: active && !stopped,
    events,
  }));
}
