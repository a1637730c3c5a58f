import * as z from 'zod';
import type { PagerEvent, PagerEventIncident, PagerEventKind } from '../pager-shapes.ts';
import { Reference, When } from './schema.ts';
import { answerOf, namedIf, personIf, personOf, statuses } from './words.ts';

/** What a delivery turned out to be. Everything but `unreadable` is to be answered with 2xx: three refusals and PagerDuty stops for a day. */
export type Delivery =
  | { is: 'event'; event: PagerEvent }
  /** The test that an operator sends from PagerDuty's page. */
  | { is: 'ping' }
  /** Of a type that means nothing to us, by its name, for counting. */
  | { is: 'other'; type: string }
  /** Replayed, or held back for longer than what it says can still be true. */
  | { is: 'old'; id: string; at: Date }
  | { is: 'unreadable'; why: string };

/** One that was merged is resolved, with the reason why. */
const kinds: Record<string, PagerEventKind> = {
  'incident.triggered': 'triggered',
  'incident.acknowledged': 'acknowledged',
  'incident.unacknowledged': 'unacknowledged',
  'incident.escalated': 'escalated',
  'incident.reassigned': 'reassigned',
  'incident.delegated': 'delegated',
  'incident.priority_updated': 'priority-changed',
  'incident.annotated': 'annotated',
  'incident.reopened': 'reopened',
  'incident.resolved': 'resolved',
  'incident.responder.added': 'responder-added',
  'incident.responder.replied': 'responder-replied',
  'incident.status_update_published': 'status-update',
};

/** What a subscription has to send. */
export const wantedEvents = Object.keys(kinds);

/** What was written is worth keeping however late it comes; it changes no state. */
const timeless: PagerEventKind[] = ['annotated', 'status-update'];

/** The signature holds no time, so what comes in later than this is not believed to say how things stand. Milliseconds. */
const oldAfter = 24 * 60 * 60_000;

const Envelope = z.object({
  event: z.object({
    id: z.string().min(1),
    event_type: z.string().min(1),
    occurred_at: When,
    agent: Reference.nullish(),
    data: z.unknown(),
  }),
});

const Whole = Reference.extend({
  html_url: z.string().nullish(),
  number: z.number().nullish(),
  title: z.string().nullish(),
  status: z.enum(['triggered', 'acknowledged', 'resolved']).nullish().catch(undefined),
  incident_key: z.string().nullish(),
  urgency: z.enum(['high', 'low']).nullish().catch(undefined),
  priority: Reference.nullish(),
  service: Reference.nullish(),
  escalation_policy: Reference.nullish(),
  assignees: z.array(Reference).nullish(),
  created_at: When.nullish().catch(undefined),
  resolve_reason: z.object({ incident: Reference.nullish() }).nullish(),
});

/** Of a note, a status update or a responder: what it belongs to is a reference in it. */
const Part = z.object({
  incident: Reference.extend({ html_url: z.string().nullish() }),
  content: z.string().nullish(),
  message: z.string().nullish(),
  state: z.string().nullish(),
  user: Reference.nullish(),
  escalation_policy: Reference.nullish(),
});

/**
 * What a webhook of PagerDuty's says, after its signature was found to be right. The id of the event, the same over all repeats, is in
 * `event.id`. https://developer.pagerduty.com/docs/webhooks-overview
 */
export function readDelivery(raw: string, now: Date): Delivery {
  const envelope = Envelope.safeParse(jsonOf(raw));
  if (!envelope.success) return { is: 'unreadable', why: problemOf(envelope.error) };
  const { id, event_type: type, occurred_at: at, agent, data } = envelope.data.event;
  if (type === 'pagey.ping') return { is: 'ping' };
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!kind) return { is: 'other', type };
  if (now.getTime() - at.getTime() > oldAfter && !timeless.includes(kind)) return { is: 'old', id, at };

  const said = Part.safeParse(data).data ?? Whole.safeParse(data).data;
  if (!said) return { is: 'unreadable', why: `the data of ${type} is of no incident` };
  const event = { id, at, by: personIf(agent) };
  return { is: 'event', event: { ...event, ...('incident' in said ? partOf(kind, said) : wholeOf(kind, said)) } };
}

type Rest = Omit<PagerEvent, 'id' | 'at' | 'by'>;

function wholeOf(kind: PagerEventKind, data: z.infer<typeof Whole>): Rest {
  const mergedInto = data.resolve_reason?.incident?.id;
  const incident: PagerEventIncident = {
    id: data.id,
    url: data.html_url ?? undefined,
    number: data.number ?? undefined,
    title: data.title ?? undefined,
    status: data.status ? statuses[data.status] : undefined,
    key: data.incident_key ?? undefined,
    urgency: data.urgency ?? undefined,
    priority: namedIf(data.priority),
    service: namedIf(data.service),
    escalationPolicy: namedIf(data.escalation_policy),
    assigned: (data.assignees ?? []).flatMap((one) => personIf(one) ?? []),
    createdAt: data.created_at ?? undefined,
  };
  return { kind: kind === 'resolved' && mergedInto ? 'merged' : kind, incident, ...(mergedInto && { mergedInto }) };
}

function partOf(kind: PagerEventKind, { incident, ...part }: z.infer<typeof Part>): Rest {
  const title = incident.summary ?? undefined;
  const responder = {
    person: part.user ? personOf(part.user) : undefined,
    escalationPolicy: namedIf(part.escalation_policy),
    answer: answerOf(part.state),
  };
  return {
    kind,
    incident: { id: incident.id, url: incident.html_url ?? undefined, title, assigned: [] },
    ...(kind.startsWith('responder') ? { responder } : { text: part.content ?? part.message ?? '' }),
  };
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Which field is wrong, without what was in it. */
const problemOf = (error: z.ZodError) =>
  `no event of PagerDuty's: ${error.issues.map(({ path }) => path.join('.') || 'no JSON').join(', ')}`;
