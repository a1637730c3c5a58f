/** Bodies of the REST API v2: https://developer.pagerduty.com/api-reference */
import * as z from 'zod';

/** A reference may carry more of the thing it names. */
const Ref = <T extends string>(kind: T) =>
  z.looseObject({ id: z.string().min(1), type: z.enum([kind, `${kind}_reference`]) });

const title = z
  .string()
  .refine((text) => text.trim() !== '', 'is missing or blank')
  .max(1024, 'is too long (maximum is 1024 characters)');

const urgency = z.enum(['high', 'low']);
const Bridge = z.strictObject({ conference_number: z.string().optional(), conference_url: z.string().optional() });
const IncidentType = z.strictObject({ name: z.string() });
const Assignments = z.array(z.strictObject({ assignee: Ref('user') })).min(1);

export const NewIncident = z.strictObject({
  incident: z.strictObject({
    type: z.literal('incident'),
    title,
    service: Ref('service'),
    priority: Ref('priority').optional(),
    urgency: urgency.optional(),
    body: z.strictObject({ type: z.literal('incident_body'), details: z.string() }).optional(),
    incident_key: z.string().min(1).max(255, 'is too long (maximum is 255 characters)').optional(),
    // "Only one assignee is supported at this time", as its page on creating incidents has it.
    assignments: Assignments.max(1).optional(),
    escalation_policy: Ref('escalation_policy').optional(),
    incident_type: IncidentType.optional(),
    conference_bridge: Bridge.optional(),
  }),
});

const change = {
  type: z.enum(['incident', 'incident_reference']),
  status: z.enum(['resolved', 'acknowledged', 'triggered']).optional(),
  resolution: z.string().optional(),
  title: title.optional(),
  priority: z.union([Ref('priority'), z.string()]).optional(),
  urgency: urgency.optional(),
  escalation_level: z.int().optional(),
  assignments: Assignments.optional(),
  escalation_policy: Ref('escalation_policy').optional(),
  incident_type: IncidentType.optional(),
  conference_bridge: Bridge.optional(),
};

const Change = z.strictObject(change);
export type Change = z.infer<typeof Change>;

export const OneChange = z.strictObject({ incident: Change });
/** More than 250 are answered with 413. */
export const Changes = z.strictObject({ incidents: z.array(z.strictObject({ id: z.string(), ...change })).min(1) });

export const Merge = z.strictObject({ source_incidents: z.array(Ref('incident')).min(1) });

const filled = z.string().refine((text) => text.trim() !== '', 'is missing or blank');

export const NewNote = z.strictObject({ note: z.strictObject({ content: filled }) });

/** A mail of one's own needs both its subject and its text. */
export const NewStatusUpdate = z
  .strictObject({ message: filled, subject: z.string().optional(), html_message: z.string().optional() })
  .refine(
    (one) => (one.subject === undefined) === (one.html_message === undefined),
    'needs subject and html_message both',
  );

const Target = z.strictObject({
  responder_request_target: z.looseObject({
    id: z.string(),
    type: z.enum(['user', 'user_reference', 'escalation_policy', 'escalation_policy_reference']),
  }),
});

export const NewResponderRequest = z.strictObject({
  requester_id: z.string(),
  message: filled,
  responder_request_targets: z.array(Target).min(1),
});

export const CancelledRequest = z.strictObject({
  requester_id: z.string(),
  responder_request_targets: z
    .array(z.strictObject({ type: z.enum(['user_reference', 'escalation_policy_reference']), id: z.string() }))
    .min(1),
});

export const NewSubscription = z.strictObject({
  webhook_subscription: z.strictObject({
    type: z.literal('webhook_subscription'),
    description: z.string().optional(),
    delivery_method: z.strictObject({
      type: z.literal('http_delivery_method'),
      url: z.url(),
      custom_headers: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
    }),
    events: z.array(z.string()).min(1),
    filter: z
      .strictObject({
        type: z.enum(['account_reference', 'service_reference', 'team_reference']),
        id: z.string().optional(),
      })
      .refine(({ type, id }) => type === 'account_reference' || id !== undefined, 'needs an id'),
  }),
});

/** Seconds, up to a week. */
export const Snooze = z.strictObject({ duration: z.int().min(1).max(604_800) });
