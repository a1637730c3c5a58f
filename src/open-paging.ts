import { createPagerDuty } from './integrations/pagerduty/pagerduty.ts';
import type { Paging } from './paging.ts';
import type { PagingSettings } from './paging-config.ts';

/** The hands that wake people, as far as they are set up; nothing is loaded or asked for before one is used. */
export function openPaging(
  { pagerDuty }: PagingSettings,
  observe: (call: string, result: string) => void,
): (Paging & { close(): void }) | undefined {
  if (!pagerDuty) return undefined;
  const { pager, onCall, close } = createPagerDuty(pagerDuty, { observe });
  return { pager, onCall, mail: undefined, webhook: undefined, from: pagerDuty.rest?.from, close };
}
