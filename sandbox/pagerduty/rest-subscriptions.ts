/** Whom PagerDuty tells, over REST: https://developer.pagerduty.com/docs/webhooks-overview */
import type { Json } from '../json.ts';
import { type Call, type Operation, pageOf, paging, writes } from './operation.ts';
import { Refused } from './refused.ts';
import { NewSubscription } from './rest-schema.ts';
import { eventTypes, type PagerSubscription } from './wire.ts';

/** The secret stands only in the answer to its making, and what headers say in none. */
function shape(now: number, one: PagerSubscription, secret: string | null = null): Json {
  return {
    id: one.id,
    type: 'webhook_subscription',
    active: true,
    delivery_method: {
      id: `${one.id}D`,
      type: 'http_delivery_method',
      url: one.url,
      secret,
      temporarily_disabled: one.disabledUntil !== null && one.disabledUntil > now,
      custom_headers: one.headers.map(({ name }) => ({ name, value: '-- redacted --' })),
    },
    description: one.description,
    events: one.events.length > 0 ? one.events : eventTypes,
    filter: one.service === null ? { type: 'account_reference' } : { type: 'service_reference', id: one.service },
  };
}

function needSubscription({ desk, id }: Call): PagerSubscription {
  const found = desk.book.account.state.subscriptions.find((one) => one.id === id);
  if (!found) throw new Refused('notFound');
  return found;
}

const create = writes({
  name: 'webhook_subscriptions.create',
  method: 'POST',
  path: '/webhook_subscriptions',
  anonymous: true,
  schema: NewSubscription,
  run({ desk, body }) {
    const { account, now } = desk.book;
    const { delivery_method: to, events, filter, description = '' } = body.webhook_subscription;
    const strange = events.filter((type) => !eventTypes.includes(type));
    if (strange.length > 0) throw new Refused('invalid', [`Events are invalid: ${strange.join(', ')}`]);
    if (filter.type === 'service_reference' && !account.service(filter.id ?? '')) throw new Refused('notFound');
    const secret = crypto.randomUUID().replaceAll('-', '');
    const made: PagerSubscription = {
      id: account.nextId('PW'),
      url: to.url,
      secrets: [secret],
      headers: to.custom_headers ?? [],
      description,
      events,
      service: filter.type === 'service_reference' ? (filter.id ?? null) : null,
      dropped: 0,
      disabledUntil: null,
    };
    account.state.subscriptions.push(made);
    return { status: 201, body: { webhook_subscription: shape(now(), made, secret) } };
  },
});

const at = '/webhook_subscriptions/{id}';

export const subscriptionOperations: Operation[] = [
  create,
  {
    name: 'webhook_subscriptions.list',
    method: 'GET',
    path: '/webhook_subscriptions',
    query: [...paging, 'filter_type', 'filter_id'],
    run({ desk, query }) {
      const { account, now } = desk.book;
      const { page, paging: about } = pageOf(account.state.subscriptions, query);
      return { body: { webhook_subscriptions: page.map((one) => shape(now(), one)), ...about } };
    },
  },
  {
    name: 'webhook_subscriptions.get',
    method: 'GET',
    path: at,
    query: [],
    run: (call) => ({ body: { webhook_subscription: shape(call.desk.book.now(), needSubscription(call)) } }),
  },
  {
    name: 'webhook_subscriptions.ping',
    method: 'POST',
    path: `${at}/ping`,
    query: [],
    anonymous: true,
    run(call) {
      call.desk.ping(needSubscription(call).id);
      return { status: 202, body: {} };
    },
  },
  {
    name: 'webhook_subscriptions.enable',
    method: 'POST',
    path: `${at}/enable`,
    query: [],
    anonymous: true,
    run(call) {
      const one = needSubscription(call);
      one.disabledUntil = null;
      return { body: { webhook_subscription: shape(call.desk.book.now(), one) } };
    },
  },
];
