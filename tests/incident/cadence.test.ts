import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const policy = thePolicy({
  cadence: {
    sev1: { investigating: 15, identified: 30, monitoring: 30 },
    sev2: { triage: 60, investigating: 30, identified: 30, monitoring: 60 },
    sev3: { investigating: 60 },
    sev4: {},
  },
  firstUpdate: { sev1: 5 },
});

/** When the next update is due after a command at 09:10; `unchanged` where the plan stays. */
function dueAfter(fields: Partial<Incident>, command: Command) {
  const decision = decide(anIncident(fields), command, at('09:10'), policy);
  if ('refused' in decision) return decision.refused;
  const plan = decision.events.find((event) => event.type === 'nextUpdateDueChanged');
  return plan ? plan.due : 'unchanged';
}

const severity = (to: Incident['severity']): Command => ({ type: 'changeSeverity', to, reason: '' });

describe('when the next update is due', () => {
  it.each<[Incident['severity'], Date | undefined]>([
    ['sev1', at('09:15')],
    ['sev2', at('09:40')],
    ['sev4', undefined],
  ])('counts from declaring: %s', (severity, due) => {
    const command: Command = {
      type: 'declare',
      title: 'Checkout fails',
      severity,
      services: [],
      impact: { felt: 'unknown' },
      summary: '',
      isPrivate: false,
      isPractice: false,
    };
    const decision = decide(undeclared('inc_7', 7), command, at('09:10'), policy);
    expect(decision).toMatchObject({ events: due ? [{}, { due }] : [{}] });
  });

  it.each<[string, Partial<Incident>, Command, Date | undefined | string]>([
    [
      'raising the severity never buys time: what is due sooner stays due',
      { severity: 'sev3', nextUpdateDue: at('09:12'), updateCount: 1 },
      severity('sev1'),
      'unchanged',
    ],
    [
      'a raised severity brings it forward',
      { severity: 'sev3', nextUpdateDue: at('10:00'), updateCount: 1 },
      severity('sev1'),
      at('09:25'),
    ],
    [
      'of a SEV1 that nobody heard of, the first word is owed in five minutes',
      { severity: 'sev2', nextUpdateDue: at('09:40'), updateCount: 0 },
      severity('sev1'),
      at('09:15'),
    ],
    ['minor: on change', { severity: 'sev2', nextUpdateDue: at('09:40') }, severity('sev4'), undefined],
    [
      'an update starts the time anew',
      { nextUpdateDue: at('09:12'), updateCount: 1 },
      { type: 'postUpdate', text: 'Better' },
      at('09:40'),
    ],
    ['as promised in the update', {}, { type: 'postUpdate', text: 'Better', nextInMinutes: 90 }, at('10:40')],
    [
      'on change, when the update says so',
      { nextUpdateDue: at('09:12') },
      { type: 'postUpdate', text: 'Better', nextInMinutes: 0 },
      undefined,
    ],
    [
      'a last word promises nothing more',
      { status: 'resolved' },
      { type: 'postUpdate', text: 'Thank you', nextInMinutes: 30 },
      'unchanged',
    ],
    [
      'reopened: the rhythm begins again',
      { status: 'resolved', updateCount: 2 },
      { type: 'reopen', reason: 'It is back' },
      at('09:40'),
    ],
    [
      'a warm issue that customers feel',
      { status: 'triage', nextUpdateDue: at('10:00') },
      { type: 'stateImpact', impact: { felt: 'yes' }, reason: '' },
      at('09:40'),
    ],
  ])('%s', (_, fields, command, due) => expect(dueAfter(fields, command)).toEqual(due));

  it('snoozing moves the reminder and leaves the promise', () => {
    const decision = decide(
      anIncident({ nextUpdateDue: at('09:12') }),
      { type: 'snoozeUpdate', minutes: 15 },
      at('09:10'),
      policy,
    );
    expect(decision).toEqual({ events: [{ type: 'updateSnoozed', until: at('09:25') }] });
  });
});
