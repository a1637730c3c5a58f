import * as z from 'zod';

/** What PagerDuty's answers hold, of which only the few fields we use are read. https://developer.pagerduty.com/api-reference */

/** A reference has a `summary`; the thing itself a `name` as well. */
export const Reference = z.object({
  id: z.string(),
  type: z.string().optional(),
  summary: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
});
export type Reference = z.infer<typeof Reference>;

export const When = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const Maybe = Reference.nullish();

export const Responder = z.object({
  state: z.string(),
  user: Reference,
  requested_at: When.nullish(),
  updated_at: When.nullish(),
});
export type Responder = z.infer<typeof Responder>;

export const ResponderRequest = z.object({
  requested_at: When,
  responder_request_targets: z.array(
    z.object({
      responder_request_target: z.object({
        id: z.string(),
        type: z.string(),
        incidents_responders: z.array(Responder).nullish(),
      }),
    }),
  ),
});
export type ResponderRequest = z.infer<typeof ResponderRequest>;

export const Incident = z.object({
  id: z.string(),
  incident_number: z.number(),
  title: z.string(),
  html_url: z.string(),
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  incident_key: z.string().nullish(),
  urgency: z.enum(['high', 'low']),
  priority: Maybe,
  service: Maybe,
  escalation_policy: Maybe,
  assigned_via: z.string().nullish(),
  assignments: z.array(z.object({ assignee: Reference })).default([]),
  acknowledgements: z.array(z.object({ acknowledger: Reference, at: When })).default([]),
  last_status_change_by: Maybe,
  resolve_reason: z.object({ incident: Maybe }).nullish(),
  created_at: When,
  last_status_change_at: When.nullish(),
});
export type Incident = z.infer<typeof Incident>;

export const Shift = z.object({
  user: Reference,
  schedule: Maybe,
  escalation_level: z.number(),
  start: When.nullish(),
  end: When.nullish(),
});
export type Shift = z.infer<typeof Shift>;

export const Schedule = Reference.extend({
  final_schedule: z.object({
    rendered_schedule_entries: z.array(z.object({ start: When, end: When, user: Reference })),
  }),
});

export const Service = Reference.extend({ escalation_policy: Maybe });

export const Note = z.object({ content: z.string() });

/** PagerDuty has no list of status updates, and none of its pages describes them in the log, where they have the words as `message`. */
export const LogEntry = z.object({ type: z.string(), message: z.string().nullish() });

export const Subscription = z.object({
  active: z.boolean().default(true),
  delivery_method: z.object({ url: z.string().nullish(), temporarily_disabled: z.boolean().nullish() }),
  events: z.array(z.string()),
});

/** https://developer.pagerduty.com/docs/errors */
export const Refusal = z.object({
  error: z.object({ message: z.string(), code: z.number().optional(), errors: z.array(z.string()).optional() }),
});

/** Of the Events API, accepted or not. https://developer.pagerduty.com/docs/send-alert-event */
export const EventAnswer = z.object({
  status: z.string(),
  message: z.string().optional(),
  errors: z.array(z.string()).optional(),
});
export type EventAnswer = z.infer<typeof EventAnswer>;
