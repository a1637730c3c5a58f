import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDue } from '../../src/features/tasks/due.ts';
import { type Asked, readTask } from '../../src/features/tasks/words.ts';
import { at, thePolicy } from '../support/given.ts';
import { processorTime } from '../support/processor-time.ts';

describe('what is typed after task', () => {
  const lines: [string, string[], Asked][] = [
    ['', [], { what: 'list' }],
    ['list', [], { what: 'list' }],
    ['restart the API', [], { what: 'add', text: 'restart the API' }],
    ['restart the API @ben', ['U0BEN'], { what: 'add', text: 'restart the API', owner: 'U0BEN' }],
    ['@ben restart the API', ['U0BEN'], { what: 'add', text: 'restart the API', owner: 'U0BEN' }],
    ['ask @ana for the logs', ['U0ANA'], { what: 'add', text: 'ask @ana for the logs' }],
    ['ask @ana for the logs @ben', ['U0ANA', 'U0BEN'], { what: 'add', text: 'ask @ana for the logs', owner: 'U0BEN' }],
    ['tell @here', ['U0BEN'], { what: 'add', text: 'tell @here' }],
    ['restart @ben', [], { what: 'add', text: 'restart @ben' }],
    ['restart @ben by 15:30', ['U0BEN'], { what: 'add', text: 'restart', owner: 'U0BEN', due: '15:30' }],
    ['restart by 15:30 @ben', ['U0BEN'], { what: 'add', text: 'restart', owner: 'U0BEN', due: '15:30' }],
    ['restart by 25:99', [], { what: 'add', text: 'restart', due: '25:99' }],
    ['restart by tomorrow', [], { what: 'add', text: 'restart', due: 'tomorrow' }],
    ['stand by me', [], { what: 'add', text: 'stand by me' }],
    ['stand by me by 9:00', [], { what: 'add', text: 'stand by me', due: '9:00' }],
    ['done 3', [], { what: 'done', number: 3 }],
    ['Done #3', [], { what: 'done', number: 3 }],
    ['3 done', [], { what: 'done', number: 3 }],
    ['drop 3', [], { what: 'drop', number: 3 }],
    ['take 3', [], { what: 'take', number: 3 }],
    ['edit 3', [], { what: 'edit', number: 3 }],
    ['reopen 3', [], { what: 'reopen', number: 3 }],
    ['dnoe 3', [], { what: 'unclear', near: 'done 3' }],
    ['3 @ben', ['U0BEN'], { what: 'change', number: 3, owner: 'U0BEN' }],
    ['3 by 15:30', [], { what: 'change', number: 3, due: '15:30' }],
    ['3 @ben by 15:30', ['U0BEN'], { what: 'change', number: 3, owner: 'U0BEN', due: '15:30' }],
    ['3 pods are down', [], { what: 'add', text: '3 pods are down' }],
    ['restart 3', [], { what: 'add', text: 'restart 3' }],
    ['x'.repeat(501), [], { what: 'too-long', text: 'x'.repeat(501) }],
  ];
  it.each(lines.map(([text, mentions, asked]) => ({ line: text.slice(0, 40), text, mentions, asked })))(
    '“$line”',
    ({ text, mentions, asked }) => expect(readTask(text, mentions)).toEqual(asked),
  );

  it('is read whatever it is, and soon', () =>
    fc.assert(
      fc.property(fc.string(), fc.array(fc.constantFrom('U1', 'U2')), (text, mentions) => {
        expect(readTask(text, mentions)).toHaveProperty('what');
      }),
    ));

  it('is read soon even when it is long', () => {
    const took = processorTime(() => {
      for (const text of [' by '.repeat(10_000), 'by 1 '.repeat(8_000), ' '.repeat(40_000), '@a '.repeat(13_000)])
        readTask(`x${text}y`, ['U1']);
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe('until when', () => {
  const policy = thePolicy();
  const due = (text: string, zone = 0) => readDue(text, at('10:00'), zone, policy)?.toISOString().slice(0, 16);
  it.each([
    ['15:30', '2026-03-02T15:30'],
    ['in 20 minutes', '2026-03-02T10:20'],
    ['tomorrow 9:00', '2026-03-03T09:00'],
    ['tomorrow', '2026-03-03T17:00'],
    ['today', '2026-03-02T17:00'],
    ['9:00', '2026-03-03T09:00'],
    ['noon', '2026-03-02T12:00'],
    ['25:99', undefined],
    ['yesterday 9:00', undefined],
    ['banana', undefined],
    ['', undefined],
  ])('%s', (text, expected) => expect(due(text)).toBe(expected));

  it('goes by the clock of the person', () => expect(due('15:30', 3600)).toBe('2026-03-02T14:30'));
});
