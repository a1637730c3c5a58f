import type { Page, PageTarget } from '../../src/incident/page.ts';
import { PagingPolicy } from '../../src/policy-paging.ts';
import { at } from './given.ts';

/** Checkout's on-call and the commanders, each behind a routing key. */
export const paging = (fields: Partial<PagingPolicy> = {}): PagingPolicy => ({
  ...PagingPolicy.parse({
    targets: {
      checkout: { name: 'Checkout on-call', routingKey: 'checkout', service: 'PSVCCHK', escalationPolicy: 'PEPCHK' },
      commanders: { name: 'Incident commanders', routingKey: 'ic', escalationPolicy: 'PEPINC' },
    },
    commanders: 'commanders',
    otherwise: 'checkout',
  }),
  ...fields,
});

export const checkout: PageTarget = {
  kind: 'target',
  key: 'checkout',
  name: 'Checkout on-call',
  routingKey: 'checkout',
  service: 'PSVCCHK',
  escalationPolicy: 'PEPCHK',
};

export const commanders: PageTarget = {
  kind: 'target',
  key: 'commanders',
  name: 'Incident commanders',
  routingKey: 'ic',
  service: 'PSVCCHK',
  escalationPolicy: 'PEPINC',
};

/** The first page of incident 7: it rings at Checkout's on-call since nine. */
export const aPage = (fields: Partial<Page> = {}): Page => ({
  number: 1,
  key: 'tocsin:inc_7:checkout:1',
  target: checkout,
  cause: 'severity',
  why: '',
  by: 'U0ANA',
  at: at('09:00'),
  ways: [{ way: 'pagerduty', outcome: 'waiting', since: at('09:00') }],
  state: 'ringing',
  ringsSince: at('09:00'),
  takers: [],
  assigned: [],
  notes: [],
  ...fields,
});
