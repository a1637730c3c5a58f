import { severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import type { Mapped, Mapping } from './paging-mapping.ts';

/** What of PagerDuty the policy names, and where it does. */
export function mappingOf({ paging }: Policy, file: string): Mapping {
  const targets = Object.entries(paging.targets);
  const named = (field: 'service' | 'escalationPolicy' | 'routingKey'): Mapped[] =>
    targets.flatMap(([key, { [field]: id }]) =>
      id ? [{ id, from: `paging.targets.${key}.${field} in ${file}` }] : [],
    );
  const rules = [...(paging.declare?.rules ?? []).entries()];
  const ruled = (field: 'service' | 'priority'): Mapped[] =>
    rules.flatMap(([index, { [field]: id }]) =>
      id ? [{ id, from: `paging.declare.rules.${index}.${field} in ${file}` }] : [],
    );
  const ranked = severities.flatMap((severity): Mapped[] => {
    const { priority: id } = paging.severities[severity];
    return id ? [{ id, from: `paging.severities.${severity}.priority in ${file}` }] : [];
  });
  return {
    services: [...named('service'), ...ruled('service')],
    escalationPolicies: named('escalationPolicy'),
    schedules: [],
    priorities: [...ranked, ...ruled('priority')],
    routingKeys: named('routingKey'),
  };
}
