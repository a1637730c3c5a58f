import type { Config } from '../../config.ts';
import type { OnCall } from '../../integrations/contracts.ts';
import { RefusedToken } from '../../integrations/http.ts';
import { createPagerDuty, type PagerDuty } from '../../integrations/pagerduty/pagerduty.ts';
import type { PagingSettings } from '../../paging-config.ts';
import type { PagingPolicy, SecondWayName } from '../../policy-paging.ts';
import { type Finding, ok, problem, sentence, warning } from './finding.ts';
import { checkMapping, type Mapping } from './paging-mapping.ts';
import { checkWebhook } from './paging-webhook.ts';

const guide = 'docs/paging.md says how.';

/** What the policy says of the ways to page. */
export type HowPaged = Pick<PagingPolicy, 'secondWays' | 'helpers'>;

/** Whether people can be paged: the account, what the policy names of it, its webhook and the second ways. Pages nobody. */
export async function checkPaging(
  { paging, publicUrl }: Pick<Config, 'paging' | 'publicUrl'>,
  mapping: Mapping,
  how: HowPaged,
  now: Date,
): Promise<Finding[]> {
  const { pagerDuty: settings } = paging;
  if (!settings) return withoutPagerDuty(paging, mapping, how);
  const pagerDuty = createPagerDuty(settings);
  try {
    return [
      ...checkKeys(settings, mapping),
      ...(await checkAccount(settings, pagerDuty, mapping, now)),
      ...(await checkWebhook(settings, publicUrl, pagerDuty.subscriptions)),
      ...checkHelpers(settings, how),
      ...checkSecondWays(paging, how),
    ];
  } finally {
    pagerDuty.close();
  }
}

function withoutPagerDuty(settings: PagingSettings, mapping: Mapping, how: HowPaged): Finding[] {
  const ways = inOrder(settings, how);
  if (ways.length > 0)
    return [
      ok(`Without PagerDuty a page goes by ${ways.join(', then by ')}. Nobody sees who is on call.`),
      ...passedOver(settings, how),
    ];
  const { services, escalationPolicies, schedules, routingKeys } = mapping;
  const named = [...services, ...escalationPolicies, ...schedules, ...routingKeys][0];
  if (named)
    return [
      problem(
        `${named.from} is to be paged, but the environment has no key of PagerDuty's.`,
        `Set PAGERDUTY_TOKEN or PAGERDUTY_ROUTING_KEY; ${guide}`,
      ),
    ];
  return [ok('Nobody is paged; docs/paging.md says how to.'), ...passedOver(settings, how)];
}

type Settings = NonNullable<PagingSettings['pagerDuty']>;

function checkKeys({ routingKeys }: Settings, { routingKeys: wanted }: Mapping): Finding[] {
  const names = Object.keys(routingKeys);
  const missing = wanted.filter(({ id }) => !Object.hasOwn(routingKeys, id));
  return [
    ...(names.length > 0
      ? [ok(`The routing keys ${names.join(', ')} are well formed. That a service takes them, only a page shows.`)]
      : [
          warning(
            'There is no routing key: severities page nobody by themselves.',
            `Set PAGERDUTY_ROUTING_KEY; ${guide}`,
          ),
        ]),
    ...missing.map(({ id, from }) =>
      problem(
        `${from} names the routing key ${id}, which is not set.`,
        'Add it to PAGERDUTY_ROUTING_KEYS, or name another in the policy.',
      ),
    ),
  ];
}

async function checkAccount(
  { rest, apiUrl }: Settings,
  { onCall }: PagerDuty,
  mapping: Mapping,
  now: Date,
): Promise<Finding[]> {
  if (!rest || !onCall) {
    const fix = `Set PAGERDUTY_TOKEN and PAGERDUTY_FROM; ${guide}`;
    return [
      warning(
        'Without a token nobody sees who is on call or pages a chosen person, and Slack acknowledges nothing.',
        fix,
      ),
    ];
  }
  try {
    return [await checkFrom(rest.from, onCall), ...(await checkMapping(mapping, onCall, now))];
  } catch (error) {
    if (error instanceof RefusedToken) {
      const fix = 'Make a new REST API key in PagerDuty (Integrations, API Access Keys) and set PAGERDUTY_TOKEN to it.';
      return [problem(`PagerDuty refuses the token: ${error.message}.`, fix)];
    }
    const fix = 'Check the network and PAGERDUTY_API_URL; accounts in Europe have https://api.eu.pagerduty.com.';
    return [problem(`PagerDuty at ${apiUrl} cannot be asked: ${sentence(error)}.`, fix)];
  }
}

async function checkFrom(from: string, onCall: OnCall): Promise<Finding> {
  const person = await onCall.personByEmail(from);
  if (person) return ok(`PagerDuty takes the token, and the bot acts as ${person.name}.`);
  const fix = 'Set PAGERDUTY_FROM to the e-mail of somebody with an account there, best of one made for the bot.';
  return problem(`PagerDuty knows nobody with the e-mail ${from}.`, fix);
}

/** What is set up beside PagerDuty, for people. */
function otherWays({ pagerDuty, mail, webhook }: PagingSettings): Partial<Record<SecondWayName, string>> {
  return {
    ...(pagerDuty?.routingKeys.second && { 'second-key': 'a second routing key' }),
    ...(mail && { mail: `mail to ${mail.to.join(', ')}` }),
    ...(webhook && { webhook: `a webhook at ${URL.parse(webhook.url.reveal())?.host}` }),
  };
}

/** What is set up, in the order in which the policy takes it. */
const inOrder = (settings: PagingSettings, { secondWays }: HowPaged): string[] =>
  secondWays.flatMap((way) => otherWays(settings)[way] ?? []);

function checkSecondWays(settings: PagingSettings, how: HowPaged): Finding[] {
  const ways = inOrder(settings, how);
  return [
    ways.length > 0
      ? ok(`When PagerDuty does not accept, there is ${ways.join(', then ')}.`)
      : warning(
          'When PagerDuty is down, nobody is reached: there is no second way.',
          'Set PAGERDUTY_SECOND_ROUTING_KEY, SMTP_URL or PAGING_WEBHOOK_URL, and name it in paging.secondWays of the policy.',
        ),
    ...passedOver(settings, how),
  ];
}

function passedOver(settings: PagingSettings, { secondWays }: HowPaged): Finding[] {
  const others = Object.entries(otherWays(settings)).filter(([way]) => !secondWays.includes(way as SecondWayName));
  return others.map(([way, what]) =>
    warning(`There is ${what}, which the policy never takes.`, `Add ${way} to paging.secondWays of the policy.`),
  );
}

function checkHelpers({ rest }: Settings, { helpers }: HowPaged): Finding[] {
  if (helpers === 'page' || rest) return [];
  const fix = `Set PAGERDUTY_TOKEN and PAGERDUTY_FROM; ${guide}`;
  return [
    warning('The policy has helpers asked as responders, which needs a token: they are paged by themselves.', fix),
  ];
}
