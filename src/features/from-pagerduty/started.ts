import * as z from 'zod';
import { longestTitle } from '../../incident/fields.ts';
import type { PagerEvent } from '../../integrations/pager-shapes.ts';
import { cut } from '../../slack/blocks.ts';

const Named = z.object({ id: z.string(), name: z.string() });

/** An incident of PagerDuty's that none here is about, as it was heard of. It travels in the outbox and on a button. */
export const Started = z.object({
  id: z.string(),
  url: z.string().optional(),
  number: z.number().optional(),
  title: z.string(),
  service: Named.optional(),
  escalationPolicy: Named.optional(),
  urgency: z.enum(['high', 'low']).optional(),
  /** Its id. */
  priority: z.string().optional(),
  began: z.coerce.date(),
  /** Whom it rang, by name. */
  assigned: z.array(z.string()).default([]),
});
export type Started = z.infer<typeof Started>;

/** What a form carries of it: its title is in a field, and Slack takes 3,000 characters. */
export const Carried = Started.omit({ title: true, assigned: true });
export type Carried = z.infer<typeof Carried>;

/** Of people's names and services' a message shows no more. */
const longestName = 60;
const mostNamed = 3;

export function startedOf({ incident, at }: PagerEvent): Started {
  const { id, url, number, service, escalationPolicy, urgency, priority, createdAt = at, assigned } = incident;
  const named = (one: z.infer<typeof Named>) => ({ id: one.id, name: cut(one.name, longestName) });
  return {
    id,
    title: titleOf(incident),
    began: createdAt,
    assigned: assigned.slice(0, mostNamed).map(({ name }) => cut(name, longestName)),
    ...(url && { url }),
    ...(number !== undefined && { number }),
    ...(service && { service: named(service) }),
    ...(escalationPolicy && { escalationPolicy: named(escalationPolicy) }),
    ...(urgency && { urgency }),
    ...(priority && { priority: priority.id }),
  };
}

/** On one line and as long as a typed one may be. One that shows nothing is called by its number. */
function titleOf({ title = '', number, id }: PagerEvent['incident']): string {
  const line = title.toWellFormed().replace(/\s+/g, ' ').trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? cut(line, longestTitle) : `PagerDuty incident ${number ?? id}`;
}
