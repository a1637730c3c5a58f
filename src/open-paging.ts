import { createPagerDuty } from './integrations/pagerduty/pagerduty.ts';
import { createRecentDuty } from './integrations/recent-duty.ts';
import { secondWays } from './integrations/second-ways.ts';
import type { Paging } from './paging.ts';
import type { PagingSettings } from './paging-config.ts';

/** The hands that wake people, as far as they are set up; nothing is loaded or asked for before one is used. */
export function openPaging(
  settings: PagingSettings,
  { now, observe }: { now: () => Date; observe: (call: string, result: string) => void },
): (Paging & { close(): void }) | undefined {
  const { pagerDuty } = settings;
  const ways = secondWays(settings, now);
  if (!pagerDuty && ways.length === 0) return undefined;
  const account = pagerDuty && createPagerDuty(pagerDuty, { observe });
  const way = (kind: 'mail' | 'webhook') => ways.find((one) => one.kind === kind);
  return {
    pager: account?.pager,
    onCall: account?.onCall,
    recentDuty: account?.onCall && createRecentDuty(account.onCall.duty, now),
    mail: way('mail'),
    webhook: way('webhook'),
    from: pagerDuty?.rest?.from,
    close: () => account?.close(),
  };
}
