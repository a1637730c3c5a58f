import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';

/** What is said in an incident's channel is said in the order it happened, and nothing before the channel is open. */
export const channelOrder = (incident: Incident) => `channel:${incident.id}`;

/** An effect about an incident and its channel, which runs in order with the others about it. */
export function channelWork(
  kind: string,
  what: string,
  incident: Incident,
  rest: Pick<Effect, 'lane' | 'gate'> & { orderKey?: string; payload?: Record<string, unknown> },
): Effect {
  return {
    kind,
    key: `${what}:${incident.id}`,
    incident: incident.id,
    lane: rest.lane,
    gate: rest.gate,
    orderKey: rest.orderKey ?? channelOrder(incident),
    payload: { incident: incident.id, ...rest.payload },
  };
}

/** The gate of a post: Slack takes about one message a second in one channel. */
export const postGate = (incident: Incident) => `chat.postMessage:${incident.channel?.id ?? incident.id}`;
