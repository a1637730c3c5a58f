import { afterEach, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../sandbox/server.ts';
import { checkPaging, type HowPaged } from '../../src/cli/doctor/paging.ts';
import { type Mapping, nothingMapped } from '../../src/cli/doctor/paging-mapping.ts';
import { mappingOf } from '../../src/cli/doctor/policy-mapping.ts';
import { readConfig } from '../../src/config.ts';
import { wantedEvents } from '../../src/integrations/pagerduty/webhook.ts';
import { PagingPolicy } from '../../src/policy-paging.ts';
import { thePolicy } from '../support/given.ts';
import { type LocalServer, localServer, type Received, type Reply } from '../support/local-server.ts';
import { ana, ben, policyReference, refusal } from '../support/pagerduty-bodies.ts';

const servers: LocalServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

const now = new Date('2026-03-02T09:00:00Z');
const key = 'checkout'.padEnd(32, '0');
const hook = 'https://tocsin.example.com/webhooks/pagerduty';
const subscription = {
  active: true,
  events: wantedEvents,
  delivery_method: { url: hook, temporarily_disabled: false },
};

/** A small account, by what is asked of it. */
const account = (over: Record<string, unknown> = {}) => {
  const bodies: Record<string, unknown> = {
    '/users': { users: [{ ...ana, email: 'ana@example.com' }] },
    '/services': { services: [{ id: 'PSVCSRC', name: 'Search', escalation_policy: policyReference }] },
    '/services/PSVCSRC': { service: { id: 'PSVCSRC', name: 'Search', escalation_policy: policyReference } },
    '/escalation_policies': { escalation_policies: [{ id: 'PEPSRC', name: 'Search' }] },
    '/schedules': { schedules: [{ id: 'PSCEMP', name: 'Nobody yet' }] },
    '/schedules/PSCEMP': { schedule: { id: 'PSCEMP', final_schedule: { rendered_schedule_entries: [] } } },
    '/oncalls': { oncalls: [{ user: ben, escalation_level: 1, start: null, end: null, schedule: null }] },
    '/webhook_subscriptions': { webhook_subscriptions: [subscription] },
    ...over,
  };
  return ({ path }: Received): Reply => {
    const body = bodies[path.split('?')[0] ?? ''];
    return body ? { body } : { status: 404, body: refusal(2100, 'Not Found') };
  };
};

async function examined(
  environment: Record<string, string>,
  {
    reply = account(),
    mapping = {},
    policy = {},
  }: { reply?: Reply | ((request: Received) => Reply); mapping?: Partial<Mapping>; policy?: Partial<HowPaged> } = {},
): Promise<string[]> {
  const server = await localServer(reply);
  servers.push(server);
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', PUBLIC_URL: 'https://tocsin.example.com' };
  const config = readConfig({ ...bot, PAGERDUTY_API_URL: server.url, ...environment });
  const found = await checkPaging(
    config,
    { ...nothingMapped, ...mapping },
    { ...PagingPolicy.parse({}), ...policy },
    now,
  );
  expect(server.received.filter(({ method }) => method !== 'GET')).toEqual([]);
  return found.map(({ level, says, fix }) => `${level}: ${says}${fix ? ` ${fix}` : ''}`);
}

const whole = {
  PAGERDUTY_TOKEN: 'canary',
  PAGERDUTY_FROM: 'ana@example.com',
  PAGERDUTY_ROUTING_KEY: key,
  PAGERDUTY_WEBHOOK_SECRET: 'canary',
  PAGING_WEBHOOK_URL: 'https://hooks.example.com/canary',
};
const search = { id: 'PSVCSRC', from: 'paging.targets.search' };

describe('the doctor on paging', () => {
  it('finds nothing in the way of an account that is set up', async () => {
    const mapping = { services: [search], routingKeys: [{ id: 'default', from: 'paging.targets.search' }] };
    expect(await examined(whole, { mapping })).toEqual([
      'ok: The routing keys default are well formed. That a service takes them, only a page shows.',
      'ok: PagerDuty takes the token, and the bot acts as Ana Lima.',
      'ok: All that the policy names of PagerDuty is there, with somebody on call.',
      `ok: PagerDuty sends webhooks to ${hook}.`,
      'ok: When PagerDuty does not accept, there is a webhook at hooks.example.com.',
    ]);
  });

  it('has nothing against a bot that pages nobody', async () => {
    expect(await examined({})).toEqual([expect.stringMatching(/^ok: Nobody is paged; /)]);
  });

  it('says by which ways pages go without PagerDuty, without what is secret in them', async () => {
    const environment = {
      SMTP_URL: 'smtps://tocsin:canary@mail.example.com',
      PAGING_MAIL_FROM: 'tocsin@example.com',
      PAGING_MAIL_TO: 'night@example.com',
      PAGING_WEBHOOK_URL: 'https://hooks.example.com/canary',
    };
    expect(await examined(environment)).toEqual([
      'ok: Without PagerDuty a page goes by mail to night@example.com, then by a webhook at hooks.example.com. Nobody sees who is on call.',
    ]);
  });

  it('says which ways the policy takes, in its order, and which it passes over', async () => {
    const mail = {
      SMTP_URL: 'smtps://tocsin:canary@mail.example.com',
      PAGING_MAIL_FROM: 'tocsin@example.com',
      PAGING_MAIL_TO: 'night@example.com',
    };
    expect(await examined({ ...whole, ...mail }, { policy: { secondWays: ['webhook', 'mail'] } })).toContain(
      'ok: When PagerDuty does not accept, there is a webhook at hooks.example.com, then mail to night@example.com.',
    );
    expect(await examined({ ...whole, ...mail }, { policy: { secondWays: ['mail'] } })).toContain(
      'warning: There is a webhook at hooks.example.com, which the policy never takes. Add webhook to paging.secondWays of the policy.',
    );
  });

  it('says that nobody can be asked to help without a token', async () => {
    const policy = { helpers: 'responders' } as const;
    expect(await examined({ PAGERDUTY_ROUTING_KEY: key }, { policy })).toContainEqual(
      expect.stringMatching(/^warning: The policy has helpers asked as responders.*PAGERDUTY_TOKEN/),
    );
    expect((await examined(whole, { policy })).join()).not.toMatch(/responders/);
  });

  it('says what a routing key alone cannot do', async () => {
    const found = await examined({ PAGERDUTY_ROUTING_KEY: key });
    expect(found).toEqual([
      expect.stringMatching(/^ok: The routing keys default/),
      expect.stringMatching(/^warning: Without a token nobody sees who is on call.*PAGERDUTY_TOKEN/),
      expect.stringMatching(/^warning: PagerDuty tells the bot nothing.*PAGERDUTY_WEBHOOK_SECRET/),
      expect.stringMatching(/^warning: When PagerDuty is down, nobody is reached.*SMTP_URL/),
    ]);
  });

  it.each<[string, Reply | ReturnType<typeof account>, RegExp]>([
    [
      'a revoked token',
      { status: 401, body: refusal(2006, 'Authentication failed') },
      /^problem: PagerDuty refuses the token: HTTP 401.* Make a new REST API key/,
    ],
    [
      'an account that does not answer',
      { status: 500 },
      /^problem: PagerDuty at http.* cannot be asked: HTTP 500.* PAGERDUTY_API_URL/,
    ],
    [
      'a person who is none',
      account({ '/users': { users: [] } }),
      /^problem: PagerDuty knows nobody with the e-mail ana@example\.com\. Set PAGERDUTY_FROM/,
    ],
    [
      'no webhook',
      account({ '/webhook_subscriptions': { webhook_subscriptions: [] } }),
      /^problem: PagerDuty has no webhook to https:.* Add it/,
    ],
    [
      'a webhook that was switched off',
      account({
        '/webhook_subscriptions': {
          webhook_subscriptions: [{ ...subscription, delivery_method: { url: hook, temporarily_disabled: true } }],
        },
      }),
      /^problem: PagerDuty has switched off its webhook.* Enable it again/,
    ],
    [
      'a webhook that leaves something out',
      account({
        '/webhook_subscriptions': { webhook_subscriptions: [{ ...subscription, events: wantedEvents.slice(1) }] },
      }),
      /^warning: PagerDuty's webhook leaves out incident\.triggered\. Add/,
    ],
  ])('says what to do about %s', async (_, reply, expected) => {
    const found = (await examined(whole, { reply })).filter((line) => !line.startsWith('ok'));
    expect(found).toContainEqual(expect.stringMatching(expected));
    expect(found.join()).not.toContain('canary');
  });

  it('says what the policy names and PagerDuty does not have, and what there is', async () => {
    const mapping = {
      services: [{ id: 'PGONE', from: 'paging.targets.checkout' }],
      escalationPolicies: [{ id: 'PEPSRC', from: 'paging.targets.search' }],
      routingKeys: [{ id: 'search', from: 'paging.targets.search' }],
    };
    expect((await examined(whole, { mapping })).filter((line) => !line.startsWith('ok'))).toEqual([
      expect.stringMatching(/^problem: paging\.targets\.search names the routing key search, which is not set\./),
      'problem: paging.targets.checkout names the service PGONE, which PagerDuty does not have. Correct it in the policy. There is Search (PSVCSRC).',
    ]);
  });

  it('says which service and which priority of a rule PagerDuty does not have', async () => {
    const rules = [{ service: 'PGONE', priority: 'PPRIOR9', severity: 'sev1' }];
    const mapping = mappingOf(thePolicy({ paging: PagingPolicy.parse({ declare: { rules } }) }), 'tocsin.yml');
    const reply = account({ '/priorities': { priorities: [{ id: 'PPRIOR1', name: 'P1' }] } });
    expect((await examined(whole, { mapping, reply })).filter((line) => line.startsWith('problem'))).toEqual([
      'problem: paging.declare.rules.0.service in tocsin.yml names the service PGONE, which PagerDuty does not have. Correct it in the policy. There is Search (PSVCSRC).',
      'problem: paging.declare.rules.0.priority in tocsin.yml names the priority PPRIOR9, which PagerDuty does not have. Correct it in the policy. There is P1 (PPRIOR1).',
    ]);
  });

  it('says behind what nobody is on call', async () => {
    const mapping = { schedules: [{ id: 'PSCEMP', from: 'paging.commanders' }] };
    expect((await examined(whole, { mapping })).filter((line) => !line.startsWith('ok'))).toEqual([
      expect.stringMatching(/^warning: Nobody is on call now behind paging\.commanders \(PSCEMP\).* Put somebody on/),
    ]);
  });

  it('says that a policy names what no environment reaches', async () => {
    expect(await examined({}, { mapping: { services: [search] } })).toEqual([
      expect.stringMatching(/^problem: paging\.targets\.search is to be paged, but the environment has no key/),
    ]);
  });

  it('says that nobody knows where webhooks arrive', async () => {
    const found = await examined({ ...whole, PUBLIC_URL: '' });
    expect(found).toContainEqual(expect.stringMatching(/^warning: PAGERDUTY_WEBHOOK_SECRET is set, but PUBLIC_URL/));
  });

  it('looks no further for webhooks where PagerDuty shows none', async () => {
    const found = await examined(whole, { reply: account({ '/webhook_subscriptions': undefined }) });
    expect(found).toContain(`ok: PagerDuty is to send webhooks to ${hook}.`);
  });

  it('finds the PagerDuty of the sandbox as it should be, and what was taken from it', async () => {
    await using sandbox = await createSandbox({ manifest: '/none', pagerDutyWebhookUrl: hook });
    const { token, from, routingKey, apiUrl, eventsUrl, webhookSecret } = sandbox.pagerDuty;
    const environment = {
      ...whole,
      PAGERDUTY_TOKEN: token,
      PAGERDUTY_FROM: from,
      PAGERDUTY_ROUTING_KEY: routingKey,
      PAGERDUTY_API_URL: apiUrl,
      PAGERDUTY_EVENTS_URL: eventsUrl,
      PAGERDUTY_WEBHOOK_SECRET: webhookSecret,
    };
    const mapping = {
      services: [{ id: 'PSVCCHK', from: 'paging.targets.checkout' }],
      escalationPolicies: [{ id: 'PEPINC', from: 'paging.targets.commanders' }],
      schedules: [{ id: 'PSCINC', from: 'paging.commanders' }],
    };
    const wrong = (await examined(environment, { mapping })).filter((line) => !line.startsWith('ok'));
    expect(wrong).toEqual([]);
    const services = [{ id: 'PSVCEMP', from: 'paging.targets.nobody' }];
    const [found] = (await examined(environment, { mapping: { services } })).filter((line) => !line.startsWith('ok'));
    expect(found).toMatch(/^warning: Nobody is on call now behind paging\.targets\.nobody \(PSVCEMP\)/);
  });
});
