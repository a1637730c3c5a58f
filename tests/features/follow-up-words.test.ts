import { describe, expect, it } from '@jest/globals';
import { nextReminder } from '../../src/features/follow-ups/schedule.ts';
import { type Asked, readFollowUp, ticketAt } from '../../src/features/follow-ups/words.ts';
import { thePolicy } from '../support/given.ts';

describe('what is typed after followup', () => {
  const lines: [string, string[], Asked][] = [
    ['', [], { what: 'list' }],
    ['Add an alert @ben by Friday', ['U0BEN'], { what: 'add', text: 'Add an alert', owner: 'U0BEN', due: 'Friday' }],
    ['Add an alert by in 3 weeks', [], { what: 'add', text: 'Add an alert', due: 'in 3 weeks' }],
    ['Add an alert by December 3', [], { what: 'add', text: 'Add an alert', due: 'December 3' }],
    ['Sort the list by decreasing size', [], { what: 'add', text: 'Sort the list by decreasing size' }],
    ['done 3', [], { what: 'done', number: 3 }],
    ['3 @ben', ['U0BEN'], { what: 'change', number: 3, owner: 'U0BEN' }],
    ['3 by Friday', [], { what: 'change', number: 3, due: 'Friday' }],
    ['drop 3', [], { what: 'drop', number: 3 }],
    ['drop 3 because the service is gone', [], { what: 'drop', number: 3, reason: 'the service is gone' }],
    ['drop #3: nobody needs it', [], { what: 'drop', number: 3, reason: 'nobody needs it' }],
    ['drop the old table', [], { what: 'add', text: 'drop the old table' }],
    ['3 https://tracker.example/A-1', [], { what: 'ticket', number: 3, url: 'https://tracker.example/A-1' }],
    ['3 javascript:alert(1)', [], { what: 'add', text: '3 javascript:alert(1)' }],
  ];
  it.each(lines.map(([text, mentions, asked]) => ({ text, mentions, asked })))('“$text”', ({ text, mentions, asked }) =>
    expect(readFollowUp(text, mentions)).toEqual(asked),
  );

  it('names a ticket by the end of its address', () => {
    const url = 'https://tracker.example/browse/ABC-12?x=1';
    expect(ticketAt(url)).toEqual({ tracker: 'tracker.example', key: 'ABC-12', url });
    expect(ticketAt('https://tracker.example')?.key).toBe('tracker.example');
    expect(ticketAt('https://')).toBeUndefined();
  });
});

describe('reminders of a follow-up', () => {
  const holidays = ['2026-03-13'];
  const workingHours = {
    zone: 'UTC',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '09:00',
    to: '17:00',
    holidays,
  } as const;
  const rules = { ...thePolicy(), workingHours: { ...workingHours, days: [...workingHours.days], holidays } };
  const on = (text: string) => new Date(`2026-03-${text}:00.000Z`);
  /** All there are until some time in the month, one after the other. */
  function until(due: Date, from: Date, end: Date): string[] {
    const moments: string[] = [];
    for (let at = nextReminder(due, from, rules); at < end; at = nextReminder(due, at, rules))
      moments.push(at.toISOString().slice(8, 16));
    return moments;
  }

  it.each([
    [
      'before it is due, when it is, and every three days',
      on('12T12:00'),
      ['10T12:00', '12T12:00', '16T09:00', '18T12:00'],
    ],
    // Two days before Monday is Saturday: Friday is a holiday, so it comes on Thursday.
    ['sooner where people are off before it', on('16T08:00'), ['12T09:00', '16T09:00', '19T09:00']],
    ['when people begin to work, if it falls due at night', on('10T23:00'), ['09T09:00', '11T09:00', '16T09:00']],
    ['on the next working day, if it falls due at the weekend', on('14T12:00'), ['12T12:00', '16T09:00', '17T12:00']],
  ])('come %s', (_, due, moments) =>
    expect(until(due, on('03T10:00'), on('20T00:00')).slice(0, moments.length)).toEqual(moments),
  );

  it('come from now on, never from before', () => {
    const due = on('12T12:00');
    expect(nextReminder(due, on('11T00:00'), rules)).toEqual(due);
    expect(nextReminder(due, due, rules)).toEqual(on('16T09:00'));
    expect(nextReminder(new Date('2020-01-01T00:00:00Z'), on('10T10:00'), rules).getTime()).toBeLessThan(
      on('14T00:00').getTime(),
    );
  });
});
