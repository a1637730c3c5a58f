import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadPolicy, PolicyError, parsePolicy } from '../src/policy.ts';
import { questions } from '../src/policy-questions.ts';

const file = 'config/tocsin.yml';
const shipped = readFileSync(file, 'utf8');

/** The shipped policy with one thing changed; fails when there is no such thing any more. */
function changed(from: string | RegExp, to: string): string {
  const text = shipped.replace(from, to);
  if (text === shipped) throw new Error(`config/tocsin.yml has no ${from}: change this test with it.`);
  return text;
}

function complaint(text: string): string {
  try {
    parsePolicy(text, 'tocsin.yml');
    return 'no complaint';
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split('\n').length;

describe('the policy that ships', () => {
  it('is valid', () => {
    expect(loadPolicy(file)).toMatchObject({
      updatesChannel: '#incidents',
      channelName: 'inc-{number}-{title}',
      severities: { sev1: { name: 'SEV1' }, sev4: { name: 'SEV4' } },
      cadence: { sev1: { investigating: 15 }, sev4: {} },
      roles: { commander: { name: 'Incident commander' } },
      // What the file asks is what is asked where a file says nothing.
      decide: questions,
    });
  });
});

describe('the version of a policy', () => {
  const version = parsePolicy(shipped, file).version;

  it.each([
    ['a comment', `# Agreed on Monday\n${shipped}`],
    ['an empty line', changed('severities:', '\nseverities:')],
    ['other quotes', changed('"#incidents"', "'#incidents'")],
    ['the order of what has a fixed order', changed(/^( *)name: SEV1\n( *meaning: .*)$/m, '$2\n$1name: SEV1')],
  ])('is the same after %s', (_, text) => expect(parsePolicy(text, file).version).toBe(version));

  it.each([
    ['another channel', changed('#incidents', '#outages')],
    ['another rhythm', changed('triage: 60', 'triage: 45')],
    ['another service', changed('api: { name: API }', 'gateway: { name: Gateway }')],
  ])('changes with %s', (_, text) => expect(parsePolicy(text, file).version).not.toBe(version));
});

const many = Array.from({ length: 100 }, (_, index) => `\n  s${index}: { name: S${index} }`).join('');

describe('a policy that cannot be used says where and why', () => {
  it.each<[string, string, string, string]>([
    // what is wrong, the text, the words on the line it names, and why
    ['a key that nobody knows', `${shipped}\nsevrities: {}\n`, 'sevrities', 'Unrecognized key: "sevrities"'],
    ['a key that nobody knows, inside', changed('name: SEV2', 'nam: SEV2'), 'nam: SEV2', 'Unrecognized key: "nam"'],
    ['a missing name', changed('name: SEV2', 'nam: SEV2'), 'sev2:', 'severities.sev2.name: Invalid input'],
    ['a word for minutes', changed('triage: 60', 'triage: soon'), 'triage: soon', 'cadence.sev2.triage: Invalid input'],
    ['no minutes', changed('triage: 60', 'triage: 0'), 'triage: 0', 'cadence.sev2.triage: Too small'],
    ['a long meaning', changed('Minor,', `Minor${'.'.repeat(75)},`), 'Minor.', 'severities.sev4.meaning: Too big'],
    ['no Slack id', changed('Admins: []', 'Admins: [U01, "@ana"]'), '@ana', 'incidentAdmins.1: a Slack user id'],
    ['more services than a form shows', changed('services:', `services:${many}`), 'services:', 'services: at most 100'],
    ['a service with a space', changed('sign-in:', 'Sign In:'), 'Sign In', 'services.Sign In: Invalid key'],
    ['no channel', changed('"#incidents"', '"Incidents!"'), 'Incidents!', 'updatesChannel: a channel name'],
    ['a name without a number', changed('inc-{number}', 'inc'), 'inc-{title}', 'must contain {number}'],
    ['a name with a word unknown', changed('{title}', '{team}'), '{team}', 'with {number} and {title}'],
    ['a name that leaves no room', changed('inc-{', `${'x'.repeat(60)}-{`), 'xxx', 'at most 60 characters'],
    ['working hours over midnight', changed('to: "17:00"', 'to: "08:00"'), 'to: "08:00"', 'must be later than from'],
    [
      'a target that is nowhere',
      changed('name: Checkout, paging: checkout', 'name: Checkout, paging: chekout'),
      'paging: chekout',
      'services.checkout.paging: no target is called chekout under paging.targets; there are checkout, search, commanders',
    ],
    ['commanders who are nowhere', changed('commanders: commanders', 'commanders: ic'), 'commanders: ic', 'called ic'],
    [
      'a routing key in the open',
      changed('PSVCCHK,', `PSVCCHK, routingKey: ${'R0'.repeat(16)},`),
      'R0R0',
      'never the key',
    ],
    ['no id of PagerDuty', changed('service: PSVCCHK', 'service: checkout'), 'service: checkout', 'an id of PagerDuty'],
    [
      'a rule about a service that nobody runs',
      `${shipped}  declare:\n    rules:\n      - { severity: sev1 }\n      - { severity: sev2, services: [chekout] }\n`,
      'chekout',
      'paging.declare.rules.1.services.0: no service is called chekout under services; there are website, api, checkout',
    ],
    ['a key given twice', `${shipped}\nupdatesChannel: here\n`, 'updatesChannel: here', 'Map keys must be unique'],
    ['an alias to nothing', changed('api: {', 'api: *nothing\n  other: {'), '*nothing', 'Unresolved alias'],
    ['no YAML', 'updatesChannel: [', '[', 'Flow sequence'],
  ])('%s', (_, text, words, why) => {
    const found = complaint(text).split('\n');
    expect(found).toContainEqual(expect.stringContaining(why));
    expect(found.find((sentence) => sentence.includes(why))).toMatch(
      new RegExp(`^tocsin\\.yml:${lineOf(text, words)}: `),
    );
  });

  it('when there is nothing in it', () => expect(complaint('')).toMatch(/^tocsin\.yml:1: the file: /));

  it('when it would fill the memory', () => {
    const bomb = ['a: &a [x, x, x]', 'b: &b [*a, *a, *a, *a, *a]', 'c: &c [*b, *b, *b, *b, *b]', 'd: [*c, *c, *c]'];
    expect(complaint(bomb.join('\n'))).toMatch(/^tocsin\.yml:\d: Excessive alias count/);
  });

  it('when there is no such file', () => {
    expect(() => loadPolicy('config/nowhere.yml')).toThrow(
      'config/nowhere.yml: there is no such file; set POLICY_FILE',
    );
  });
});
