import { Impossible, Unclear } from '../../outbox/failures.ts';
import type { Secret } from '../../secret.ts';
import { failureOf, post } from '../http.ts';
import type { AlertKey, NewAlert } from '../pager-shapes.ts';
import { EventAnswer } from './schema.ts';
import { shortened } from './words.ts';

export interface AlertParts {
  eventsUrl: string;
  routingKeys: Record<string, Secret>;
  /** Milliseconds for an answer. */
  within?: number;
  observe?: (call: string, result: string) => void;
}

/** What a 429 holds back: PagerDuty counts by routing key. https://developer.pagerduty.com/docs/events-api-v2-rate-limits */
export const eventsGate = (routingKey: string): string => `pagerduty.events:${routingKey}`;
/** PagerDuty names no time. Milliseconds. */
const unknownWait = 5_000;
/** PagerDuty answers within a second; behind that the second way is waiting. */
const timeOut = 5_000;
/** https://developer.pagerduty.com/docs/send-alert-event */
const longestSummary = 1_024;
const longestSource = 255;

/**
 * PagerDuty's Events API v2, by a `fetch` of our own: pdjs can be pointed at no other address than PagerDuty's. Doing it twice folds into
 * one alert by the dedup key; acknowledging or resolving what is not open does nothing.
 */
export function createAlerts({ eventsUrl, routingKeys, within = timeOut, observe = () => undefined }: AlertParts) {
  const url = `${eventsUrl.replace(/\/$/, '')}/v2/enqueue`;

  async function send(action: string, { routingKey, dedupKey }: AlertKey, more: object = {}): Promise<void> {
    const key = routingKeys[routingKey];
    if (!key) throw new Impossible('unknown_routing_key', `there is no routing key named ${routingKey}`);
    const event = { routing_key: key.reveal(), event_action: action, dedup_key: dedupKey, ...more };
    try {
      const answer = await post(url, JSON.stringify(event), {}, within);
      const read = EventAnswer.safeParse(jsonOf(answer.text)).data;
      // A proxy's page may say 200 as well.
      if (answer.status === 202 && read?.status !== 'success')
        throw new Unclear('PagerDuty took it, with an answer that cannot be read');
      if (answer.status !== 202) throw refusal(answer, read, routingKey);
      observe(`event ${action}`, 'ok');
    } catch (error) {
      observe(`event ${action}`, error instanceof Error ? error.name : 'Error');
      throw error;
    }
  }

  return {
    trigger: ({ summary, severity, source, at, links, details, ...key }: NewAlert): Promise<void> =>
      send('trigger', key, {
        payload: {
          summary: shortened(summary, longestSummary),
          severity,
          source: shortened(source, longestSource),
          ...(at && { timestamp: at.toISOString() }),
          custom_details: details,
        },
        links,
        client: 'Tocsin',
        ...(links[0] && { client_url: links[0].href }),
      }),
    acknowledgeAlert: (key: AlertKey): Promise<void> => send('acknowledge', key),
    resolveAlert: (key: AlertKey): Promise<void> => send('resolve', key),
  };
}

function refusal(answer: Parameters<typeof failureOf>[0], read: EventAnswer | undefined, routingKey: string): Error {
  const says = read && [read.message ?? read.status, ...(read.errors ?? [])].join(': ');
  // Another 2xx is nobody's promise to wake somebody.
  if (answer.status < 300) return new Unclear(`HTTP ${answer.status} where PagerDuty says 202`);
  const code = /routing[ _]?key/i.test(says ?? '') ? 'unknown_routing_key' : 'invalid_event';
  return failureOf(answer, { code, says, gate: eventsGate(routingKey), wait: unknownWait });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
