import type { Hono } from 'hono';
import type { Log } from '../log.ts';
import type { PagingSettings } from '../paging-config.ts';

/** What routes for other services are given to work with. */
export interface Webhooks {
  /** Resolves when it is stored, or was before: then it may be acknowledged. `key` is the same for every repeat. */
  store: (key: string, body: unknown) => Promise<'stored' | 'failed'>;
  paging: PagingSettings;
  now: () => Date;
  log: Log;
}

/** Mounted at `/webhooks`. */
export type WebhookRoutes = Hono;
