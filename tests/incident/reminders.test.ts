import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { nextStep } from '../../src/incident/reminders.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const policy = thePolicy({
  cadence: { sev1: { investigating: 15 }, sev2: { investigating: 30 }, sev3: {}, sev4: {} },
});
const roles = {
  communications: { person: 'U0BEN', since: at('09:00') },
  commander: { person: 'U0EVA', since: at('09:00') },
  deputy: { person: 'U0DEV', since: at('09:00') },
};

function play(incident: Incident, command: Command, time: string): { incident: Incident; events: IncidentEvent[] } {
  const decision = decide(incident, command, at(time), policy);
  if ('refused' in decision) throw new Error(decision.refused);
  const happened = { by: 'U0ANA', at: at(time) };
  return { incident: decision.events.reduce((one, event) => evolve(one, event, happened), incident), ...decision };
}

const update = (nextInMinutes?: number): Command => ({
  type: 'postUpdate',
  text: 'Better',
  ...(nextInMinutes !== undefined && { nextInMinutes }),
});

/** An update posted at nine, so that the next is due at half past. */
const promised = (fields: Partial<Incident> = {}, minutes = 30) =>
  play(anIncident({ roles, ...fields }), update(minutes), '09:00').incident;

/** What happens when the clock strikes at each of these times. */
function told(incident: Incident, ...times: string[]): string[] {
  let now = incident;
  return times.flatMap((time) => {
    const step = play(now, { type: 'checkUpdate' }, time);
    now = step.incident;
    return step.events.map((event) => `${time} ${event.type} ${'person' in event ? event.person : '-'}`);
  });
}

const steps = (incident: Incident) => nextStep(incident)?.toISOString().slice(11, 16);

describe('of an update that is due at 09:30', () => {
  it('the writer hears five minutes before, people see it when it is due, the commander hears five minutes after', () => {
    const everyMinute = Array.from({ length: 60 }, (_, minute) => `09:${String(minute).padStart(2, '0')}`);
    expect(told(promised(), ...everyMinute)).toEqual([
      '09:25 updateReminded U0BEN',
      '09:30 updateFellDue -',
      '09:35 updateEscalated U0EVA',
    ]);
  });

  it('each is planned for its minute', () => {
    let { incident } = { incident: promised() };
    for (const time of ['09:25', '09:30', '09:35']) {
      expect(steps(incident)).toBe(time);
      ({ incident } = play(incident, { type: 'checkUpdate' }, time));
    }
    expect(steps(incident)).toBeUndefined();
  });

  it('one that is due soon is reminded of when a third of the time is left', () => {
    expect(steps(promised({}, 9))).toBe('09:06');
  });

  it.each<[string, Partial<Incident>, string, string]>([
    [
      'without a communications lead the commander writes, and the deputy hears',
      { roles: { commander: roles.commander, deputy: roles.deputy } },
      'U0EVA',
      'U0DEV',
    ],
    ['alone the commander is not told twice', { roles: { commander: roles.commander } }, 'U0EVA', '-'],
    ['nobody has a role: the declarer writes', { roles: {} }, 'U0ANA', '-'],
    [
      'a deputy stands in for the commander',
      { roles: { communications: roles.communications, deputy: roles.deputy } },
      'U0BEN',
      'U0DEV',
    ],
  ])('%s', (_, fields, writer, other) => {
    expect(told(promised(fields), '09:25', '09:30', '09:35')).toEqual([
      `09:25 updateReminded ${writer}`,
      '09:30 updateFellDue -',
      `09:35 updateEscalated ${other}`,
    ]);
  });

  it('after a gap the writer is told once, and the commander only when the writer had time to write', () => {
    expect(told(promised(), '11:00', '11:00', '11:04', '11:05', '11:06')).toEqual([
      '11:00 updateReminded U0BEN',
      '11:00 updateFellDue -',
      '11:05 updateEscalated U0EVA',
    ]);
  });

  it('a snoozed reminder comes again, and what was promised stays promised', () => {
    const { incident } = play(promised(), { type: 'checkUpdate' }, '09:25');
    const snoozed = play(incident, { type: 'snoozeUpdate', minutes: 15 }, '09:26').incident;
    expect(told(snoozed, '09:30', '09:35', '09:40', '09:41', '09:46')).toEqual([
      '09:30 updateFellDue -',
      '09:35 updateEscalated U0EVA',
      '09:41 updateReminded U0BEN',
    ]);
  });

  it('who is on it is left to write for ten minutes', () => {
    const { incident } = play(promised(), { type: 'checkUpdate' }, '09:25');
    const claimed = play(incident, { type: 'claimUpdate', person: 'U0BEN' }, '09:33').incident;
    expect(told(claimed, '09:35', '09:42', '09:43')).toEqual(['09:35 updateFellDue -', '09:43 updateEscalated U0EVA']);
  });

  it('a commander who is on it does not hear of it', () => {
    const claimed = play(promised(), { type: 'claimUpdate', person: 'U0EVA' }, '09:20').incident;
    expect(told(claimed, '09:25', '09:35')).toEqual(['09:35 updateFellDue -', '09:35 updateEscalated U0DEV']);
  });

  it('a button of an earlier promise does nothing to this one', () => {
    const due = at('09:00');
    expect(decide(promised(), { type: 'snoozeUpdate', minutes: 15, due }, at('09:10'), policy)).toEqual({
      refused: 'no-update-due',
    });
    expect(decide(promised(), { type: 'claimUpdate', person: 'U0BEN', due }, at('09:10'), policy)).toEqual({
      refused: 'no-update-due',
    });
  });

  it('posting it begins anew, also when the next is due at the same minute', () => {
    const { incident } = play(promised({}, 30), { type: 'checkUpdate' }, '09:25');
    const posted = play(incident, update(4), '09:26').incident;
    expect(posted.nextUpdateDue).toEqual(at('09:30'));
    expect(told(posted, '09:28', '09:29')).toEqual(['09:29 updateReminded U0BEN']);
  });

  it.each<[string, Command]>([
    ['resolved', { type: 'resolve', impact: { felt: 'no' }, note: '' }],
    ['cancelled', { type: 'cancel', reason: '' }],
    ['merged', { type: 'merge', into: { id: 'inc_8', number: 8, isOver: false, isPrivate: false } }],
  ])('nobody hears any more once it is %s', (_, end) => {
    const { incident } = play(promised(), end, '09:10');
    expect(steps(incident)).toBeUndefined();
    expect(told(incident, '09:25', '09:30', '09:35')).toEqual([]);
  });

  it('a higher severity moves all of it', () => {
    const raised = play(promised(), { type: 'changeSeverity', to: 'sev1', reason: '' }, '09:05').incident;
    expect(told(raised, '09:14', '09:15', '09:20', '09:25')).toEqual([
      '09:15 updateReminded U0BEN',
      '09:20 updateFellDue -',
      '09:25 updateEscalated U0EVA',
    ]);
  });
});

describe('of a severity that is quiet at night', () => {
  const quiet = (minutes: number) => play(anIncident({ roles, severity: 'sev4' }), update(minutes), '16:00').incident;

  it('the writer hears in the morning, and the commander after them', () => {
    const incident = quiet(90);
    expect(nextStep({ ...incident, reminder: { ...incident.reminder, fellDue: true } })).toEqual(
      new Date('2026-03-03T09:00Z'),
    );
    expect(incident.reminder?.escalateAt).toEqual(new Date('2026-03-03T09:05Z'));
  });

  it('people see at night that it is due', () => {
    expect(told(quiet(90), '17:25', '17:30', '17:35')).toEqual(['17:30 updateFellDue -']);
  });

  it('once it is severe, they hear at once of the same promise', () => {
    const raised = play(quiet(90), { type: 'changeSeverity', to: 'sev3', reason: '' }, '17:10').incident;
    expect(raised.nextUpdateDue).toBeUndefined();
    const severe = play(quiet(75), { type: 'changeSeverity', to: 'sev2', reason: '' }, '17:00').incident;
    expect(severe.nextUpdateDue).toEqual(at('17:15'));
    expect(told(severe, '17:09', '17:10', '17:15', '17:20')).toEqual([
      '17:10 updateReminded U0BEN',
      '17:15 updateFellDue -',
      '17:20 updateEscalated U0EVA',
    ]);
  });
});

describe('people who asked', () => {
  it('are named by the update that answers them, once', () => {
    const asked = play(promised(), { type: 'requestUpdate', person: 'U0SAM', question: 'Can we sell?' }, '09:05');
    const posted = play(asked.incident, update(), '09:10');
    expect(posted.events[0]).toMatchObject({ type: 'updatePosted', answers: ['U0SAM'] });
    expect(play(posted.incident, update(), '09:20').events[0]).not.toHaveProperty('answers');
  });
});
