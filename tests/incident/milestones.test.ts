import { describe, expect, it } from '@jest/globals';
import type { IncidentEvent } from '../../src/incident/events.ts';
import type { Impact } from '../../src/incident/impact.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { impactTotal, milestonesOf, sinceStarted, updatesKept } from '../../src/incident/milestones.ts';
import { anIncident, at } from '../support/given.ts';

const minute = 60_000;
const recorded = (...events: [string, IncidentEvent][]) =>
  events.map(([time, event]) => ({ at: at(time), by: 'U0ANA', event }));
const joined = (person: string): IncidentEvent => ({ type: 'personJoined', person });
const commander = (person: string): IncidentEvent => ({
  type: 'roleAssigned',
  role: 'commander',
  person,
  how: 'taken',
});
const update: IncidentEvent = { type: 'updatePosted', number: 1, text: 'We look' };
const due = (time?: string): IncidentEvent => ({ type: 'nextUpdateDueChanged', due: time ? at(time) : undefined });
const resolved: IncidentEvent = { type: 'resolved', from: 'monitoring', note: '' };
const felt = (started?: string, ended?: string, share?: number): Impact => ({
  felt: 'yes',
  ...(started && { started: at(started) }),
  ...(ended && { ended: at(ended) }),
  ...(share !== undefined && { share }),
});

describe('milestones', () => {
  it('count from when customers began to feel it', () => {
    const incident = anIncident({
      impact: felt('08:40', '09:30'),
      detectedAt: at('08:50'),
      resolvedAt: at('09:50'),
      status: 'resolved',
    });
    const record = recorded(
      ['09:00', joined('U0ANA')],
      ['09:02', joined('U0BEN')],
      ['09:05', commander('U0ANA')],
      ['09:06', update],
    );
    const milestones = milestonesOf(incident, record);
    expect(milestones).toEqual({
      felt: 'yes',
      started: at('08:40'),
      detected: at('08:50'),
      declared: at('09:00'),
      acknowledged: at('09:02'),
      assembled: at('09:05'),
      firstUpdate: at('09:06'),
      mitigated: at('09:30'),
      resolved: at('09:50'),
    });
    expect(sinceStarted(milestones, 'declared')).toBe(20 * minute);
    expect(sinceStarted(milestones, 'mitigated')).toBe(50 * minute);
  });

  it.each<[string, Partial<Incident>, Partial<ReturnType<typeof milestonesOf>>]>([
    ['nothing is known', { impact: { felt: 'unknown' } }, { felt: 'unknown' }],
    ['nobody felt it', { impact: { felt: 'no' } }, { felt: 'no' }],
    ['since when is not known', { impact: felt(undefined, '09:30') }, { felt: 'yes', mitigated: at('09:30') }],
    ['it is felt still', { impact: felt('08:40') }, { felt: 'yes', started: at('08:40') }],
    [
      'it was felt twice',
      { earlierImpacts: [{ started: at('08:00'), ended: at('08:20') }], impact: felt('09:00', '09:30') },
      { felt: 'yes', started: at('08:00'), mitigated: at('09:30') },
    ],
    [
      'the second time is not over',
      { earlierImpacts: [{ started: at('08:00'), ended: at('08:20') }], impact: felt('09:00') },
      { felt: 'yes', started: at('08:00') },
    ],
  ])('leave out what nobody knows: %s', (_, fields, known) => {
    const milestones = milestonesOf(anIncident(fields), []);
    expect(milestones).toEqual({ declared: at('09:00'), ...known });
    expect(sinceStarted(milestones, 'detected')).toBeUndefined();
  });

  it('may lie before customers felt it', () => {
    const milestones = milestonesOf(anIncident({ impact: felt('09:20') }), []);
    expect(sinceStarted(milestones, 'declared')).toBe(-20 * minute);
  });

  it.each<[string, [string, IncidentEvent][], string | undefined, string | undefined]>([
    ['nobody came', [], undefined, undefined],
    ['only the declarer came', [['09:00', joined('U0ANA')]], undefined, undefined],
    ['the declarer took a role', [['09:03', commander('U0ANA')]], '09:03', undefined],
    [
      'a commander, then a responder',
      [
        ['09:03', commander('U0ANA')],
        ['09:08', joined('U0BEN')],
      ],
      '09:03',
      '09:08',
    ],
    [
      'a responder, then a commander',
      [
        ['09:01', joined('U0BEN')],
        ['09:08', commander('U0BEN')],
      ],
      '09:01',
      undefined,
    ],
  ])('tell who came: %s', (_, events, acknowledged, assembled) => {
    const milestones = milestonesOf(anIncident(), recorded(...events));
    expect(milestones.acknowledged).toEqual(acknowledged && at(acknowledged));
    expect(milestones.assembled).toEqual(assembled && at(assembled));
  });
});

describe('how long customers felt it', () => {
  it.each<[string, Partial<Incident>, ReturnType<typeof impactTotal>]>([
    ['not at all', { impact: { felt: 'no' } }, {}],
    ['one stretch', { impact: felt('08:00', '09:00', 50) }, { time: 60 * minute, weighted: 30 * minute, share: 50 }],
    ['of how many is not known', { impact: felt('08:00', '09:00') }, { time: 60 * minute }],
    ['until now', { impact: felt('09:00', undefined, 10) }, { time: 60 * minute, weighted: 6 * minute, share: 10 }],
    ['over, nobody knows when', { impact: felt('09:00', undefined, 10), resolvedAt: at('09:50') }, { share: 10 }],
    [
      'two stretches',
      {
        earlierImpacts: [{ started: at('07:00'), ended: at('07:30'), share: 100 }],
        impact: felt('08:00', '09:00', 50),
      },
      { time: 90 * minute, weighted: 60 * minute, share: 100 },
    ],
    [
      'two stretches, one of them not known',
      { earlierImpacts: [{ ended: at('07:30'), share: 20 }], impact: felt('08:00', '09:00', 50) },
      { share: 50 },
    ],
  ])('%s', (_, fields, total) => expect(impactTotal(anIncident(fields), at('10:00'))).toEqual(total));
});

describe('updates on time', () => {
  it.each<[string, [string, IncidentEvent][], [number, number, number]]>([
    ['none was promised', [['09:10', update]], [1, 0, 0]],
    [
      'kept',
      [
        ['09:00', due('09:15')],
        ['09:15', update],
        ['09:15', due('09:45')],
      ],
      [1, 2, 1],
    ],
    [
      'late',
      [
        ['09:00', due('09:15')],
        ['09:16', update],
        ['09:16', due()],
      ],
      [1, 1, 0],
    ],
    [
      'never posted',
      [
        ['09:00', due('09:15')],
        ['09:40', resolved],
      ],
      [0, 1, 0],
    ],
    [
      'over before it fell due',
      [
        ['09:00', due('09:15')],
        ['09:10', resolved],
      ],
      [0, 0, 0],
    ],
    [
      'another promise before it fell due',
      [
        ['09:00', due('10:30')],
        ['09:05', due('09:20')],
        ['09:20', update],
        ['09:20', due('10:30')],
      ],
      [1, 1, 1],
    ],
    [
      'the same promise said once more after it was late',
      [
        ['09:00', due('09:15')],
        ['09:20', due('09:15')],
        ['09:25', update],
      ],
      [1, 1, 0],
    ],
    ['not due yet', [['09:00', due('10:30')]], [0, 0, 0]],
  ])('%s', (_, events, [posted, promised, onTime]) =>
    expect(updatesKept(recorded(...events), at('10:00'))).toEqual({ posted, promised, onTime }),
  );
});
