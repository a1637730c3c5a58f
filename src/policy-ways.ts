import { CannotStart } from './cannot-start.ts';
import type { PagingSettings } from './paging-config.ts';
import type { Policy } from './policy.ts';
import type { SecondWayName, TargetPolicy } from './policy-paging.ts';

/** The name of PAGERDUTY_ROUTING_KEY among the routing keys. */
const common = 'default';

/**
 * The policy as this bot can carry it out. A target without a routing key of its own shares the common one; second ways that are not
 * set up are passed over. Without PagerDuty the first of them is taken at once, and what PagerDuty calls a target is of no use; without
 * any way nobody is paged.
 */
export function withWays(policy: Policy, settings: PagingSettings): Policy {
  const { paging } = policy;
  const { pagerDuty } = settings;
  const secondWays = paging.secondWays.filter((way) => isSetUp(way, settings));
  const [firstWay] = secondWays;
  if (!pagerDuty && !firstWay) return { ...policy, paging: { ...paging, targets: {}, secondWays } };
  const targets = Object.entries(paging.targets).map(([key, target]) => [
    key,
    pagerDuty ? reached(target, pagerDuty.routingKeys) : { name: target.name },
  ]);
  const first = !pagerDuty && firstWay && { firstWay };
  // Only with a token can anybody be asked to help with what is there.
  const helpers = pagerDuty?.rest ? paging.helpers : 'page';
  return { ...policy, paging: { ...paging, targets: Object.fromEntries(targets), secondWays, helpers, ...first } };
}

function reached({ routingKey, ...target }: TargetPolicy, keys: Record<string, unknown>): TargetPolicy {
  const name = [routingKey, common].find((one) => one !== undefined && Object.hasOwn(keys, one));
  return { ...target, ...(name && { routingKey: name }) };
}

function isSetUp(way: SecondWayName, { pagerDuty, mail, webhook }: PagingSettings): boolean {
  if (way === 'second-key') return pagerDuty?.routingKeys.second !== undefined;
  return (way === 'mail' ? mail : webhook) !== undefined;
}

/** A target that nothing leads to would show at night. Throws `CannotStart` with a line for each. */
export function checkWays({ paging }: Policy, { pagerDuty }: PagingSettings, file: string): void {
  if (!pagerDuty) return;
  const problems = Object.entries(paging.targets).flatMap(([key, target]) => {
    const where = `${file}: paging.targets.${key}`;
    if (target.routingKey && !Object.hasOwn(pagerDuty.routingKeys, target.routingKey))
      return `${where} names the routing key ${target.routingKey}, which PAGERDUTY_ROUTING_KEYS does not have.`;
    const byRest = pagerDuty.rest && target.service && target.escalationPolicy;
    return target.routingKey || pagerDuty.routingKeys[common] || byRest
      ? []
      : `${where} cannot be reached: set PAGERDUTY_ROUTING_KEY, name a routingKey of its own, or give it service and escalationPolicy and set PAGERDUTY_TOKEN.`;
  });
  if (problems.length > 0) throw new CannotStart(problems.join('\n'));
}

/** By what people are woken, in this order; none: nobody is. */
export function waysOf({ paging }: Policy, { pagerDuty }: PagingSettings): string[] {
  if (Object.keys(paging.targets).length === 0) return [];
  return [...(pagerDuty ? ['pagerduty'] : []), ...paging.secondWays];
}
