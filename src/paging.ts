import type { OnCall, Pager, SecondWay } from './integrations/contracts.ts';
import type { RecentDuty } from './integrations/recent-duty.ts';

/** By what people are woken, as it is set up. */
export interface Paging {
  /** Undefined without PagerDuty: then the first of the other ways stands in its place. */
  pager: Pager | undefined;
  /** Undefined without a token. */
  onCall: OnCall | undefined;
  /** The same, as it was a moment ago. Undefined without a token. */
  recentDuty: RecentDuty | undefined;
  mail: SecondWay | undefined;
  webhook: SecondWay | undefined;
  /** The e-mail in whose name things are done at the pager for people who have no account there. */
  from: string | undefined;
}
