/** https://developer.pagerduty.com/docs/send-alert-event: what an event must be, to the letter. */
import * as z from 'zod';

const filled = z.string().refine((text) => text.trim() !== '', 'is missing or blank');

const Link = z.strictObject({ href: filled, text: z.string().optional() });
const Image = z.strictObject({
  src: z.string().regex(/^https:/, 'must be served by https'),
  href: z.string().optional(),
  alt: z.string().optional(),
});

const Payload = z.strictObject({
  summary: filled.max(1024, 'is too long (maximum is 1024 characters)'),
  source: filled,
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  component: z.string().optional(),
  group: z.string().optional(),
  class: z.string().optional(),
  custom_details: z.record(z.string(), z.unknown()).optional(),
});

const dedupKey = filled.max(255, 'is too long (maximum is 255 characters)');

export const Trigger = z.strictObject({
  routing_key: filled,
  event_action: z.literal('trigger'),
  dedup_key: dedupKey.optional(),
  payload: Payload,
  links: z.array(Link).optional(),
  images: z.array(Image).optional(),
  client: z.string().optional(),
  client_url: z.string().optional(),
});

/** The rest may be there, and only the key counts. */
const Follow = z.strictObject({
  routing_key: filled,
  event_action: z.enum(['acknowledge', 'resolve']),
  dedup_key: dedupKey,
  payload: z.unknown().optional(),
  links: z.unknown().optional(),
  images: z.unknown().optional(),
  client: z.unknown().optional(),
  client_url: z.unknown().optional(),
});

export const Event = z.discriminatedUnion('event_action', [Trigger, Follow]);
export type Event = z.infer<typeof Event>;
