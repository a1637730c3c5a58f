import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blameHints } from '../../src/features/postmortem/blame.ts';
import { nasty } from '../support/nasty.ts';
import { processorTime } from '../support/processor-time.ts';

const people = ['Ana Lima', 'Ben', '@dev', 'Will Grace', 'Zoë O’Neil'];
const found = (text: string, share?: number) =>
  blameHints(text, people, { ...(share !== undefined && { share }) }).map(
    ({ rule, from, to }) => `${rule}: ${text.slice(from, to)}`,
  );

describe('a postmortem that blames', () => {
  it.each([
    ['It was human error.', 'human-error: human error'],
    ['Caused by an operator error at 14:00', 'human-error: operator error'],
    ['Somebody fat-fingered the value', 'human-error: fat-fingered'],
    ['We should have tested it', 'counterfactual: should have tested'],
    ['It should not have been merged', 'counterfactual: should not have been merged'],
    ['The alert could’ve caught it', 'counterfactual: could’ve caught'],
    ['This would have prevented it', 'counterfactual: would have prevented'],
    ['They should obviously\nhave been told', 'hindsight: obviously'],
    ['If only the cache were larger', 'counterfactual: If only'],
    ['But had we looked at the queue, it ends there', 'counterfactual: had we looked'],
    ['If we had looked earlier, it ends there', 'counterfactual: If we had looked'],
    ['We failed to notice the alert', 'counterfactual: failed to'],
    ['The on-call engineer failed to escalate', 'counterfactual: failed to'],
    ['nobody forgot to say so', 'counterfactual: forgot to'],
    ['A careless change', 'character: careless'],
    ['It was sloppy and negligent', 'character: sloppy', 'character: negligent'],
    ['That was Ana’s fault', 'person: Ana’s fault'],
    ['The vendor is at fault', 'blame: is at fault'],
    ['The deploy is to blame', 'blame: blame'],
    ['The culprit was a slow query', 'blame: culprit'],
    ['This was obviously wrong', 'hindsight: obviously'],
    ['The log clearly shows it', 'hindsight: clearly'],
    ['They just had to look', 'hindsight: just had to'],
    ['The root cause was a full disk', 'root-cause: root cause was'],
    ['The root cause was identified to be a change', 'root-cause: root cause was'],
    ['The root cause of the slow queries is a missing index', 'root-cause: root cause of the slow queries is'],
  ])('is pointed at: %s', (text, ...hits) => expect(found(text)).toEqual(hits));

  it.each([
    ['Ben broke checkout', 'person: Ben broke'],
    ['Ana Lima caused the incident', 'person: Ana Lima caused'],
    ['@dev deployed a bad config', 'person: @dev deployed'],
    ['<@U0BEN> pushed a change that broke the login', 'person: <@U0BEN> pushed'],
    ['Ana and Ben merged it without review', 'person: Ana and Ben merged'],
    ['Ana had accidentally removed the index', 'person: Ana had accidentally removed'],
    ['Then Ben accidentally deleted the rows', 'person: Ben accidentally deleted'],
    ['Ben deleted the table in production', 'person: Ben deleted'],
    ['Zoë did not check the dashboard', 'person: Zoë did not check'],
    ['Will missed the alert', 'person: Will missed'],
    ['It was caused by @dev', 'person: @dev'],
    ['A bug introduced by Ben Carter', 'person: Ben'],
    ['@someone-else forgot to renew it', 'person: @someone-else forgot'],
  ])('names a person as the cause: %s', (text, ...hits) =>
    expect(found(text).filter((hit) => hit.startsWith('person'))).toEqual(hits),
  );

  it('calls it an outage where it was not one for all', () => {
    expect(found('The outage began at nine', 12)).toEqual(['outage: outage']);
    expect(found('The outage began at nine', 100)).toEqual([]);
    expect(found('The outage began at nine')).toEqual([]);
  });

  it('is told why and what to write in its place', () => {
    for (const { why, rewrite } of blameHints('Ben broke it by human error, obviously.', people)) {
      expect(why).toMatch(/\.$/);
      expect(rewrite.length).toBeGreaterThan(10);
    }
  });
});

describe('a postmortem that does not blame', () => {
  it.each([
    // Who did what is what a timeline is for.
    'Ana rolled the deploy back, and Ben watched the error rate',
    'Ben deployed a fix for the bad query',
    'Ana deleted the bad rows and restarted the worker',
    'Ana failed over to the second region',
    'Ana noticed wrong prices and called @dev',
    'The engineer on call deployed the change; the test environment has no such data',
    'Ben wrote that checkout was broken',
    'Mail ben@dev.example about it, or see @types/node',
    '@here deployed is not a person',
    'A good will broke the ice',
    // Systems fail, and say so.
    '10 % of the jobs failed to start',
    'The failover failed to complete because the replica lagged',
    'Customers would have seen errors until 14:00',
    'Requests should have recovered by now',
    'All members should have access again',
    'People could have a look at the dashboard',
    'We could not have known',
    'User errors rose to 5 %, and so did the user error rate',
    'The page shows a human error message',
    'The hardware fault hit one rack; fault tolerance held; a page fault is normal',
    'We ran git blame, and the blame view showed the commit',
    'This is a blameless postmortem',
    'We made the limits clearer, and they are clearly labelled now, and more clearly named',
    'People can simply retry',
    'The images are loaded lazily; lazy loading hid it',
    'We are looking for the root cause',
    'The root cause was identified and a change was reverted',
    'We know the root cause of this issue and there is a fix',
    'Requests would have failed, and charts would have indicated less',
    'The root cause has been mitigated, and a root cause analysis follows',
    'The root cause is not known yet, the root cause was under investigation',
    'By default the disk is full at 90 %',
    'He had a look at it. If it had rained, so be it.',
  ])('stays without a hint: %s', (text) => expect(found(text)).toEqual([]));

  it.each([
    ['a quote', '> We should have tested it,\nand Ben broke it\n\nSo it was said.'],
    ['what somebody said', 'Ben wrote: "I broke it, my fault, I should have tested", and then “that was human error”'],
    ['code', 'See `Ben broke it` and ``a ` human error``'],
    ['a block of code', 'Log:\n\n```\nhuman error, Ben broke it\n```\n\n~~~text\nobviously\n~~~\n'],
    ['indented code', 'Log:\n\n    human error, Ben broke it\n\n    obviously\n\nThen it ended.'],
    ['an address', 'See [the post](https://x.example/human-error/obviously) and https://x.example/stupid?a=careless'],
    ['a comment', 'Words <!-- obviously\nhuman error --> and more'],
    ['an image', '![human error](image:img_1)'],
    ['a field of the template', '{{ obviously }}'],
  ])('%s is not the writer’s own prose', (_, text) => expect(found(text)).toEqual([]));
});

describe('places', () => {
  it('are those in the whole text', () => {
    const text = `# What happened\n\n\`code\` 👩‍👩‍👧‍👦 “quoted”\n\n- Ben\n  broke it\n- It was *human error*\n\n| a | obviously |\n`;
    expect(found(text)).toEqual(['person: Ben\n  broke', 'human-error: human error', 'hindsight: obviously']);
  });

  it('end with the paragraph: who is named at the end of one did nothing in the next', () =>
    expect(found('It was told to Ben\n\nbroke the build\n\n- Ben\n- caused an alert')).toEqual([]));

  it('never overlap, whatever the text', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'Ben',
            'broke',
            '`',
            '```',
            '\n',
            '"',
            '>',
            'should have',
            'tested',
            'root cause was',
            ' ',
            '<!--',
            '@dev',
            '- ',
          ),
        ),
        (parts) => {
          const text = parts.join(' ');
          let end = 0;
          for (const { from, to } of blameHints(text, people)) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeLessThanOrEqual(text.length);
            end = to;
          }
        },
      ),
    ));

  it('are found soon, also in long and hostile text, with many people', () => {
    const many = Array.from({ length: 300 }, (_, index) => `Person Number${index}`);
    const took = processorTime(() => {
      const ends = [
        'Ben and '.repeat(5_000),
        '`'.repeat(40_000),
        '"a'.repeat(20_000),
        '> \n'.repeat(13_000),
        nasty(40_000),
      ];
      for (const text of [
        ...ends,
        'should have '.repeat(3_500),
        '@a'.repeat(20_000),
        'root cause of the '.repeat(2_200),
      ])
        blameHints(text, many);
    });
    expect(took).toBeLessThan(4_000);
  });
});
