import type { Policy } from '../../policy.ts';
import type { Mapped, Mapping } from './paging-mapping.ts';

/** What of PagerDuty the policy names, and where it does. */
export function mappingOf({ paging }: Policy, file: string): Mapping {
  const targets = Object.entries(paging.targets);
  const named = (field: 'service' | 'escalationPolicy' | 'routingKey'): Mapped[] =>
    targets.flatMap(([key, { [field]: id }]) =>
      id ? [{ id, from: `paging.targets.${key}.${field} in ${file}` }] : [],
    );
  return {
    services: named('service'),
    escalationPolicies: named('escalationPolicy'),
    schedules: [],
    routingKeys: named('routingKey'),
  };
}
