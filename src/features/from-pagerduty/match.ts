import { type Severity, severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import type { BeginRule } from '../../policy-begin.ts';
import type { Carried } from './started.ts';

type Asked = Pick<Carried, 'service' | 'escalationPolicy' | 'urgency' | 'priority'>;

/** The first rule that fits, and which it is, counted from 1. */
export function ruleFor(asked: Asked, { paging }: Policy): { rule: BeginRule; number: number } | undefined {
  const fits = ({ service, urgency, priority }: BeginRule) =>
    (service === undefined || service === asked.service?.id) &&
    (urgency === undefined || urgency === asked.urgency) &&
    (priority === undefined || priority === asked.priority);
  const rules = paging.declare?.rules ?? [];
  const index = rules.findIndex(fits);
  const rule = rules[index];
  return rule && { rule, number: index + 1 };
}

/** Whether the policy knows whom it rings: an account has other services too. */
export function isMapped({ service, escalationPolicy }: Asked, { paging }: Policy): boolean {
  return Object.values(paging.targets).some(
    (target) =>
      (target.service !== undefined && target.service === service?.id) ||
      (target.escalationPolicy !== undefined && target.escalationPolicy === escalationPolicy?.id),
  );
}

/** The service of ours that it is about. Of several that page the same people, nobody can tell which. */
export function servicesFor({ service }: Asked, { paging, services }: Policy): string[] {
  if (!service) return [];
  const found = Object.entries(services).filter(([, { paging: key }]) => {
    const target = key !== undefined && Object.hasOwn(paging.targets, key) ? paging.targets[key] : undefined;
    return target?.service === service.id;
  });
  return found.length === 1 ? found.map(([key]) => key) : [];
}

/** What a priority there is called here; without one the form begins as it always does. */
export const severityFor = ({ priority }: Asked, { paging }: Policy): Severity | undefined =>
  priority === undefined ? undefined : severities.find((one) => paging.severities[one].priority === priority);
