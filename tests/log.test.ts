import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readConfig, secretsOf } from '../src/config.ts';
import { createLog, withoutSecrets } from '../src/log.ts';

const botToken = 'xoxb-1111-2222-canarycanary';
const appToken = 'xapp-1-A0123-4567-canarycanary';
const responseUrl = 'https://hooks.slack.com/commands/T1/2222/canarycanary';

/** What is written when something is logged, at the level that says most. */
function written(logging: (log: ReturnType<typeof createLog>) => void, hide: string[] = []): string {
  const lines: string[] = [];
  logging(createLog('trace', (line) => lines.push(line), hide));
  return lines.join('');
}

describe('the log', () => {
  it('is JSON lines with a sentence, a level in words and the time', () => {
    const line = written((log) => log.info({ incidentId: 'inc_7' }, 'channel opened'));
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      incidentId: 'inc_7',
      msg: 'channel opened',
    });
  });

  it.each<[string, (log: ReturnType<typeof createLog>) => void]>([
    ['a field', (log) => log.info({ token: 'canary-value' }, 'x')],
    ['a field far down', (log) => log.debug({ a: { b: { c: { d: { trigger_id: '1.2.canary' } } } } }, 'x')],
    ['a value with quotes in it', (log) => log.info({ password: 'x"y\\"canary' }, 'x')],
    ['a child', (log) => log.child({ authorization: 'Bearer canary' }).warn('x')],
    ['a token in the sentence', (log) => log.error(`cannot use ${botToken}`)],
    ['a token in an error', (log) => log.error({ err: new Error(`Bearer ${appToken} refused`) }, 'x')],
    ['a cause', (log) => log.error({ err: new Error('x', { cause: new Error(`posted to ${responseUrl}`) }) }, 'x')],
    [
      'what a library hangs on its error',
      (log) => log.error({ err: Object.assign(new Error('x'), { body: { response_url: 'http://127.0.0.1/canary' } }) }),
    ],
    ['a quoted JSON body', (log) => log.warn({ said: JSON.stringify({ trigger_id: '1.2.canary', n: 1 }) }, 'x')],
    ['JSON quoted twice', (log) => log.warn({ said: JSON.stringify({ in: JSON.stringify({ token: 'canary' }) }) })],
    ['a form', (log) => log.warn({ said: 'user=U1&token=canary&trigger_id=1.2.canary&x=1' }, 'x')],
    ['a signature', (log) => log.trace(`v0=${'c0ffee00'.repeat(8)}`)],
    ['a database address', (log) => log.fatal({ err: new Error('postgres://tocsin:canary@db.example.com/x') }, 'x')],
    ['a password with an @', (log) => log.fatal('postgresql://tocsin:can@ry-canary@db.example.com/x')],
    ['a token of its own kind', (log) => log.info(`eyJhbGciOiJI.eyJzdWIiOiIx.canarycanary`)],
  ])('hides %s', (_, logging) => {
    const line = written(logging);
    expect(line).not.toMatch(/canary|c0ffee/);
    expect(line).toContain('[hidden]');
    expect(() => JSON.parse(line)).not.toThrow();
  });

  it('hides the secrets it is told, which look like nothing in particular', () => {
    const line = written(
      (log) => log.info({ body: 'signed with 8f742231b10e8888abcd99yyyzzz85a5' }, 'x'),
      ['8f742231b10e8888abcd99yyyzzz85a5'],
    );
    expect(line).toContain('signed with [hidden]');
  });

  it('leaves the rest as it is', () => {
    const words = {
      msg: 'no token here',
      method: 'tokens.list',
      said: 'the secret is out',
      at: 'https://example.com/a=b',
    };
    expect(JSON.parse(withoutSecrets(JSON.stringify(words)))).toEqual(words);
  });
});

describe('a configuration', () => {
  const config = readConfig({
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    DATABASE_URL: 'postgres://tocsin:pass%40word@db.example.com/tocsin',
  });

  it('names its secrets, so that they are hidden', () => {
    expect(secretsOf(config)).toEqual([botToken, appToken, 'pass%40word', 'pass@word']);
  });

  it('shows none when somebody prints or logs it', () => {
    const shown = [
      JSON.stringify(config.slack),
      inspect(config.slack, { depth: 9 }),
      `${config.slack.botToken}`,
    ].join();
    expect(shown).not.toContain('canary');
    expect(written((log) => log.info({ config }, 'x'), secretsOf(config))).not.toMatch(/canary|pass/);
  });
});
