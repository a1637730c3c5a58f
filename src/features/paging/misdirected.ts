import type { Page, PageTarget } from '../../incident/page.ts';
import type { PageWay } from '../../incident/page-commands.ts';
import { Gone } from '../../integrations/http.ts';
import type { Effect } from '../../outbox/effect.ts';
import type { Impossible } from '../../outbox/failures.ts';
import type { Policy } from '../../policy.ts';
import type { Outside } from '../../slack/outside.ts';
import { tellAdmins } from './admins.ts';
import { misdirectedMessage } from './views.ts';

/** Something that PagerDuty does not have, and where it is named. */
export interface Misnamed {
  /** `service PSVCSRC` */
  what: string;
  /** `paging.targets.search.service` in the policy, or a variable of the environment. */
  where: string;
}

/** Where it was deleted in PagerDuty after the boot: those who can put the policy right hear which it is. */
export function whenMisdirected(error: Impossible, way: PageWay, { target }: Page, outside: Outside): Effect[] {
  const names = misnamed(error, way, target, outside.policy);
  if (names.length === 0) return [];
  const what = `pagerduty-unknown:${names.map((one) => one.what.replace(' ', '-')).join(':')}`;
  return tellAdmins(what, misdirectedMessage(target, names, error.message), outside);
}

/** PagerDuty says what kind of thing it does not know; a plain *not found* may be any of them. */
function misnamed(error: Impossible, way: PageWay, target: PageTarget, policy: Policy): Misnamed[] {
  if (error.code === 'unknown_routing_key') return [routingKey(way, target)];
  const isAny = error instanceof Gone;
  const { service } = target;
  const escalationPolicy = target.kind === 'target' ? target.escalationPolicy : undefined;
  return [
    ...(service && (isAny || error.code === 'unknown_service')
      ? [{ what: `service ${service}`, where: placeOf('service', service, policy) }]
      : []),
    ...(escalationPolicy && (isAny || error.code === 'unknown_escalation_policy')
      ? [
          {
            what: `escalation policy ${escalationPolicy}`,
            where: placeOf('escalationPolicy', escalationPolicy, policy),
          },
        ]
      : []),
  ];
}

function routingKey(way: PageWay, { routingKey: name = 'default' }: PageTarget): Misnamed {
  if (way === 'second-key') return { what: 'second routing key', where: 'PAGERDUTY_SECOND_ROUTING_KEY' };
  if (name === 'default') return { what: 'routing key', where: 'PAGERDUTY_ROUTING_KEY' };
  return { what: `routing key ${name}`, where: 'PAGERDUTY_ROUTING_KEYS' };
}

function placeOf(field: 'service' | 'escalationPolicy', id: string, { paging }: Policy): string {
  const found = Object.entries(paging.targets).find(([, target]) => target[field] === id);
  return found ? `paging.targets.${found[0]}.${field}` : 'paging.targets, as it was when this incident began';
}
