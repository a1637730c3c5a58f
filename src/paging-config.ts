import * as z from 'zod';
import { type Secret, secret } from './secret.ts';

/** PagerDuty calls it the integration key of a service. https://support.pagerduty.com/main/docs/services-and-integrations */
const aRoutingKey = /^[A-Za-z0-9]{32}$/;
const whatRoutingKeysAre = 'an integration key of 32 letters and digits (service, Integrations, Events API v2)';
const RoutingKey = z.string().regex(aRoutingKey, whatRoutingKeysAre).transform(secret);
/** Those that have a variable of their own. */
const ownNames = ['default', 'second'];

const Address = z.email({ error: 'an e-mail address' });
/** A base with credentials to be sent to: without TLS it may be on this machine only. */
const Base = z.url({
  protocol: /^https?$/,
  error: 'a URL that begins with https://, or with http:// on this machine',
});
const list = (text: string) => text.split(',').map((part) => part.trim());

const RoutingKeys = z.string().transform((text, context): Record<string, Secret> => {
  const pairs = list(text).map((pair) => pair.split('='));
  const names = pairs.map(([name]) => name ?? '');
  const fail = (message: string) => context.addIssue({ code: 'custom', message });
  if (pairs.some(({ length }, at) => length !== 2 || !/^[a-z0-9][a-z0-9-]*$/.test(names[at] ?? '')))
    fail('pairs such as checkout=<key>,search=<key>, with names of small letters, digits and dashes');
  else if (pairs.some(([, key]) => !aRoutingKey.test(key ?? '')))
    fail(`pairs whose every key is ${whatRoutingKeysAre}`);
  else if (new Set([...names, ...ownNames]).size < names.length + ownNames.length)
    fail(`pairs with a name once each, and none called ${ownNames.join(' or ')}: these have variables of their own`);
  return Object.fromEntries(pairs.map(([name = '', key = '']) => [name, secret(key)]));
});

const withoutGaps = (what: string) =>
  z
    .string()
    .refine((text) => list(text).every((part) => part !== ''), `${what}, separated by commas, none of them empty`);

/** The variables about paging, each message as in config.ts. */
export const pagingVariables = {
  PAGERDUTY_TOKEN: z
    .string()
    .regex(/^\S+$/, 'a REST API key of PagerDuty (Integrations, API Access Keys)')
    .transform(secret)
    .optional(),
  PAGERDUTY_FROM: Address.optional(),
  PAGERDUTY_ROUTING_KEY: RoutingKey.optional(),
  PAGERDUTY_ROUTING_KEYS: RoutingKeys.optional(),
  PAGERDUTY_SECOND_ROUTING_KEY: RoutingKey.optional(),
  PAGERDUTY_API_URL: Base.default('https://api.pagerduty.com'),
  PAGERDUTY_EVENTS_URL: Base.default('https://events.pagerduty.com'),
  PAGERDUTY_WEBHOOK_SECRET: withoutGaps('secrets of webhook subscriptions')
    .transform((text) => list(text).map(secret))
    .optional(),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'smtps://user:password@host:port, or smtp:// to a server that offers TLS itself',
    })
    .transform(secret)
    .optional(),
  PAGING_MAIL_FROM: Address.optional(),
  PAGING_MAIL_TO: withoutGaps('e-mail addresses')
    .transform(list)
    .pipe(z.array(z.email({ error: 'e-mail addresses, separated by commas' })))
    .optional(),
  PAGING_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' })
    .transform(secret)
    .optional(),
  PAGING_WEBHOOK_SECRET: z.string().min(16, 'at least 16 characters that nobody guesses').transform(secret).optional(),
};
const Variables = z.object(pagingVariables);
type Variables = z.infer<typeof Variables>;

export interface PagerDutySettings {
  /** `from`: in whose name things are done when nobody who asked has an account. */
  rest: { token: Secret; from: string } | undefined;
  /** By name: `default`, `second`, and those of PAGERDUTY_ROUTING_KEYS. */
  routingKeys: Record<string, Secret>;
  apiUrl: string;
  eventsUrl: string;
  /** Several while one is replaced. */
  webhookSecrets: Secret[];
}

export interface PagingSettings {
  /** Undefined: neither a token nor a routing key is set. */
  pagerDuty: PagerDutySettings | undefined;
  mail: { url: Secret; from: string; to: string[] } | undefined;
  webhook: { url: Secret; secret: Secret | undefined } | undefined;
}

export function pagingOf(env: Variables): PagingSettings {
  const { SMTP_URL: smtp, PAGING_MAIL_FROM: from, PAGING_MAIL_TO: to, PAGING_WEBHOOK_URL: url } = env;
  return {
    pagerDuty: pagerDutyOf(env),
    mail: smtp && from && to ? { url: smtp, from, to } : undefined,
    webhook: url && { url, secret: env.PAGING_WEBHOOK_SECRET },
  };
}

function pagerDutyOf(env: Variables): PagerDutySettings | undefined {
  const { PAGERDUTY_TOKEN: token, PAGERDUTY_FROM: from } = env;
  const routingKeys = {
    ...env.PAGERDUTY_ROUTING_KEYS,
    ...(env.PAGERDUTY_ROUTING_KEY && { default: env.PAGERDUTY_ROUTING_KEY }),
    ...(env.PAGERDUTY_SECOND_ROUTING_KEY && { second: env.PAGERDUTY_SECOND_ROUTING_KEY }),
  };
  if (!token && Object.keys(routingKeys).length === 0) return undefined;
  return {
    rest: token && from ? { token, from } : undefined,
    routingKeys,
    apiUrl: env.PAGERDUTY_API_URL,
    eventsUrl: env.PAGERDUTY_EVENTS_URL,
    webhookSecrets: env.PAGERDUTY_WEBHOOK_SECRET ?? [],
  };
}

type Given = Record<string, string | undefined>;

/** What is set but cannot work together, as sentences. */
export function pagingProblems(given: Given, isLoopback: (url: string) => boolean): string[] {
  const isSet = (name: string) => given[name] !== undefined;
  const together = (name: string, others: string[], why: string) =>
    isSet(name)
      ? others.filter((other) => !isSet(other)).map((other) => `${other} should be set with ${name}: ${why}`)
      : [];
  const mail = ['SMTP_URL', 'PAGING_MAIL_FROM', 'PAGING_MAIL_TO'];
  return [
    ...together('PAGERDUTY_TOKEN', ['PAGERDUTY_FROM'], 'the e-mail of a PagerDuty user, in whose name the bot acts.'),
    ...together('PAGERDUTY_FROM', ['PAGERDUTY_TOKEN'], 'nobody is named without a token.'),
    ...together('PAGING_WEBHOOK_SECRET', ['PAGING_WEBHOOK_URL'], 'it signs what goes there.'),
    ...(mail.some(isSet)
      ? mail.filter((name) => !isSet(name)).map((name) => `${name} should be set: mail needs ${mail.join(', ')}.`)
      : []),
    ...['PAGERDUTY_API_URL', 'PAGERDUTY_EVENTS_URL']
      .filter((name) => given[name]?.startsWith('http://') && !isLoopback(given[name]))
      .map((name) => `${name} should begin with https://: the keys of the account are sent there.`),
    ...(given.PAGERDUTY_ROUTING_KEY && given.PAGERDUTY_ROUTING_KEY === given.PAGERDUTY_SECOND_ROUTING_KEY
      ? ['PAGERDUTY_SECOND_ROUTING_KEY should be another than PAGERDUTY_ROUTING_KEY: it is for when that one fails.']
      : []),
  ];
}

/** The values to hide wherever they would be printed. */
export function pagingSecrets({ pagerDuty, mail, webhook }: PagingSettings): string[] {
  const password = mail ? (URL.parse(mail.url.reveal())?.password ?? '') : '';
  return [
    pagerDuty?.rest?.token,
    ...Object.values(pagerDuty?.routingKeys ?? {}),
    ...(pagerDuty?.webhookSecrets ?? []),
    mail?.url,
    webhook?.url,
    webhook?.secret,
  ]
    .flatMap((one) => (one ? [one.reveal()] : []))
    .concat(password);
}
