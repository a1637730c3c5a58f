import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Hinted, hintsFor } from '../../src/features/follow-ups/hints.ts';
import { at } from '../support/given.ts';
import { processorTime } from '../support/processor-time.ts';

/** Nothing to say of it but what its words give reason for. */
const good = { owner: 'U0BEN', due: at('12:00'), proof: 'A drill shows it', kind: 'prevent' } as const;
const rulesOf = (followUp: Hinted, agreed?: Date) =>
  hintsFor(followUp, { ...(agreed && { agreed }) }).map(({ rule }) => rule);
const ofText = (text: string) => rulesOf({ ...good, text });

describe('a follow-up', () => {
  it.each([
    'Add a test that fails when the cache is empty',
    'Alert when the queue is longer than 1,000 for 5 minutes',
    'Roll back a deploy whose error rate is above 2 % by itself',
    'Refuse to start without a certificate',
    'Write the runbook for the failover of the database',
    'Double the size of the connection pool',
    'Back up the database every hour',
    'Look up the customer by id, not by mail address',
    'Make sure with a check in the pipeline that migrations can be undone',
    'Rate-limit the search to 50 requests a second',
    'Re-run failed jobs once',
    'Sharding: decide on a key before April',
    'Replace the clock and restart it',
    'Ask Ana and Ben how they saw it',
  ])('that is good needs no hint: %s', (text) => expect(ofText(text)).toEqual([]));

  it.each([
    ['We should add an alert on the queue', '“Add an alert on the queue”'],
    ['Need to rotate the keys', '“Rotate the keys”'],
    ['TODO: rotate the keys every month', '“Rotate the keys every month”'],
    ['Adding retries to the client', '“Add retries to the client”'],
    ['logging of slow queries', '“Log slow queries”'],
    ['We need to scaling the pool', '“Scale the pool”'],
    ['The database was too small', 'Begin with what is done'],
    ['Documentation for on-call people', 'Begin with what is done'],
    ['database indexes', 'Begin with what is done'],
  ])('begins with what is done: %s', (text, rewrite) => {
    const [hint] = hintsFor({ ...good, text });
    expect(hint).toMatchObject({ rule: 'verb', rewrite: expect.stringContaining(rewrite) });
  });

  it.each([
    ['Be more careful with deploys', /refuse/i],
    ['Pay more attention to warnings', /refuse/i],
    ['Improve monitoring', /Alert when/],
    ['We need better alerting', /Alert when/],
    ['More tests', /Add a test/],
    ['Remember to drain the node first', /machine/],
    ['Double-check the config before merging', /machine/],
    ['Improve communication', /one thing/],
    ['Look into the cause of the timeouts', /Decide/],
    ['Investigate why the pool was empty', /Decide/],
    ['Make sure that it does not happen again', /check that/],
  ])('that is a wish is pointed at: %s', (text, rewrite) => {
    const [hint] = hintsFor({ ...good, text });
    expect(hint).toMatchObject({ rule: 'vague', rewrite: expect.stringMatching(rewrite) });
  });

  it('that is two is pointed at', () => {
    expect(ofText('Add an alert on the queue and write the runbook for it')).toEqual(['several']);
    expect(ofText('Drain the node and restart it')).toEqual([]);
  });

  it('needs an owner, a date and a way to see that it is done', () => {
    expect(rulesOf({ text: 'Rotate the keys' })).toEqual(['owner', 'date', 'proof']);
    expect(rulesOf({ ...good, text: 'Rotate the keys', proof: '' })).toEqual(['proof']);
    // Its words say it.
    expect(rulesOf({ ...good, text: 'Answer within 200 ms', proof: '' })).toEqual([]);
  });

  it('is pointed at when it is due later than was agreed', () => {
    expect(rulesOf({ ...good, text: 'Rotate the keys' }, at('11:00'))).toEqual(['date']);
    expect(rulesOf({ ...good, text: 'Rotate the keys' }, at('12:00'))).toEqual([]);
  });

  it('says what kind it is, unless somebody chose', () => {
    const [hint] = hintsFor({ ...good, kind: 'process', text: 'Alert when the queue is long' });
    expect(hint).toMatchObject({ rule: 'kind', rewrite: expect.stringMatching(/^Choose detect/) });
    expect(rulesOf({ ...good, kind: 'mitigate', text: 'Alert when the queue is long' })).toEqual([]);
    // It speaks of two kinds.
    expect(rulesOf({ ...good, kind: 'process', text: 'Alert on it and block the deploy' })).toEqual([]);
  });

  it('gets its hints whatever it says, and soon', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => hintsFor({ text }).length <= 6));
    const took = processorTime(() => {
      for (const text of ['and '.repeat(125), 'a'.repeat(500), ' '.repeat(500), 'we should '.repeat(50)])
        hintsFor({ text });
    });
    expect(took).toBeLessThan(500);
  });
});
