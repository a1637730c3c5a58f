import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, secretsOf } from '../src/config.ts';

const bot = { SLACK_BOT_TOKEN: 'xoxb-canary-1', SLACK_APP_TOKEN: 'xapp-canary-2' };
const key = (letter: string) => letter.repeat(32);
const account = { PAGERDUTY_TOKEN: 'canary-token', PAGERDUTY_FROM: 'ana@example.com' };
const mail = {
  SMTP_URL: 'smtps://tocsin:p%40ss-canary@mail.example.com:465',
  PAGING_MAIL_FROM: 'tocsin@example.com',
  PAGING_MAIL_TO: 'night@example.com, day@example.com',
};

const read = (environment: Record<string, string>) => readConfig({ ...bot, ...environment }).paging;

function complaint(environment: Record<string, string>): string[] {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('paging in the environment', () => {
  it('is nothing at all unless something is set', () => {
    expect(read({})).toEqual({ pagerDuty: undefined, mail: undefined, webhook: undefined });
    expect(read({ PAGERDUTY_API_URL: 'https://api.eu.pagerduty.com' }).pagerDuty).toBeUndefined();
  });

  it('needs no more than a routing key', () => {
    const { pagerDuty } = read({ PAGERDUTY_ROUTING_KEY: key('a') });
    expect(pagerDuty).toMatchObject({ rest: undefined, webhookSecrets: [], eventsUrl: 'https://events.pagerduty.com' });
    expect(pagerDuty?.routingKeys.default?.reveal()).toBe(key('a'));
  });

  it('names routing keys', () => {
    const { pagerDuty } = read({
      PAGERDUTY_ROUTING_KEY: key('a'),
      PAGERDUTY_ROUTING_KEYS: `checkout=${key('b')}, search=${key('c')}`,
      PAGERDUTY_SECOND_ROUTING_KEY: key('d'),
    });
    const keys = Object.entries(pagerDuty?.routingKeys ?? {}).map(([name, value]) => [name, value.reveal()]);
    expect(Object.fromEntries(keys)).toEqual({
      default: key('a'),
      checkout: key('b'),
      search: key('c'),
      second: key('d'),
    });
  });

  it('takes several secrets of webhooks, for the time while one is replaced', () => {
    const { pagerDuty } = read({ ...account, PAGERDUTY_WEBHOOK_SECRET: 'new-one, old-one' });
    expect(pagerDuty?.webhookSecrets.map((one) => one.reveal())).toEqual(['new-one', 'old-one']);
    expect(pagerDuty?.rest?.from).toBe('ana@example.com');
  });

  it('has a mail and a webhook as second ways', () => {
    const settings = read({ ...mail, PAGING_WEBHOOK_URL: 'https://hooks.example.com/x' });
    expect(settings.mail?.to).toEqual(['night@example.com', 'day@example.com']);
    expect(settings.webhook?.url.reveal()).toBe('https://hooks.example.com/x');
    expect(settings.webhook?.secret).toBeUndefined();
  });

  it.each([
    ['a token without a person', { PAGERDUTY_TOKEN: 'x' }, /^PAGERDUTY_FROM should be set with PAGERDUTY_TOKEN: /],
    ['a person without a token', { PAGERDUTY_FROM: 'ana@example.com' }, /^PAGERDUTY_TOKEN should be set/],
    ['a person who is none', { ...account, PAGERDUTY_FROM: 'Ana' }, /^PAGERDUTY_FROM should be an e-mail address\.$/],
    ['a short routing key', { PAGERDUTY_ROUTING_KEY: 'canary' }, /^PAGERDUTY_ROUTING_KEY should be .*32 letters/],
    ['a nameless key', { PAGERDUTY_ROUTING_KEYS: key('a') }, /^PAGERDUTY_ROUTING_KEYS should be pairs such as/],
    ['a named short key', { PAGERDUTY_ROUTING_KEYS: 'x=canary' }, /^PAGERDUTY_ROUTING_KEYS .*32 letters/],
    ['a name twice', { PAGERDUTY_ROUTING_KEYS: `x=${key('a')},x=${key('b')}` }, /name once each/],
    ['a name that is taken', { PAGERDUTY_ROUTING_KEYS: `second=${key('a')}` }, /none called default or second/],
    [
      'a second way that is the first',
      { PAGERDUTY_ROUTING_KEY: key('a'), PAGERDUTY_SECOND_ROUTING_KEY: key('a') },
      /^PAGERDUTY_SECOND_ROUTING_KEY should be another/,
    ],
    [
      'an account without TLS',
      { PAGERDUTY_API_URL: 'http://api.example.com' },
      /^PAGERDUTY_API_URL should begin with https/,
    ],
    ['events without TLS', { PAGERDUTY_EVENTS_URL: 'http://e.example.com' }, /^PAGERDUTY_EVENTS_URL should begin with/],
    [
      'an empty secret among others',
      { PAGERDUTY_WEBHOOK_SECRET: 'a,,b' },
      /^PAGERDUTY_WEBHOOK_SECRET .*none of them empty/,
    ],
    ['a mail server of the web', { ...mail, SMTP_URL: 'https://mail.example.com' }, /^SMTP_URL should be smtps:/],
    [
      'mail to somebody who is none',
      { ...mail, PAGING_MAIL_TO: 'a@example.com,b' },
      /^PAGING_MAIL_TO.* should be e-mail/,
    ],
    ['mail to nobody', { ...mail, PAGING_MAIL_TO: '' }, /^PAGING_MAIL_TO should be set: mail needs SMTP_URL, /],
    [
      'a secret for nothing',
      { PAGING_WEBHOOK_SECRET: 'canary-canary-canary' },
      /^PAGING_WEBHOOK_URL should be set with/,
    ],
    [
      'a secret to guess',
      { PAGING_WEBHOOK_URL: 'https://a.example', PAGING_WEBHOOK_SECRET: 'canary' },
      /^PAGING_WEBHOOK_SECRET should be at least 16/,
    ],
  ])('is refused: %s', (_, environment, expected) => {
    expect(complaint(environment)).toEqual([expect.stringMatching(expected)]);
    expect(complaint(environment).join()).not.toContain('canary');
  });

  it('may be without TLS on this machine', () => {
    expect(complaint({ ...account, PAGERDUTY_API_URL: 'http://127.0.0.1:4000' })).toEqual([]);
  });

  it('shows its secrets to nobody', () => {
    const config = readConfig({
      ...bot,
      ...account,
      ...mail,
      PAGERDUTY_ROUTING_KEYS: `x=${'canary'.padEnd(32, 'x')}`,
      PAGERDUTY_WEBHOOK_SECRET: 'canary-5',
      PAGING_WEBHOOK_URL: 'https://hooks.example.com/canary-6',
      PAGING_WEBHOOK_SECRET: 'canary-7-is-long',
    });
    expect(inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config)).not.toContain('canary');
    const hidden = secretsOf(config);
    for (const one of [
      'canary-token',
      'canary-5',
      'https://hooks.example.com/canary-6',
      'canary-7-is-long',
      'p@ss-canary',
    ])
      expect(hidden).toContain(one);
  });
});
