import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addWorkingDays, isWorking, nextWorking, type WorkingHours } from '../../src/incident/working-hours.ts';

const office: WorkingHours = {
  zone: 'Europe/Berlin',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
  holidays: ['2026-04-03', '2026-04-06'],
};
const utc = (time: string) => new Date(`${time}Z`);

describe('working hours', () => {
  it.each<[string, string, boolean]>([
    ['as they begin, in winter', '2026-03-27T08:00', true],
    ['before they begin', '2026-03-27T07:59', false],
    ['as they end', '2026-03-27T16:00', false],
    ['just before they end', '2026-03-27T15:59', true],
    ['on a Saturday', '2026-03-28T10:00', false],
    ['as they begin, in summer', '2026-03-30T07:00', true],
    ['on a holiday', '2026-04-06T10:00', false],
  ])('%s', (_, at, is) => expect(isWorking(utc(at), office)).toBe(is));

  it.each<[string, string, string]>([
    ['at once', '2026-03-27T12:00', '2026-03-27T12:00'],
    ['early in the morning', '2026-03-27T03:00', '2026-03-27T08:00'],
    ['over the weekend on which the clock is put forward', '2026-03-27T16:00', '2026-03-30T07:00'],
    ['over the weekend on which it is put back', '2026-10-23T15:00', '2026-10-26T08:00'],
    ['over Easter', '2026-04-02T15:00', '2026-04-07T07:00'],
  ])('begin next: %s', (_, at, next) => expect(nextWorking(utc(at), office)).toEqual(utc(next)));

  it.each<[string, string, number, string]>([
    ['none', '2026-03-27T12:00', 0, '2026-03-27T12:00'],
    ['over a weekend and a change of the clock', '2026-03-26T12:00', 2, '2026-03-30T11:00'],
    ['over Easter', '2026-04-01T12:00', 2, '2026-04-07T12:00'],
    ['from a Saturday', '2026-03-28T12:00', 1, '2026-03-30T11:00'],
  ])('days later: %s', (_, at, count, then) => expect(addWorkingDays(utc(at), count, office)).toEqual(utc(then)));
});

/** Zones with every kind of change: north, south, half an hour, at midnight, a day left out, and none. */
const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Tehran',
  'Asia/Kolkata',
  'UTC',
);
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));
const hours: fc.Arbitrary<WorkingHours> = fc
  .record({
    zone,
    days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 }),
    times: fc.uniqueArray(time, { minLength: 2, maxLength: 2 }).map((two) => two.toSorted() as [string, string]),
    holidays: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 10 }),
  })
  .map(({ times: [from, to], holidays, ...rest }) => ({
    ...rest,
    from,
    to,
    holidays: holidays.map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)),
  }));
const moment = fc.date({ min: utc('2026-01-01T00:00'), max: utc('2027-01-01T00:00'), noInvalidDate: true });
/** Within three days of a change of the clock somewhere. */
const aroundChange = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-04-24',
      '2026-10-04',
      '2026-10-25',
      '2026-10-30',
      '2026-11-01',
    ),
    fc.integer({ min: -72 * 60, max: 72 * 60 }),
  )
  .map(([day, minutes]) => new Date(utc(`${day}T00:00`).getTime() + minutes * 60_000));
const at = fc.oneof(moment, aroundChange);

/** What a clock on the wall shows, told by Intl and not by the library that is tested. */
function wall(moment: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(moment);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return {
    weekday: of.weekday?.toLowerCase() as WorkingHours['days'][number],
    date: `${of.year}-${of.month}-${of.day}`,
    time: `${of.hour}:${of.minute}`,
  };
}

function worksByTheWall(moment: Date, { zone, days, from, to, holidays }: WorkingHours): boolean {
  const { weekday, date, time } = wall(moment, zone);
  return days.includes(weekday) && !holidays.includes(date) && time >= from && time < to;
}

/** Hours that the clock jumps over or shows twice are not well defined; the rest of such a day is. */
const isPlain = (moment: Date, { zone }: WorkingHours) => {
  const offset = (at: number) => {
    const { date, time } = wall(new Date(at), zone);
    return utc(`${date}T${time}`).getTime() - Math.floor(at / 60_000) * 60_000;
  };
  const [around, hour] = [moment.getTime(), 3_600_000];
  return offset(around - 2 * hour) === offset(around + 2 * hour);
};

describe('whatever the zone, the hours and the moment', () => {
  it('people work when the clock on the wall says so', () => {
    fc.assert(
      fc.property(at, hours, (moment, given) => {
        fc.pre(isPlain(moment, given));
        expect(isWorking(moment, given)).toBe(worksByTheWall(moment, given));
      }),
      { numRuns: 500 },
    );
  });

  it('the next working moment is one, is not before, and none lies between', () => {
    fc.assert(
      fc.property(at, hours, fc.double({ min: 0, max: 0.999, noNaN: true }), (moment, given, share) => {
        const next = nextWorking(moment, given);
        expect(next.getTime()).toBeGreaterThanOrEqual(moment.getTime());
        expect(nextWorking(next, given)).toEqual(next);
        if (next > moment) {
          const between = new Date(moment.getTime() + share * (next.getTime() - moment.getTime()));
          expect(isWorking(between, given)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('so many working days later is a working day at the same time of day', () => {
    fc.assert(
      fc.property(at, hours, fc.integer({ min: 1, max: 12 }), (moment, given, count) => {
        const then = addWorkingDays(moment, count, given);
        const { weekday, date, time } = wall(then, given.zone);
        expect(given.days).toContain(weekday);
        expect(given.holidays).not.toContain(date);
        expect(then.getTime()).toBeGreaterThan(moment.getTime());
        if (isPlain(then, given)) expect(time).toBe(wall(moment, given.zone).time);
        // One more is later.
        expect(addWorkingDays(moment, count + 1, given).getTime()).toBeGreaterThan(then.getTime());
      }),
      { numRuns: 500 },
    );
  });
});
