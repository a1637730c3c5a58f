import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';

/** Where people talk: the bridge of the first service that has its own, else the common one. */
export function bridgeOf({ services, number }: Incident, policy: Policy): string | undefined {
  const own = services.map((key) => policy.services[key]?.bridge).find((bridge) => bridge !== undefined);
  return (own ?? policy.bridge)?.replaceAll('{number}', String(number));
}
