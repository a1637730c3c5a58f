import * as z from 'zod';
import { severities } from './incident/severity.ts';

/** Ids of PagerDuty's stand at the end of the address when you look at the thing there. */
export const pagerId = z
  .string()
  .regex(/^[A-Z0-9]{4,20}$/, 'an id of PagerDuty, such as PABC123, from the end of its address');

const BeginRule = z
  .strictObject({
    service: pagerId.optional().describe('Of this PagerDuty service'),
    urgency: z.enum(['high', 'low']).optional().describe('Of this urgency there'),
    priority: pagerId.optional().describe('Of this priority there, also when it is given later'),
    severity: z.enum(severities).describe('As severe as this it is declared'),
    services: z.array(z.string()).optional().describe('Keys of services; left out: the one that pages that service'),
    private: z.boolean().default(false).describe('Whether it is private: whoever acknowledges is invited'),
  })
  .describe('Left out, service, urgency and priority fit everything');
export type BeginRule = z.infer<typeof BeginRule>;

/** What of PagerDuty's own incidents becomes one here. It is heard of by the webhook alone. */
export const BeginPolicy = z.strictObject({
  rules: z.array(BeginRule).max(100).default([]).describe('The first that fits declares by itself'),
  offer: z
    .union([
      z.boolean(),
      z.string().regex(/^(#[a-z0-9_-]{1,80}|C[A-Z0-9]+)$/, 'a channel name such as #alerts, or its id'),
    ])
    .default(false)
    .describe('Where the others of services that paging.targets name are posted with a button: true is updatesChannel'),
});
export type BeginPolicy = z.infer<typeof BeginPolicy>;

/** A rule that names a service nobody runs would refuse to declare at night: each is said with its place. */
export function unknownServices(
  begin: BeginPolicy | undefined,
  services: Record<string, unknown>,
  complain: (path: string[], message: string) => void,
): void {
  const known = Object.keys(services).join(', ') || 'none';
  for (const [rule, { services: named = [] }] of (begin?.rules ?? []).entries())
    for (const [index, key] of named.entries())
      if (!Object.hasOwn(services, key))
        complain(
          ['paging', 'declare', 'rules', String(rule), 'services', String(index)],
          `no service is called ${key} under services; there are ${known}`,
        );
}
