import { describe, expect, it } from '@jest/globals';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { anIncident, at } from '../support/given.ts';

const by = 'U0BEN';
const happened = { by, at: at('09:30') };
const after = (event: IncidentEvent, fields: Partial<Incident> = {}) => evolve(anIncident(fields), event, happened);
const place = { channel: 'C7', ts: '1.1' };
const trouble = { effect: 'pin:inc_7', what: 'pin the headline', why: 'too_many_pins' };

describe('what an event makes of an incident', () => {
  it('begins with what was declared, by whom and when', () => {
    const declared: IncidentEvent = {
      type: 'declared',
      title: 'Checkout is failing',
      summary: 'Cards are refused',
      severity: 'sev1',
      status: 'investigating',
      services: ['checkout'],
      impact: { felt: 'yes', started: at('09:10') },
      isPrivate: true,
      isPractice: false,
      channelName: 'inc-7-private',
      policyVersion: 'v1',
      answerTo: 'command:1',
    };
    const { type: _, ...said } = declared;
    expect(evolve(undeclared('inc_7', 7), declared, happened)).toEqual({
      ...undeclared('inc_7', 7),
      ...said,
      version: 1,
      highestSeverity: 'sev1',
      firstChannelName: 'inc-7-private',
      declaredBy: by,
      declaredAt: at('09:30'),
      reached: { investigating: at('09:30') },
    });
  });

  it.each<[IncidentEvent, Partial<Incident>, Partial<Incident>]>([
    [{ type: 'channelNameTaken', name: 'inc-7', next: 'inc-7-2' }, {}, { channelName: 'inc-7-2' }],
    [
      { type: 'channelOpened', channel: { id: 'C9', name: 'inc-7-2' } },
      {},
      { channel: { id: 'C9', name: 'inc-7-2' }, channelName: 'inc-7-2' },
    ],
    [{ type: 'headlinePosted', at: place }, {}, { headline: place }],
    [{ type: 'headlineGone' }, { headline: place }, { headline: undefined }],
    [{ type: 'announcementPosted', at: place }, {}, { announcement: place }],
    [
      { type: 'updatePosted', number: 3, text: 'Better' },
      { updateCount: 2 },
      { updateCount: 3, latestUpdate: { number: 3, text: 'Better', by, at: at('09:30') } },
    ],
    [
      { type: 'statusChanged', from: 'triage', to: 'identified', note: '' },
      {},
      { status: 'identified', reached: { identified: at('09:30') } },
    ],
    [
      { type: 'statusChanged', from: 'identified', to: 'investigating', note: '' },
      { reached: { investigating: at('09:00') } },
      { status: 'investigating', reached: { investigating: at('09:00') } },
    ],
    [
      { type: 'severityChanged', from: 'sev2', to: 'sev1', reason: '' },
      { severity: 'sev2' },
      { severity: 'sev1', highestSeverity: 'sev1' },
    ],
    [
      { type: 'severityChanged', from: 'sev2', to: 'sev4', reason: '' },
      { severity: 'sev2' },
      { severity: 'sev4', highestSeverity: 'sev2' },
    ],
    [{ type: 'impactStated', impact: { felt: 'no' } }, {}, { impact: { felt: 'no' } }],
    [
      { type: 'resolved', from: 'monitoring', note: '' },
      {},
      { status: 'resolved', resolvedBy: by, resolvedAt: at('09:30'), reached: { resolved: at('09:30') } },
    ],
    [
      { type: 'resolved', from: 'monitoring', note: '', owner: 'U0EVA' },
      { nextUpdateDue: at('10:00') },
      {
        status: 'resolved',
        resolvedBy: by,
        resolvedAt: at('09:30'),
        reached: { resolved: at('09:30') },
        nextUpdateDue: undefined,
        postmortemOwner: 'U0EVA',
      },
    ],
    [
      { type: 'impactBegan', impact: { felt: 'yes', started: at('09:20') } },
      { impact: { felt: 'yes', started: at('09:00'), ended: at('09:10'), share: 5 } },
      {
        impact: { felt: 'yes', started: at('09:20') },
        earlierImpacts: [{ started: at('09:00'), ended: at('09:10'), share: 5 }],
      },
    ],
    [
      { type: 'reopened', from: 'resolved', reason: '' },
      { status: 'resolved', resolvedBy: by, resolvedAt: at('09:20') },
      {
        status: 'investigating',
        resolvedBy: undefined,
        resolvedAt: undefined,
        reached: { investigating: at('09:30') },
      },
    ],
    [
      { type: 'roleAssigned', role: 'commander', person: 'U0EVA', how: 'handed-over' },
      {
        shadows: { commander: ['U0EVA'] },
        handovers: { commander: { to: 'U0EVA', state: '', thinking: '', watch: '', at: at('09:00') } },
      },
      { roles: { commander: { person: 'U0EVA', since: at('09:30') } }, shadows: {}, handovers: {} },
    ],
    [
      { type: 'taskChanged', number: 2, owner: null, text: 'Roll back' },
      { tasks: [{ number: 2, text: 'Roll', owner: 'U0ANA', by, at: at('09:00') }] },
      { tasks: [{ number: 2, text: 'Roll back', owner: undefined, by, at: at('09:00') }] },
    ],
    [
      { type: 'updatePosted', number: 1, text: 'Better' },
      { updateRequests: [{ by: 'U0EVA', question: '', at: at('09:10') }], reminder: { claimedBy: 'U0EVA' } },
      {
        updateCount: 1,
        latestUpdate: { number: 1, text: 'Better', by, at: at('09:30') },
        updateRequests: [],
        reminder: undefined,
      },
    ],
    [{ type: 'troubleReported', ...trouble }, {}, { troubles: [{ ...trouble, at: at('09:30') }] }],
    [
      { type: 'troubleReported', ...trouble, why: 'is_archived' },
      { troubles: [{ ...trouble, at: at('09:00') }] },
      { troubles: [{ ...trouble, why: 'is_archived', at: at('09:30') }] },
    ],
    [
      { type: 'troubleCleared', effect: trouble.effect },
      { troubles: [{ ...trouble, at: at('09:00') }] },
      { troubles: [] },
    ],
    [{ type: 'personJoined', person: 'U0EVA' }, { members: ['U0ANA'] }, { members: ['U0ANA', 'U0EVA'] }],
    [{ type: 'personLeft', person: 'U0ANA' }, { members: ['U0ANA', 'U0EVA'] }, { members: ['U0EVA'] }],
  ])('%j', (event, before, changed) => {
    expect(after(event, before)).toEqual({ ...anIncident(before), ...changed, version: 2 });
  });

  it('leaves the incident before it as it was', () => {
    const before = Object.freeze(anIncident({ members: Object.freeze(['U0ANA']) as string[] }));
    evolve(before, { type: 'personJoined', person: 'U0EVA' }, happened);
    expect(before).toEqual(anIncident({ members: ['U0ANA'] }));
  });
});
