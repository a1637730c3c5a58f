import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDate } from '../../../sandbox/ui/blocks/text/date.ts';
import { fromWall, readTime, spokenTime, toWall } from '../../../sandbox/ui/blocks/text/zoned.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const now = Date.parse('2026-03-10T12:00:00Z');
const shown = (iso: string, format: string, timeZone = 'UTC') => formatDate(seconds(iso), format, { now, timeZone });

describe('dates in text', () => {
  it.each([
    ['{date_num}', '2014-02-18'],
    ['{date_slash}', '02/18/2014'],
    ['{date}', 'February 18th, 2014'],
    ['{date_short}', 'Feb 18, 2014'],
    ['{date_long}', 'Tuesday, February 18th, 2014'],
    ['{date_long_full}', 'February 18, 2014'],
    ['{date_pretty}', 'February 18th, 2014'],
    ['{date_short_pretty}', 'Feb 18, 2014'],
    ['{date_long_pretty}', 'Tuesday, February 18th, 2014'],
    ['{day_divider_pretty}', 'Tuesday, February 18th, 2014'],
    ['{time}', '6:39 AM'],
    ['{time_secs}', '6:39:42 AM'],
    ['{ago}', '12 years ago'],
    ['{nonsense} {date', '{nonsense} {date'],
  ])('writes %s as %s', (format, words) => {
    expect(shown('2014-02-18T06:39:42Z', format)).toBe(words);
  });

  it('leaves out the year of what is near', () => {
    expect(shown('2026-01-02T00:00:00Z', '{date_short}')).toBe('Jan 2');
    expect(shown('2025-08-01T00:00:00Z', '{date_short}')).toBe('Aug 1, 2025');
  });

  it('says today, yesterday and tomorrow, with a capital where it begins', () => {
    expect(shown('2026-03-10T14:02:00Z', '{date_short_pretty} at {time}')).toBe('Today at 2:02 PM');
    expect(shown('2026-03-09T00:00:00Z', 'Since {date_pretty}')).toBe('Since yesterday');
    expect(shown('2026-03-11T23:59:00Z', '{date_long_pretty}')).toBe('Tomorrow');
  });

  it('goes by the zone of who reads', () => {
    const late = '2026-03-10T23:30:00Z';
    expect(shown(late, '{date_pretty} {time}', 'Europe/Madrid')).toBe('Tomorrow 12:30 AM');
    expect(shown(late, '{date_pretty} {time}', 'America/New_York')).toBe('Today 7:30 PM');
    expect(shown(late, '{date_num} {time}', 'Asia/Kolkata')).toBe('2026-03-11 5:00 AM');
  });

  it('counts back and forth', () => {
    expect(shown('2026-03-10T11:57:00Z', '{ago}')).toBe('3 minutes ago');
    expect(shown('2026-03-10T13:00:00Z', '{ago}')).toBe('In 1 hour');
    expect(shown('2026-03-10T11:59:58Z', '{ago}')).toBe('Just now');
  });

  it('falls back where there is no such moment', () => {
    expect(formatDate(9e15, '{date}', { now, timeZone: 'UTC', fallback: 'far away' })).toBe('far away');
    expect(formatDate(Number.NaN, '{date}', { now, timeZone: 'UTC', fallback: 'never' })).toBe('never');
  });

  it('keeps English ordinals', () => {
    const days = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map((day) =>
      shown(`2026-01-${String(day).padStart(2, '0')}T10:00:00Z`, '{date}').replace('January ', ''),
    );
    expect(days).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '23rd', '31st']);
  });
});

describe('clocks on walls', () => {
  it('goes there and back in every zone', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000_000 }), zones, (minutes, zone) => {
        const { date, time } = toWall(minutes * 60, zone);
        // In autumn one hour comes twice, so the way back may give its twin.
        expect(Math.abs(fromWall(date, time, zone) - minutes * 60)).toBeLessThanOrEqual(3600);
        expect(toWall(fromWall(date, time, zone), zone)).toEqual({ date, time });
      }),
    );
  });

  it('reads what people type for a time', () => {
    expect(['9', '930', '9:30', '9:30 pm', '21.30', '12am', '12 p.m.'].map(readTime)).toEqual([
      '09:00',
      '09:30',
      '09:30',
      '21:30',
      '21:30',
      '00:00',
      '12:00',
    ]);
    expect(['', '25', '9:60', '13pm', 'noon', '-1'].map(readTime)).toEqual(Array(6).fill(undefined));
  });

  it('says a time as Slack does', () => {
    expect(['00:05', '12:00', '14:05'].map(spokenTime)).toEqual(['12:05 AM', '12:00 PM', '2:05 PM']);
  });
});
