import { describe, expect, it } from '@jest/globals';
import { readCorrection } from '../../src/features/impact/correct.ts';
import { readImpact } from '../../src/features/impact/read.ts';
import { impactLine } from '../../src/features/impact/views.ts';
import { readReopening } from '../../src/features/lifecycle/endings.ts';
import type { Impact } from '../../src/incident/impact.ts';
import { time } from '../../src/slack/blocks.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const now = at('10:00');
const unknown: Impact = { felt: 'unknown' };
const since = (started: string, more = {}): Impact => ({ felt: 'yes', started: at(started), ...more });
const past: Impact = { felt: 'yes', started: at('08:00'), ended: at('09:00'), share: 20 };

describe('what customers feel, in one line', () => {
  it.each<[string, Impact, object | undefined]>([
    ['yes', unknown, { impact: { felt: 'yes' } }],
    ['no', since('09:00'), { impact: { felt: 'no' } }],
    ['Nobody', since('09:00'), { impact: { felt: 'no' } }],
    ['not known', since('09:00'), { impact: { felt: 'unknown' } }],
    ['yes since 09:05', unknown, { impact: since('09:05') }],
    ['since 20 minutes ago', unknown, { impact: since('09:40') }],
    ['started at 09:05', unknown, { impact: since('09:05') }],
    ['from 09:05 until 09:20', unknown, { impact: since('09:05', { ended: at('09:20') }) }],
    ['20 %', since('09:00'), { impact: since('09:00', { share: 20 }) }],
    ['yes since 09:05, 12,5 percent of customers', unknown, { impact: since('09:05', { share: 12.5 }) }],
    ['2%', unknown, { impact: { felt: 'yes', share: 2 } }],
    [
      'ended 10 minutes ago',
      since('09:00', { share: 5 }),
      { impact: since('09:00', { share: 5, ended: at('09:50') }) },
    ],
    ['over at 09:30', unknown, { impact: { felt: 'yes', ended: at('09:30') } }],
    // They had felt it, and feel it again: what was said of the first time is not true of the second.
    ['yes', past, { impact: { felt: 'yes' }, again: true }],
    ['yes since 09:30', past, { impact: since('09:30') }],
    ['since 08:10', past, { impact: since('08:10', { ended: at('09:00'), share: 20 }) }],
    ['no because it was the probe', since('09:00'), { impact: { felt: 'no' }, reason: 'it was the probe' }],
    ['since 08:50, because of the logs', since('09:00'), { impact: since('08:50'), reason: 'of the logs' }],
    ['ended 25:99', since('09:00'), undefined],
    ['ended yesterday', since('09:00'), undefined],
    ['gallons', unknown, undefined],
    ['no 20 %', unknown, undefined],
    ['120 %', unknown, undefined],
    ['because', unknown, undefined],
    ['', unknown, undefined],
  ])('"%s"', (text, known, said) => {
    const read = readImpact(text, known, now, 0);
    if (said) expect(read).toEqual({ reason: '', ...said });
    else expect(read).toBeUndefined();
  });
});

describe('a correction in one line', () => {
  it.each([
    ['declared 09:05 because the page came first', { of: 'declared', to: at('09:05'), reason: 'the page came first' }],
    ['Detcted at 20 minutes ago', { of: 'detected', to: at('09:40'), reason: '' }],
    ['resolved', undefined],
    ['closed 09:05 because x', undefined],
    ['declared 25:99 because x', undefined],
  ])('"%s"', (text, said) => expect(readCorrection(text, now, 0)).toEqual(said));
});

describe('reopening in one line', () => {
  it.each([
    ['errors are back', { reason: 'errors are back' }],
    ['errors are back since 09:50', { reason: 'errors are back', impact: since('09:50') }],
    ['since 09:50', { reason: '', impact: since('09:50') }],
    ['broken since the deploy', { reason: 'broken since the deploy' }],
  ])('"%s"', (text, said) => expect(readReopening(text, now, 0).data).toEqual({ type: 'reopen', ...said }));
});

describe('the line on the headline', () => {
  const policy = thePolicy({ journeys: { pay: { name: 'Paying' }, buy: { name: 'Buying' } } });
  const said = (fields: Parameters<typeof anIncident>[0]) => impactLine(anIncident(fields), policy, now);

  it('says since when, how many, and in what', () => {
    expect(said({ impact: since('09:00', { share: 20, journeys: ['pay', 'fly'] }) })).toBe(
      `feel it since ${time(at('09:00'))} · about 20 % of them · Paying, fly`,
    );
  });

  it('says when it is over though work goes on', () => {
    expect(said({ impact: past })).toContain('no longer feel it; they did from');
    expect(said({ impact: { felt: 'yes', ended: at('09:00') } })).toContain('since when they did is not known');
  });

  it('names the stretch before, and how many there were', () => {
    const earlierImpacts = [{}, { started: at('08:00'), ended: at('08:30') }];
    expect(said({ impact: since('09:00'), earlierImpacts })).toMatch(
      /before that from .* \(30 min\) and 1 times more$/,
    );
    expect(said({ impact: since('09:00'), earlierImpacts: [{}] })).toMatch(/before that once$/);
  });
});
