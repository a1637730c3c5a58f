import * as z from 'zod';
import type { Policy } from '../policy.ts';
import type { EventOf } from './events.ts';
import { type PageTarget, pageKey } from './page.ts';
import { PageOutside, Taker } from './page-commands.ts';

/** Who declared, where no person did: the pager itself, by a rule of the policy. */
export const byPager = 'pagerduty';

/** Something that rang at the pager before there was an incident here, as it stands there now. */
export const Begun = z.object({
  outside: PageOutside,
  /** What people there call it by. */
  number: z.number().optional(),
  /** What it belongs to there: ids and, for whatever no target of the policy is, a name. */
  service: z.string().optional(),
  escalationPolicy: z.string().optional(),
  name: z.string(),
  began: z.date(),
  state: z.enum(['ringing', 'acknowledged', 'resolved']),
  /** Since when it stands so, by the pager's clock. */
  when: z.date(),
  takers: z.array(Taker.extend({ at: z.date() })).default([]),
  assigned: z.array(z.string()).default([]),
  /** By which rule of the policy it was declared, counted from 1. */
  rule: z.number().optional(),
});
export type Begun = z.infer<typeof Begun>;

/** What the record keeps of where an incident came from. */
export interface BegunAt {
  id: string;
  url?: string | undefined;
  number?: number | undefined;
  at: Date;
  rule?: number | undefined;
}

export const begunAt = ({ outside, number, began, rule }: Begun): BegunAt => ({
  ...outside,
  at: began,
  ...(number !== undefined && { number }),
  ...(rule !== undefined && { rule }),
});

type There = Pick<Begun, 'service' | 'escalationPolicy'>;

/** Whether a target of the policy is who that rings. What a target takes from elsewhere to be reached is not what it is. */
export function isRung({ service, escalationPolicy }: There, key: string, { paging }: Policy): boolean {
  const target = Object.hasOwn(paging.targets, key) ? paging.targets[key] : undefined;
  const isSame = (one: string | undefined, other: string | undefined) => one !== undefined && one === other;
  return isSame(target?.service, service) || isSame(target?.escalationPolicy, escalationPolicy);
}

/** The first page of an incident that began at the pager: it rings already, so nothing is sent. */
export function foundPage(incident: { id: string }, begun: Begun, policy: Policy): EventOf<'pageFound'> {
  const { outside, state, when, takers, assigned } = begun;
  const key = pageKey(incident.id, outside.id, 1);
  return { type: 'pageFound', number: 1, key, target: targetOf(begun, policy), outside, state, when, takers, assigned };
}

function targetOf({ service, escalationPolicy, outside, name }: Begun, policy: Policy): PageTarget {
  const there = { ...(service && { service }), ...(escalationPolicy && { escalationPolicy }) };
  const [key, target] = Object.entries(policy.paging.targets).find(([one]) => isRung(there, one, policy)) ?? [];
  const { routingKey } = target ?? {};
  return {
    kind: 'target',
    key: key ?? outside.id,
    name: target?.name ?? name,
    ...(routingKey && { routingKey }),
    ...there,
  };
}
