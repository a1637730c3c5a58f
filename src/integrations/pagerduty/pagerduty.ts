import type { PagerDutySettings } from '../../paging-config.ts';
import type { OnCall, Pager } from '../contracts.ts';
import { createActs } from './acts.ts';
import { createAlerts } from './alerts.ts';
import { createClient } from './client.ts';
import { createDirectory } from './directory.ts';
import { createDuty } from './duty.ts';
import { createNextLevel } from './next-level.ts';
import { createPages } from './pages.ts';
import { createResponders } from './responders.ts';
import { type Subscription, subscriptionsOf } from './subscriptions.ts';
import { incidentOf } from './words.ts';

export interface PagerDuty {
  pager: Pager;
  /** Undefined without a token. */
  onCall: OnCall | undefined;
  /** Undefined without a token. */
  subscriptions: (() => Promise<Subscription[]>) | undefined;
  close(): void;
}

export interface PagerDutyOptions {
  /** Milliseconds for an answer, when not as long as usual. */
  within?: number;
  /** For metrics: what was asked for, without ids, and `ok` or the name of the failure. */
  observe?: (call: string, result: string) => void;
}

/** A pager that is PagerDuty. Nothing is loaded or asked for before it is used. */
export function createPagerDuty(settings: PagerDutySettings, options: PagerDutyOptions = {}): PagerDuty {
  const { rest, apiUrl, eventsUrl, routingKeys } = settings;
  const alerts = createAlerts({ eventsUrl, routingKeys, ...options });
  const client = rest && createClient({ ...rest, apiUrl, ...options });
  if (!client)
    return {
      pager: { name: 'PagerDuty', ...alerts, incidents: undefined },
      onCall: undefined,
      subscriptions: undefined,
      close: () => undefined,
    };
  const pages = createPages(client);
  const onCall = { ...createDirectory(client), duty: createDuty(client) };
  const incidents = {
    ...createActs(client, pages),
    ...createResponders({ client, personByEmail: onCall.personByEmail }),
    page: pages.page,
    find: pages.find,
    async get(id: string) {
      const incident = await pages.get(id);
      return incident && incidentOf(incident);
    },
    nextLevel: createNextLevel(client, pages),
  };
  return {
    pager: { name: 'PagerDuty', ...alerts, incidents },
    onCall,
    subscriptions: () => subscriptionsOf(client),
    close: client.close,
  };
}
