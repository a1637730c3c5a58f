import { describe, expect, it } from '@jest/globals';
import { readTime } from '../../src/features/lifecycle/when.ts';
import { at } from '../support/given.ts';

const hours = 3600;
/** Seconds east of UTC. */
const zones = { utc: 0, berlin: hours, losAngeles: -8 * hours, kolkata: 5.5 * hours, tokyo: 9 * hours };
type Zone = keyof typeof zones;

const read = (text: string, now: string, zone: Zone) => readTime(text, new Date(now), zones[zone])?.toISOString();

describe('a time as people write it', () => {
  it.each<[string, Zone, string, string]>([
    // what is typed, where, when (UTC), what is meant
    ['now', 'utc', '2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['20 minutes ago', 'tokyo', '2026-03-02T10:00:00.000Z', '2026-03-02T09:40:00.000Z'],
    ['an hour ago', 'utc', '2026-03-02T00:20:00.000Z', '2026-03-01T23:20:00.000Z'],
    ['09:05', 'utc', '2026-03-02T10:00:00.000Z', '2026-03-02T09:05:00.000Z'],
    ['9:05', 'berlin', '2026-03-02T10:00:00.000Z', '2026-03-02T08:05:00.000Z'],
    ['9am', 'losAngeles', '2026-03-02T18:00:00.000Z', '2026-03-02T17:00:00.000Z'],
    ['18:10', 'tokyo', '2026-03-02T10:00:00.000Z', '2026-03-02T09:10:00.000Z'],
    ['yesterday 23:10', 'kolkata', '2026-03-02T10:00:00.000Z', '2026-03-01T17:40:00.000Z'],
    ['1 March 22:00', 'utc', '2026-03-02T10:00:00.000Z', '2026-03-01T22:00:00.000Z'],
    ['2026-03-02T09:00Z', 'tokyo', '2026-03-02T10:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    // Five past midnight, where they are.
    ['23:50', 'utc', '2026-03-02T00:05:00.000Z', '2026-03-01T23:50:00.000Z'],
    ['23:50', 'berlin', '2026-03-01T23:05:00.000Z', '2026-03-01T22:50:00.000Z'],
    ['23:50', 'losAngeles', '2026-03-02T08:05:00.000Z', '2026-03-02T07:50:00.000Z'],
    ['00:01', 'tokyo', '2026-03-01T15:05:00.000Z', '2026-03-01T15:01:00.000Z'],
    // Their clock is a minute ahead of ours.
    ['10:01', 'utc', '2026-03-02T10:00:30.000Z', '2026-03-02T10:01:00.000Z'],
    ['10:03', 'utc', '2026-03-02T10:00:30.000Z', '2026-03-01T10:03:00.000Z'],
  ])('"%s" in %s at %s is %s', (text, zone, now, meant) => expect(read(text, now, zone)).toBe(meant));

  it('may be in the future when it says so; the incident refuses that', () => {
    expect(readTime('in 5 minutes', at('10:00'), 0)).toEqual(at('10:05'));
    expect(readTime('tomorrow 10:00', at('10:00'), 0)?.getTime()).toBeGreaterThan(at('10:00').getTime());
  });

  it.each(['', '5', 'we rolled back at 09:00', '09:00 or 10:00', '9:05 - 9:30', 'yesterday', 'this morning', 'soon'])(
    'is not guessed from "%s"',
    (text) => expect(readTime(text, at('10:00'), 0)).toBeUndefined(),
  );
});
