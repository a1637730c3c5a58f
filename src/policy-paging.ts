import * as z from 'zod';
import { BeginPolicy, pagerId, unknownServices } from './policy-begin.ts';

const routingKeyName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'the name of one of PAGERDUTY_ROUTING_KEYS, never the key itself');

const TargetPolicy = z
  .strictObject({
    name: z.string().min(1).max(75).describe('Whom it wakes, as people say it: Checkout on-call'),
    routingKey: routingKeyName
      .optional()
      .describe('The name of its key in PAGERDUTY_ROUTING_KEYS; left out: PAGERDUTY_ROUTING_KEY'),
    service: pagerId.optional().describe('The PagerDuty service'),
    escalationPolicy: pagerId.optional().describe('The PagerDuty escalation policy'),
  })
  .describe('Somebody who can be woken: a team, a service’s on-call');
export type TargetPolicy = z.infer<typeof TargetPolicy>;

/** Whom a severity demands. `services`: what the incident's services page; `commanders`: the commanders' target. */
const demands = z.array(z.enum(['services', 'commanders']));

const AtPager = z.strictObject({
  severity: z.enum(['critical', 'error', 'warning', 'info']).describe('Of the alert'),
  urgency: z.enum(['high', 'low']).describe('Of a page to a chosen target or person'),
  priority: pagerId.optional().describe('Of the incident there'),
});

const follows = ['resolve', 'reopen', 'merge', 'severity'] as const;
export type Follow = (typeof follows)[number];
/** `updates` go out as e-mails to whoever subscribed there, so nobody has them who did not ask for it. */
const outwardFollows = [...follows, 'updates'] as const;

const minutes = z.number().int().positive().describe('Minutes');
const targetKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'the key of one of paging.targets');

/** The ways beside PagerDuty, in the order in which they are tried. */
export const secondWays = ['second-key', 'mail', 'webhook'] as const;
export type SecondWayName = (typeof secondWays)[number];

/** Slack's limit for the options of a select: what comes after could not be chosen. */
const mostTargets = 100;

/** Who is woken, when and how. Whether there is a way at all the environment says: without one nobody is paged. */
export const PagingPolicy = z.strictObject({
  targets: z
    .record(targetKey, TargetPolicy)
    .refine((targets) => Object.keys(targets).length <= mostTargets, `at most ${mostTargets}, as a form shows no more`)
    .default({})
    .describe('Who can be paged; services name theirs by `paging`'),
  commanders: targetKey.optional().describe('The target that wakes incident commanders'),
  otherwise: targetKey.optional().describe('Who is paged when none of the incident’s services has a target'),
  demands: z
    .strictObject({ sev1: demands, sev2: demands, sev3: demands, sev4: demands })
    .default({ sev1: ['services', 'commanders'], sev2: ['services', 'commanders'], sev3: ['services'], sev4: [] })
    .describe('Who is paged by itself when an incident is declared as severe as this, or becomes so'),
  invite: z
    .boolean()
    .default(true)
    .describe(
      'Whether those on call for the incident’s services are invited to its channel before they answer, where its severity demands `services`; never to a private one',
    ),
  helpers: z
    .enum(['page', 'responders'])
    .default('page')
    .describe(
      'How whoever is asked for in an incident is woken. page: by a page of their own, which PagerDuty escalates. responders: as a responder of the page that rings already, who accepts or declines in PagerDuty; needs a token',
    ),
  untaken: minutes.default(5).describe('Minutes until the commander is told that nobody has taken a page'),
  secondWayAfter: z
    .number()
    .int()
    .min(5)
    .max(3600)
    .default(60)
    .describe('Seconds without PagerDuty having accepted until the next way is taken'),
  secondWays: z
    .array(z.enum(secondWays))
    .default([...secondWays])
    .describe('In which order; those that are not configured are passed over'),
  follow: z
    .strictObject({
      outward: z
        .array(z.enum(outwardFollows))
        .default([...follows])
        .describe('What done here is done there as well; updates: what is posted goes to the subscribers there'),
      inward: z.array(z.enum(follows)).default([]).describe('What done there is done here as well'),
    })
    .prefault({}),
  severities: z
    .strictObject({ sev1: AtPager, sev2: AtPager, sev3: AtPager, sev4: AtPager })
    .default({
      sev1: { severity: 'critical', urgency: 'high' },
      sev2: { severity: 'error', urgency: 'high' },
      sev3: { severity: 'warning', urgency: 'high' },
      sev4: { severity: 'info', urgency: 'low' },
    })
    .describe('What a severity is called there'),
  declare: BeginPolicy.optional().describe('Incidents that start in PagerDuty; left out: none is declared or offered'),
});
export type PagingPolicy = z.infer<typeof PagingPolicy> & {
  /** The way that is taken at once where there is no PagerDuty. The environment says so, never the file. */
  firstWay?: SecondWayName;
};

interface Mapped {
  paging: PagingPolicy;
  services: Record<string, { paging?: string | undefined }>;
}

/** A mapping that names nothing would show at night: each is said with its place. */
export function unmapped({ paging, services }: Mapped, complain: (path: string[], message: string) => void): void {
  const there = Object.keys(paging.targets);
  const known = there.length > 0 ? `there are ${there.join(', ')}` : 'there are none';
  const look = (target: string | undefined, path: string[]) => {
    if (target !== undefined && !Object.hasOwn(paging.targets, target))
      complain(path, `no target is called ${target} under paging.targets; ${known}`);
  };
  for (const [key, { paging: target }] of Object.entries(services)) look(target, ['services', key, 'paging']);
  look(paging.commanders, ['paging', 'commanders']);
  look(paging.otherwise, ['paging', 'otherwise']);
  unknownServices(paging.declare, services, complain);
}
