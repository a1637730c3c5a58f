import * as z from 'zod';

/** `webhook`: from another service than Slack, which wants it stored and no answer. */
export type Kind = 'webhook' | 'event' | 'command' | 'press' | 'submit' | 'closed' | 'shortcut' | 'options';

/** Something Slack sent, with the way to acknowledge it. */
export interface Arrival {
  /** Says which delivery it is: Slack repeats events, and the same press may come twice. */
  key: string;
  kind: Kind;
  body: unknown;
  /** The payload goes back to the person: an ephemeral answer, errors under fields. */
  ack(payload?: unknown): Promise<void>;
}

const Event = z.object({ type: z.literal('event_callback'), event_id: z.string() });
const Command = z.object({ command: z.string(), trigger_id: z.string() });
const Interactive = z.object({
  type: z.enum(['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action', 'block_suggestion']),
  trigger_id: z.string().optional(),
  action_ts: z.string().optional(),
  view: z.object({ id: z.string(), hash: z.string().optional() }).optional(),
});

const kinds = {
  block_actions: 'press',
  view_submission: 'submit',
  view_closed: 'closed',
  shortcut: 'shortcut',
  message_action: 'shortcut',
  block_suggestion: 'options',
} as const;

/** Which delivery a body is; undefined when it is none that we know. https://docs.slack.dev/reference/interaction-payloads */
export function identify(body: unknown): { key: string; kind: Kind } | undefined {
  const event = Event.safeParse(body);
  if (event.success) return { kind: 'event', key: `event:${event.data.event_id}` };
  const command = Command.safeParse(body);
  if (command.success) return { kind: 'command', key: `command:${command.data.trigger_id}` };
  const interactive = Interactive.safeParse(body);
  if (!interactive.success) return undefined;
  const { type, trigger_id: trigger, view, action_ts: ts } = interactive.data;
  const kind = kinds[type];
  // A closed form has no trigger; its view is closed once.
  const key = kind === 'closed' ? `${view?.id}:${view?.hash ?? ''}` : (trigger ?? ts ?? view?.id);
  return key === undefined ? undefined : { kind, key: `${kind}:${key}` };
}

const Teams = z.object({
  team_id: z.string().nullish(),
  context_team_id: z.string().nullish(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
});

/**
 * The workspaces an event is for. What happens in a shared channel may come with the `team_id` of the other workspace; the
 * authorizations name ours then. https://docs.slack.dev/apis/events-api/#authorizations
 */
export function teamsOf(body: unknown): string[] {
  const { data } = Teams.safeParse(body);
  const named = [data?.team_id, data?.context_team_id, ...(data?.authorizations ?? []).map((one) => one.team_id)];
  return named.filter((team) => typeof team === 'string');
}

const RateNotice = z.object({ type: z.literal('app_rate_limited'), minute_rate_limited: z.number().catch(0) });

/**
 * "You are sending too much": it has no event inside. Gives the minute since when events are held back.
 * https://docs.slack.dev/apis/events-api/#rate-limiting
 */
export function rateNotice(body: unknown): Date | undefined {
  const { data } = RateNotice.safeParse(body);
  return data && new Date(data.minute_rate_limited * 1000);
}

const OwnPost = z.object({
  event: z.object({
    type: z.literal('message'),
    channel: z.string(),
    ts: z.string(),
    bot_id: z.string(),
    metadata: z.object({ event_type: z.string(), event_payload: z.object({ key: z.string() }) }),
  }),
});

/** A message of our own coming back, by the key in its metadata: proof that a post arrived, whatever became of its reply. */
export function ownPost(
  body: unknown,
  type: string,
  bot: string | undefined,
): { key: string; channel: string; ts: string } | undefined {
  const { data } = OwnPost.safeParse(body);
  if (!data || data.event.bot_id !== bot || data.event.metadata.event_type !== type) return undefined;
  const { channel, ts, metadata } = data.event;
  return { key: metadata.event_payload.key, channel, ts };
}

const TypedEvent = z.object({ event: z.object({ type: z.string() }) });

export const eventType = (body: unknown): string | undefined => TypedEvent.safeParse(body).data?.event.type;
