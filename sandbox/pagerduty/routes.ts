/** /sandbox/pagerduty/…: by which tests and the page move it. */
import * as z from 'zod';
import type { Faults } from '../faults.ts';
import type { Account } from './account.ts';
import { burst } from './burst.ts';
import { priorities } from './directory.ts';
import { nextOnCall, onCallAt } from './on-call.ts';
import type { Webhooks } from './webhooks.ts';
import { type PagerOnCall, type PagerSubscription, type PagerSummary, pagerDutySecret } from './wire.ts';

/** The page shows what is open and what was lately; the rest is found by its id. */
const mostShown = 50;

type Parts = {
  account: Account;
  faults: Faults;
  webhooks: Webhooks;
  now: () => number;
  deed: (handle: string, body: unknown) => unknown;
  ping: (subscription: string) => void;
  subscription: (url: string, secrets: string[]) => PagerSubscription;
};

type Asked = { body: unknown; query: URLSearchParams };

const nothing = { ok: true };

export type PagerRoutes = ReturnType<typeof pagerRoutes>;

export function pagerRoutes({ account, faults, webhooks, now, deed, ping, subscription }: Parts) {
  const onCall = (): PagerOnCall[] =>
    account.state.policies.flatMap((policy) =>
      policy.rules.map((_, index) => ({
        policy: policy.id,
        level: index + 1,
        now: onCallAt(account, policy, index + 1, now()),
        next: nextOnCall(account, policy, index + 1, now()),
      })),
    );

  function summary(): PagerSummary {
    const { users, services, policies, schedules, incidents, subscriptions, tokenRevoked, waiting } = account.state;
    return {
      users,
      services,
      policies,
      schedules,
      priorities,
      incidents: incidents.slice(-mostShown).reverse(),
      onCall: onCall(),
      outages: {
        rest: faults.isOut('pagerduty.rest'),
        events: faults.isOut('pagerduty.events'),
        webhooks: faults.isOut('pagerduty.webhooks'),
      },
      tokenRevoked,
      subscriptions,
      waiting: waiting.length,
    };
  }

  function setSchedule({ body }: Asked) {
    const { id, users } = z.object({ id: z.string(), users: z.array(z.string()) }).parse(body);
    const schedule = account.schedule(id);
    if (!schedule) throw new Error(`there is no schedule ${id}`);
    schedule.users = users.map((handle) => {
      const user = account.state.users.find((one) => one.handle === handle);
      if (!user) throw new Error(`${handle} has no PagerDuty account`);
      return user.id;
    });
    account.changed();
    return schedule;
  }

  function setService({ body }: Asked) {
    const asked = z.object({ id: z.string(), deleted: z.boolean() }).parse(body);
    const service = account.state.services.find(({ id }) => id === asked.id);
    if (!service) throw new Error(`there is no service ${asked.id}`);
    service.deleted = asked.deleted;
    account.changed();
    return service;
  }

  function subscribe({ body }: Asked) {
    const asked = z
      .object({
        url: z.url().nullable(),
        secrets: z.array(z.string().min(1)).min(1).optional(),
        events: z.array(z.string()).optional(),
        service: z.string().optional(),
      })
      .parse(body);
    const before = account.state.subscriptions[0];
    const { url, events = [], service = null } = asked;
    const secrets = asked.secrets ?? before?.secrets ?? [pagerDutySecret];
    account.state.subscriptions = url === null ? [] : [{ ...subscription(url, secrets), events, service }];
    account.changed();
    return account.state.subscriptions;
  }

  const routes: Record<string, (asked: Asked) => unknown> = {
    'GET ': summary,
    'GET /incidents': () => account.state.incidents,
    'GET /incident': ({ query }) => {
      const incident = account.incident(query.get('id') ?? '');
      if (!incident) throw new Error(`there is no PagerDuty incident ${query.get('id')}`);
      return incident;
    },
    'POST /token': ({ body }) => {
      account.state.tokenRevoked = z.object({ revoked: z.boolean() }).parse(body).revoked;
      account.changed();
      return nothing;
    },
    'POST /schedules': setSchedule,
    'POST /services': setService,
    'POST /webhooks': subscribe,
    'POST /webhooks/enable': () => {
      for (const one of account.state.subscriptions) one.disabledUntil = null;
      account.changed();
      return nothing;
    },
    'POST /webhooks/ping': () => {
      for (const { id } of account.state.subscriptions) ping(id);
      return nothing;
    },
    'POST /webhooks/burst': ({ body }) => {
      const asked = z
        .object({
          count: z.int().positive(),
          perSecond: z.number().positive().optional(),
          inFlight: z.int().positive().optional(),
          incident: z.string(),
        })
        .parse(body);
      return burst(account, webhooks, now, asked);
    },
  };

  return (method: string, path: string, asked: Asked): unknown => {
    const [, handle] = /^\/people\/([^/]+)$/.exec(path) ?? [];
    if (handle && method === 'POST') return deed(decodeURIComponent(handle), asked.body);
    return routes[`${method} ${path}`]?.(asked);
  };
}
