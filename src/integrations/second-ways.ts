import type { PagingSettings } from '../paging-config.ts';
import type { SecondWay } from './contracts.ts';
import { mailWay } from './mail/mail.ts';
import { webhookWay } from './webhook/webhook.ts';

/** Those that are set. A second routing key is PagerDuty's own way: `trigger` with the routing key named `second`. */
export function secondWays({ mail, webhook }: PagingSettings, now: () => Date): SecondWay[] {
  return [...(mail ? [mailWay(mail)] : []), ...(webhook ? [webhookWay(webhook, now)] : [])];
}
