import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { messageEntry, type Seen, timelineOf } from '../../src/incident/timeline.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const place = (ts: string) => ({ channel: 'C7', ts });
const pinned = place('1772442000.000100');

/** As the record has it: each minute something happens, from nine on. */
const recordOf = (...events: IncidentEvent[]): Seen[] =>
  events.map((event, index) => ({
    seq: index + 1,
    by: 'U0BEN',
    at: at(`09:${String(index).padStart(2, '0')}`),
    event,
  }));

const declared: IncidentEvent = {
  type: 'declared',
  title: 'Checkout is failing',
  summary: '',
  severity: 'sev2',
  status: 'investigating',
  services: [],
  impact: { felt: 'unknown' },
  isPrivate: false,
  isPractice: false,
  channelName: 'inc-7',
  policyVersion: 'v1',
};
const felt = (started?: Date, ended?: Date, reason?: string): IncidentEvent => ({
  type: 'impactStated',
  impact: { felt: 'yes', ...(started && { started }), ...(ended && { ended }) },
  ...(reason && { reason }),
});
const added: IncidentEvent = { type: 'timelineAdded', at: at('08:50'), source: pinned };

/** `09:00 declared`, with what was made of it. */
const read = (...events: IncidentEvent[]) =>
  timelineOf(recordOf(...events)).map(
    ({ at: when, event, moment, source, text, hidden }) =>
      `${when.toISOString().slice(11, 16)} ${text ?? moment ?? event?.type ?? source?.ts}${hidden ? ' (hidden)' : ''}`,
  );

describe('the timeline', () => {
  it('has by itself what changed how the incident stands, and nothing that only the bot did', () => {
    expect(
      read(
        declared,
        { type: 'channelOpened', channel: { id: 'C7', name: 'inc-7' } },
        { type: 'personJoined', person: 'U0BEN' },
        { type: 'severityChanged', from: 'sev2', to: 'sev1', reason: '' },
        { type: 'roleAssigned', role: 'commander', person: 'U0BEN', how: 'taken' },
        { type: 'updatePosted', number: 1, text: 'Looking' },
        { type: 'resolved', from: 'investigating', note: '' },
      ),
    ).toEqual([
      '09:00 declared',
      '09:03 severityChanged',
      '09:04 roleAssigned',
      '09:05 updatePosted',
      '09:06 resolved',
    ]);
  });

  it('shows a message at the time at which it was said, until nobody points at it any more', () => {
    expect(read(declared, added)).toEqual([`08:50 ${pinned.ts}`, '09:00 declared']);
    expect(read(declared, added, { type: 'timelineRemoved', source: pinned })).toEqual(['09:00 declared']);
  });

  it('keeps what was changed by hand with what stood there before, until the entry goes', () => {
    const entry = messageEntry(pinned);
    const reworded: IncidentEvent = { type: 'timelineChanged', entry, text: 'Disk full', reason: 'Said in haste' };
    const moved: IncidentEvent = { type: 'timelineChanged', entry, at: at('08:40'), reason: 'Clock was off' };
    const hidden: IncidentEvent = { type: 'timelineChanged', entry, hidden: true, reason: 'Not of this' };
    expect(read(added, reworded, moved, hidden)).toEqual(['08:40 Disk full (hidden)']);
    expect(read(added, hidden, { ...hidden, hidden: false })).toEqual([`08:50 ${pinned.ts}`]);
    expect(timelineOf(recordOf(added, reworded, moved))[0]?.changes).toEqual([
      { by: 'U0BEN', at: at('09:01'), reason: 'Said in haste', before: { at: at('08:50') } },
      { by: 'U0BEN', at: at('09:02'), reason: 'Clock was off', before: { at: at('08:50'), text: 'Disk full' } },
    ]);
    expect(read(added, reworded, { type: 'timelineRemoved', source: pinned }, added)).toEqual([`08:50 ${pinned.ts}`]);
    expect(read({ ...reworded, entry: 'e:99' })).toEqual([]);
  });

  it('says when customers began and stopped feeling it, where it was and not where it was said', () => {
    expect(read(declared, felt(at('08:30')))).toEqual(['08:30 impact-started', '09:00 declared']);
    expect(read({ ...declared, impact: { felt: 'yes', started: at('08:30') } } as IncidentEvent)).toEqual([
      '08:30 impact-started',
      '09:00 declared',
    ]);
    // Corrected, the moment moves; taken back, it goes.
    const corrected = recordOf(declared, felt(at('08:30')), felt(at('08:20'), at('08:55'), 'By the graphs'));
    expect(timelineOf(corrected).map(({ moment }) => moment)).toEqual(['impact-started', 'impact-ended', undefined]);
    expect(timelineOf(corrected)[0]).toMatchObject({
      at: at('08:20'),
      changes: [{ reason: 'By the graphs', before: { at: at('08:30') } }],
    });
    expect(read(declared, felt(at('08:30')), { type: 'impactStated', impact: { felt: 'no' } })).toEqual([
      '09:00 declared',
      '09:02 impactStated',
    ]);
    // Another stretch has moments of its own.
    expect(
      read(felt(at('08:30'), at('08:40')), {
        type: 'impactBegan',
        impact: { felt: 'yes', started: at('08:50') },
      }),
    ).toEqual(['08:30 impact-started', '08:40 impact-ended', '08:50 impact-started', '09:01 impactBegan']);
  });

  it('says more than the moments where more was said', () => {
    const many: IncidentEvent = { type: 'impactStated', impact: { felt: 'yes', started: at('08:30'), share: 20 } };
    expect(read(many)).toEqual(['08:30 impact-started', '09:00 impactStated']);
    expect(read(felt())).toEqual(['09:00 impactStated']);
  });

  it('moves what was declared and resolved to where it was corrected to', () => {
    const correct = (of: 'declared' | 'resolved' | 'detected', to: Date): IncidentEvent => ({
      type: 'timeCorrected',
      of,
      to,
      reason: 'It was so',
    });
    const resolved: IncidentEvent = { type: 'resolved', from: 'investigating', note: '' };
    expect(read(declared, resolved, correct('declared', at('08:45')), correct('resolved', at('08:59')))).toEqual([
      '08:45 declared',
      '08:59 resolved',
    ]);
    expect(read(declared, correct('detected', at('08:10')), correct('detected', at('08:05')))).toEqual([
      '08:05 detected',
      '09:00 declared',
    ]);
  });

  it('is in order of time, and of the record within one time, whatever is done to it', () => {
    const minute = fc.integer({ min: 0, max: 5 }).map((ahead) => new Date(at('09:00').getTime() + ahead * 60_000));
    const source = fc.constantFrom(...['1.1', '2.2', '3.3'].map(place));
    const entry = fc.constantFrom('m:C7:1.1', 'm:C7:2.2', 'e:1', 'e:2', 'e:3', 'e:4', 'e:1:impact-started');
    const reason = fc.constant('why');
    const happening = fc.oneof(
      fc.record({ type: fc.constant('timelineAdded' as const), at: minute, source }),
      fc.record({ type: fc.constant('timelineAdded' as const), at: minute, text: fc.constant('words') }),
      fc.record({ type: fc.constant('timelineRemoved' as const), source }),
      fc.record({ type: fc.constant('timelineChanged' as const), entry, at: minute, reason }),
      fc.record({ type: fc.constant('timelineChanged' as const), entry, hidden: fc.boolean(), reason }),
      fc.record({ type: fc.constant('updatePosted' as const), number: fc.constant(1), text: fc.constant('') }),
      fc
        .record({ type: fc.constantFrom('impactStated' as const, 'impactBegan' as const) })
        .chain(({ type }) =>
          fc.record({ felt: fc.constant('yes' as const), started: minute }).map((impact) => ({ type, impact })),
        ),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 20 }), (events) => {
        const record = recordOf(...events);
        const timeline = timelineOf(record);
        const times = timeline.map((one) => one.at.getTime());
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        const ids = timeline.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        // Of one time: events stay in the order of the record.
        for (const [index, one] of timeline.entries()) {
          const next = timeline[index + 1];
          const [mine, other] = [one, next].map((each) => Number(/^e:(\d+)$/.exec(each?.id ?? '')?.[1] ?? Number.NaN));
          if (next && next.at.getTime() === one.at.getTime() && mine && other) expect(mine).toBeLessThan(other);
        }
        // What is in it is what was added last and not removed since.
        for (const ts of ['1.1', '2.2', '3.3']) {
          const last = events.findLast((event) => 'source' in event && event.source.ts === ts);
          expect(ids.includes(`m:C7:${ts}`)).toBe(last?.type === 'timelineAdded');
        }
        // The same record read again gives the same.
        expect(timelineOf(record)).toEqual(timeline);
      }),
      { numRuns: 300 },
    );
  });
});

describe('adding to the timeline', () => {
  const policy = thePolicy();
  const now = at('10:00');
  const add = (more: object, incident = anIncident()) =>
    decide(incident, { type: 'addToTimeline', ...more }, now, policy);

  it('takes words at a time, now unless said, and messages at their own', () => {
    expect(add({ text: 'Restarted' })).toEqual({ events: [{ type: 'timelineAdded', text: 'Restarted', at: now }] });
    expect(add({ source: place('1772445000.500000') })).toEqual({
      events: [{ type: 'timelineAdded', at: new Date(1_772_445_000_500), source: place('1772445000.500000') }],
    });
    // A clock that is a little ahead means now; more than that is in the future.
    expect(add({ text: 'x', at: at('10:00:30') })).toMatchObject({ events: [{ at: now }] });
    expect(add({ text: 'x', at: at('10:05') })).toEqual({ refused: 'time-in-the-future' });
  });

  it('is possible after the end, and up to a thousand messages', () => {
    expect(add({ text: 'x' }, anIncident({ status: 'closed' }))).toMatchObject({ events: [{}] });
    const many = anIncident({ timelineSources: Array.from({ length: 1000 }, (_, index) => `C7:${index}.1`) });
    expect(add({ source: place('9999.1') }, many)).toEqual({ refused: 'timeline-full' });
    expect(add({ source: place('7.1') }, many)).toEqual({ events: [] });
  });

  it('asks for a reason when something is changed, and for something that changes', () => {
    const change = (more: object) =>
      decide(anIncident(), { type: 'changeTimeline', entry: 'e:1', reason: '', ...more }, now, policy);
    expect(change({ hidden: true })).toEqual({ refused: 'reason-needed' });
    expect(change({ reason: 'so' })).toEqual({ refused: 'nothing-to-change' });
    expect(change({ at: at('11:00'), reason: 'so' })).toEqual({ refused: 'time-in-the-future' });
    expect(change({ at: at('09:00'), reason: 'so' })).toMatchObject({ events: [{ type: 'timelineChanged' }] });
  });
});
