import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, isLoopback, readConfig } from '../src/config.ts';

const bot = { SLACK_BOT_TOKEN: 'xoxb-canary-1' };
const socket = { ...bot, SLACK_APP_TOKEN: 'xapp-canary-2' };
const sandbox = { ...socket, SLACK_API_URL: 'http://127.0.0.1:3100/api/' };
const signIn = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'canary-4' };

function complaint(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('is Socket Mode with an app token, also when there is a signing secret', () => {
    expect(readConfig(socket).slack.intake).toMatchObject({ sockets: 2 });
    const both = readConfig({ ...socket, SLACK_SIGNING_SECRET: 'canary-3', SLACK_SOCKETS: '4' });
    expect(both.slack.intake).toMatchObject({ sockets: 4 });
  });

  it('is HTTP with a signing secret alone', () => {
    const { intake } = readConfig({ ...bot, SLACK_SIGNING_SECRET: 'canary-3' }).slack;
    expect('signingSecret' in intake && intake.signingSecret.reveal()).toBe('canary-3');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...socket, PORT: '', PUBLIC_URL: '', TOCSIN_CLOCK_URL: '' })).toMatchObject({ port: 3000 });
  });

  it('names everything that is wrong at once, each with what it should be', () => {
    const wrong = {
      SLACK_BOT_TOKEN: 'xoxp-of-a-person',
      SLACK_API_URL: '127.0.0.1:3100',
      SLACK_SOCKETS: '1',
      DATABASE_URL: 'mysql://x',
      PORT: 'http',
      PUBLIC_URL: 'tocsin.example.com',
      LOG_LEVEL: 'loud',
      TOCSIN_CLOCK_URL: 'http://127.0.0.1:3100/clock',
    };
    const problems = complaint(wrong);
    for (const name of [...Object.keys(wrong), 'SLACK_APP_TOKEN']) {
      expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${name}.* should be .+\\.$`)));
    }
    expect(problems.join()).not.toMatch(/invalid|undefined|NaN/i);
    expect(problems.join()).not.toContain('of-a-person');
  });

  it.each([
    ['nothing at all', {}, [/^SLACK_BOT_TOKEN should be the bot token/, /^SLACK_APP_TOKEN .*or SLACK_SIGNING_SECRET/]],
    ['an empty secret', { ...bot, SLACK_SIGNING_SECRET: '' }, [/^SLACK_SIGNING_SECRET .*anybody/]],
    ['a blank secret', { ...bot, SLACK_SIGNING_SECRET: '  ' }, [/^SLACK_SIGNING_SECRET .*anybody/]],
    ['an empty secret beside a socket', { ...socket, SLACK_SIGNING_SECRET: '' }, [/^SLACK_SIGNING_SECRET/]],
    ['tokens the wrong way round', { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' }, [/xoxb-/, /xapp-/]],
    ['a port out of range', { ...socket, PORT: '70000' }, [/^PORT should be a port number, from 0 to 65535\.$/]],
    ['half a port', { ...socket, PORT: '30.5' }, [/^PORT/]],
  ])('is refused: %s', (_, environment, expected) => {
    const problems = complaint(environment);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
  });

  it.each([
    ['the real Slack', { ...socket, TOCSIN_CLOCK_URL: 'http://127.0.0.1:3100/clock' }],
    [
      'a Slack elsewhere',
      { ...sandbox, SLACK_API_URL: 'https://slack.com/api/', TOCSIN_CLOCK_URL: 'http://127.0.0.1/' },
    ],
    ['a clock elsewhere', { ...sandbox, TOCSIN_CLOCK_URL: 'http://127.clock.example/' }],
  ])('may not hand over the clock with %s', (_, environment) => {
    expect(complaint(environment)).toEqual([expect.stringMatching(/^TOCSIN_CLOCK_URL should be left out/)]);
  });

  it('may hand over the clock to a sandbox on this machine', () => {
    const clock = 'http://localhost:3100/sandbox/clock';
    expect(readConfig({ ...sandbox, TOCSIN_CLOCK_URL: clock }).clockUrl).toBe(clock);
  });

  it.each([
    [
      'half of it',
      { ...socket, SLACK_CLIENT_ID: '1.2' },
      /^SLACK_CLIENT_ID and SLACK_CLIENT_SECRET should be set both/,
    ],
    ['no address', { ...socket, ...signIn }, /^PUBLIC_URL should begin with https/],
    [
      'an address without TLS',
      { ...socket, ...signIn, PUBLIC_URL: 'http://a.example' },
      /^PUBLIC_URL should begin with/,
    ],
  ])('lets nobody sign in with Slack by %s', (_, environment, expected) => {
    expect(complaint(environment)).toEqual([expect.stringMatching(expected)]);
  });

  it('lets people sign in at an address with TLS, and at a sandbox on this machine without one', () => {
    expect(readConfig({ ...socket, ...signIn, PUBLIC_URL: 'https://a.example' }).signIn?.clientId).toBe('1.2');
    expect(readConfig({ ...sandbox, ...signIn }).signIn?.clientSecret.reveal()).toBe('canary-4');
    expect(readConfig(socket).signIn).toBeUndefined();
  });

  it('never shows its secrets when it is printed', () => {
    const config = readConfig({ ...sandbox, ...signIn, SLACK_SIGNING_SECRET: 'canary-3' });
    const printed = [
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config),
      `${config.slack.botToken}`,
    ];
    expect(printed.join()).not.toContain('canary');
  });
});

describe('this machine', () => {
  it.each(['http://127.0.0.1/', 'http://127.9.9.9:1', 'http://localhost', 'http://[::1]:3000', 'ws://127.0.0.1:1/'])(
    'is %s',
    (url) => expect(isLoopback(url)).toBe(true),
  );
  it.each([
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
    'http://127.evil',
    'no url',
  ])('is not %s', (url) => expect(isLoopback(url)).toBe(false));
});
