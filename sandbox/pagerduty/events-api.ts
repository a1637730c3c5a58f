/** POST /v2/enqueue: https://developer.pagerduty.com/docs/events-api-v2-overview */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf } from '../http.ts';
import { type Json, parseObject, textOf } from '../json.ts';
import { checked } from './checked.ts';
import { Event } from './events-schema.ts';
import { type Answer, type Parts, type Side, throughGate } from './gate.ts';
import { acknowledge, open, resolve } from './incidents.ts';
import { type Book, log } from './note.ts';
import { eventsLimited, eventsPerMinute, type Rates } from './rates.ts';
import type { PagerAlert, PagerIncident, PagerService } from './wire.ts';

const largestEvent = 512 * 1024;
const keyLength = 32;

const said = (status: number, words: string, message: string, errors?: string[]): Answer => ({
  status,
  body: { status: words, message, ...(errors && { errors }) },
});

const invalid = (errors: string[]) => said(400, 'invalid event', 'Event object is invalid', errors);

export const eventsSide: Side = {
  of: 'pagerduty.events',
  limited: eventsLimited,
  broken: ({ status = 503 }) =>
    said(status, 'internal error', 'The server experienced an error while processing the event.'),
  refused: ({ status = 400, error = 'Event object is invalid' }) => said(status, 'invalid event', error, [error]),
  errorIn: ({ message, errors }) => (Array.isArray(errors) ? errors.join('; ') : textOf(message)),
};

type Taken = { event: Event; key: string; service: PagerService };

export function createEventsApi(parts: Parts, book: Book, rates: Rates) {
  const { account } = book;
  const violation = (what: string, detail: Json) => parts.ledger.violation('pagerduty', what, detail);

  /** Only by the same integration: another one's key never reaches it. */
  function alertOf({ event, key }: Taken): { incident: PagerIncident; alert: PagerAlert } | undefined {
    for (const incident of account.state.incidents) {
      const isIt = (one: PagerAlert) =>
        one.key === key && one.routingKey === event.routing_key && one.status === 'triggered';
      const alert = incident.status === 'resolved' ? undefined : incident.alerts.find(isIt);
      if (alert) return { incident, alert };
    }
    return undefined;
  }

  function trigger(taken: Taken, event: Extract<Event, { event_action: 'trigger' }>) {
    const when = { by: taken.service.id, at: book.now() };
    const known = alertOf(taken);
    if (known) {
      known.alert.triggers += 1;
      log(account, known.incident, 'trigger', when);
      return;
    }
    const alert: PagerAlert = {
      id: account.nextId('A'),
      key: taken.key,
      routingKey: event.routing_key,
      status: 'triggered',
      summary: event.payload.summary,
      severity: event.payload.severity,
      createdAt: when.at,
      triggers: 1,
      event,
    };
    open(book, { title: alert.summary, service: taken.service.id, incidentKey: taken.key, alert }, when);
  }

  /** What has no open alert is dropped without a word. */
  function follow(taken: Taken) {
    const known = alertOf(taken);
    if (!known) return;
    const when = { by: taken.service.id, at: book.now() };
    const { incident, alert } = known;
    if (taken.event.event_action === 'acknowledge') return acknowledge(book, incident, when);
    alert.status = 'resolved';
    if (incident.alerts.every(({ status }) => status === 'resolved')) resolve(book, incident, when);
  }

  function take(text: string): Answer {
    if (Buffer.byteLength(text) > largestEvent) {
      violation('an event of more than 512 kB was sent', {});
      return said(413, 'invalid event', 'Event object is too large');
    }
    const given = parseObject(text);
    if (!given) {
      violation('an event was no JSON object', {});
      return said(400, 'Unrecognized object', 'Event object format is unrecognized', ['JSON parse error']);
    }
    const { value: event, errors, unknown } = checked(Event, given);
    if (unknown.length > 0) violation(`an event had fields PagerDuty does not know: ${unknown.join(', ')}`, {});
    if (!event) {
      violation(`an event was refused: ${errors.join('; ')}`, { errors });
      return invalid(errors);
    }
    if (event.routing_key.length !== keyLength)
      return invalid([`Length of 'routing_key' is incorrect (should be ${keyLength} characters)`]);
    const service = account.serviceByKey(event.routing_key);
    if (!service) return invalid(['Invalid routing key']);
    if (!rates.take(event.routing_key, eventsPerMinute).allowed) {
      parts.ledger.violation('ratelimited', 'events of one integration came too often', { service: service.id });
      return eventsLimited();
    }
    const key = event.dedup_key ?? crypto.randomUUID().replaceAll('-', '');
    if (event.event_action === 'trigger') trigger({ event, key, service }, event);
    else follow({ event, key, service });
    account.changed();
    return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: key } };
  }

  return {
    async handle(request: IncomingMessage, response: ServerResponse) {
      const text = (await bodyOf(request)).toString();
      const { routing_key, ...args } = parseObject(text) ?? { body: text };
      const service = account.serviceByKey(textOf(routing_key) ?? '');
      const method = `pagerduty.events.${textOf(args.event_action) ?? 'unknown'}`;
      // The key is a secret: the ledger says whose it is.
      const shown = { ...args, integrationOf: service?.id ?? null };
      await throughGate(parts, eventsSide, { method, args: shown, response }, () => take(text));
    },
  };
}
