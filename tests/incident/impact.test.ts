import { describe, expect, it } from '@jest/globals';
import { type Impact, impactDuration, problemWith } from '../../src/incident/impact.ts';
import { at } from '../support/given.ts';

const minutes = 60_000;
const felt = (started?: string, ended?: string): Impact => ({
  felt: 'yes',
  ...(started && { started: at(started) }),
  ...(ended && { ended: at(ended) }),
});

describe('a statement about impact, at ten o’clock', () => {
  it.each<[string, Impact, string | undefined]>([
    ['nobody felt it', { felt: 'no' }, undefined],
    ['not known', { felt: 'unknown' }, undefined],
    ['felt, since when is not known', felt(), undefined],
    ['felt since nine', felt('09:00'), undefined],
    ['felt since now', felt('10:00'), undefined],
    ['from a clock that is a minute ahead', felt('10:01'), undefined],
    ['felt since later', felt('10:02'), 'impact-starts-in-the-future'],
    ['ended now', felt('09:00', '10:00'), undefined],
    ['ended, since when is not known', felt(undefined, '09:30'), undefined],
    ['ends later', felt('09:00', '10:02'), 'impact-ends-in-the-future'],
    ['ended as it started', felt('09:00', '09:00'), undefined],
    ['ended before it started', felt('09:30', '09:00'), 'impact-ends-before-it-starts'],
    ['all wrong: the start is named first', felt('11:00', '10:30'), 'impact-starts-in-the-future'],
  ])('%s', (_, impact, problem) => expect(problemWith(impact, at('10:00'))).toBe(problem));
});

describe('how long customers felt it, at ten o’clock', () => {
  it.each<[string, Impact, number | undefined]>([
    ['nobody felt it', { felt: 'no' }, undefined],
    ['not known', { felt: 'unknown' }, undefined],
    ['since when is not known', felt(undefined, '09:30'), undefined],
    ['still', felt('09:00'), 60 * minutes],
    ['over', felt('09:00', '09:20'), 20 * minutes],
    ['a minute ahead of our clock', felt('10:01'), 0],
  ])('%s', (_, impact, lasted) => expect(impactDuration(impact, at('10:00'))).toBe(lasted));
});
