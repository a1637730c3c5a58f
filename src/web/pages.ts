import type { Context, Hono } from 'hono';
import type { Desk } from '../desk.ts';
import type { Exporting } from '../exporting.ts';
import type { Log } from '../log.ts';
import type { Person } from '../may.ts';
import type { Effect } from '../outbox/effect.ts';
import type { Policy } from '../policy.ts';
import type { Identity } from '../slack/outside.ts';
import type { People } from '../slack/people.ts';
import type { Store } from '../store/store.ts';

/** What pages are given to work with. */
export interface Pages {
  desk: Desk;
  store: Store;
  people: People;
  policy: Policy;
  identity: () => Identity;
  now: () => Date;
  log: Log;
  enqueue: (effects: Effect[]) => Promise<void>;
  /** How PDFs are made. */
  exports?: Exporting;
}

/** Who reads: every page of a feature is asked for by somebody who is signed in. */
export interface Visitor {
  person: Person;
  name: string;
  /** Goes with every form (`formToken` in forms.ts): no other site can know it. */
  token: string;
}

export type PageEnv = { Variables: { visitor: Visitor } };
export type PageContext = Context<PageEnv>;
export type PageRoutes = Hono<PageEnv>;
