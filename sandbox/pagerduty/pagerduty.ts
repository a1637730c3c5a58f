/** A PagerDuty on your desk, beside the Slack: its two APIs, its webhooks, and people who answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AccountState, createAccount } from './account.ts';
import { createDeeds } from './deeds.ts';
import { createEventsApi } from './events-api.ts';
import type { Parts } from './gate.ts';
import { unacknowledge } from './incidents.ts';
import { escalateByItself } from './levels.ts';
import type { Book, Emit } from './note.ts';
import { createRates } from './rates.ts';
import { createReferences } from './references.ts';
import { createRestApi } from './rest-api.ts';
import { pagerRoutes } from './routes.ts';
import { incidentEvent } from './shapes.ts';
import { createTalk } from './talk.ts';
import { createTimers } from './timers.ts';
import { createWebhooks } from './webhooks.ts';
import { type PagerIncident, type PagerSubscription, pagerDutySecret } from './wire.ts';

export type PagerDutyOptions = Parts & {
  /** where the sandbox listens, known once it does */
  url: () => string;
  limits: boolean;
  /** where the bot takes webhooks; none are sent without */
  webhookUrl: string | undefined;
};

export type PagerDuty = ReturnType<typeof createPagerDuty>;

const subscription = (url: string, secrets: string[]): PagerSubscription => ({
  id: 'PWHTCSN',
  url,
  secrets,
  headers: [],
  description: 'Tells the bot',
  events: [],
  service: null,
  dropped: 0,
  disabledUntil: null,
});

export function createPagerDuty({ url, limits, webhookUrl, ...parts }: PagerDutyOptions) {
  const { clock, faults, ledger } = parts;
  const account = createAccount(() => (webhookUrl ? [subscription(webhookUrl, [pagerDutySecret])] : []), clock.now);
  const refer = createReferences(account, url);
  const webhooks = createWebhooks({ account, clock, faults, ledger });
  const rates = createRates(clock.now, limits);

  function happen(incident: PagerIncident, at: number) {
    if (incident.escalatesAt !== null && incident.escalatesAt <= at) escalateByItself(book, incident, at);
    else {
      incident.unacknowledgesAt = null;
      unacknowledge(book, incident, at);
    }
    account.changed();
  }

  const timers = createTimers(clock, happen);

  /** https://developer.pagerduty.com/docs/webhooks-overview#webhook-payload */
  const emit: Emit = (type, incident, { by, at }, data) => {
    const event = {
      id: crypto.randomUUID(),
      event_type: type,
      resource_type: 'incident',
      occurred_at: new Date(at).toISOString(),
      agent: refer.agent(by),
      client: null,
      data: data ? data(incident) : incidentEvent(refer, incident),
    };
    webhooks.emit(type, incident.service, incident.id, event);
  };

  function ping(to: string) {
    const event = {
      id: crypto.randomUUID(),
      event_type: 'pagey.ping',
      resource_type: 'pagey',
      occurred_at: new Date(clock.now()).toISOString(),
      agent: null,
      client: null,
      data: { message: 'Hello from your friend Pagey!', type: 'ping' },
    };
    webhooks.emit('pagey.ping', null, 'ping', event, to);
  }

  const book: Book = { account, emit, now: clock.now, plan: timers.plan };
  const talk = createTalk(book, refer);
  const desk = { book, refer, talk, ping };
  const rest = createRestApi(parts, desk, rates);
  const events = createEventsApi(parts, book, rates);

  return {
    control: pagerRoutes({ account, faults, webhooks, now: clock.now, deed: createDeeds(desk), ping, subscription }),
    /** Whether this was for PagerDuty. */
    async handle(request: IncomingMessage, response: ServerResponse, asked: URL): Promise<boolean> {
      const [, path = ''] = /^\/pagerduty(\/.*)$/.exec(asked.pathname) ?? [];
      if (path.startsWith('/api/')) await rest.handle(request, response, asked, path.slice('/api'.length));
      else if (path === '/events/v2/enqueue' && request.method === 'POST') await events.handle(request, response);
      // What a link back leads to is the page, with PagerDuty open in it.
      else if (/^\/(incidents|services|users|escalation_policies|schedules)\//.test(path))
        response.writeHead(302, { location: '/?world=pagerduty' }).end();
      else return false;
      return true;
    },
    pending: webhooks.pending,
    onChange: account.onChange,
    save: account.save,
    restore(state: AccountState) {
      // What was saved before turns had a beginning, and before anybody could be asked for help.
      account.restore({
        ...state,
        turnsFrom: state.turnsFrom ?? account.state.turnsFrom,
        incidents: state.incidents.map((one) => ({ ...one, requests: one.requests ?? [] })),
      });
      // The bot that is there now is who wants to hear.
      if (webhookUrl) for (const one of account.state.subscriptions) one.url = webhookUrl;
      for (const incident of account.state.incidents) timers.plan(incident);
      webhooks.resume();
    },
    clear() {
      timers.clear();
      webhooks.clear();
      rates.clear();
      account.startOver();
    },
    stop() {
      timers.clear();
      webhooks.stop();
    },
  };
}
