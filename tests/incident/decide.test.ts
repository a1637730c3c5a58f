import { describe, expect, it } from '@jest/globals';
import type { Command, Declare } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { Decision, Refusal } from '../../src/incident/decision.ts';
import type { Impact } from '../../src/incident/impact.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { openStatuses, type Status, statuses } from '../../src/incident/lifecycle.ts';
import { severities } from '../../src/incident/severity.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const nothing: Decision = { events: [] };
const place = { channel: 'C7', ts: '1.1' };

function decided(fields: Partial<Incident>, command: Command): Decision {
  return decide(anIncident(fields), command, at('10:00'), thePolicy());
}

describe('declare', () => {
  const asked: Declare = {
    type: 'declare',
    title: 'Checkout is failing',
    severity: 'sev2',
    services: [],
    impact: { felt: 'unknown' },
    summary: '',
    isPrivate: false,
    isPractice: false,
  };
  const declared = (fields: Partial<Declare>, policy = thePolicy()) =>
    decide(undeclared('inc_7', 7), { ...asked, ...fields }, at('10:00'), policy);

  it.each<[string, Impact, string]>([
    ['nobody feels it yet: a warm issue', { felt: 'no' }, 'triage'],
    ['customers feel it', { felt: 'yes', started: at('09:50') }, 'investigating'],
    ['nobody knows', { felt: 'unknown' }, 'investigating'],
  ])('%s', (_, impact, status) =>
    expect(declared({ impact })).toMatchObject({ events: [{ type: 'declared', impact, status }] }),
  );

  it.each<[Refusal, Partial<Declare>]>([
    ['unknown-service', { services: ['api', 'mainframe'] }],
    ['unknown-service', { services: ['constructor'] }],
    ['impact-starts-in-the-future', { impact: { felt: 'yes', started: at('10:30') } }],
    ['impact-ends-before-it-starts', { impact: { felt: 'yes', started: at('09:30'), ended: at('09:00') } }],
  ])('is refused with %s', (refused, fields) => expect(declared(fields)).toEqual({ refused }));

  it('names its channel and the policy it begins under', () => {
    expect(declared({ title: 'Sign-in is slow' }, thePolicy({ channelName: 'oops-{number}', version: 'v9' }))).toEqual({
      events: [expect.objectContaining({ channelName: 'oops-7', policyVersion: 'v9' })],
    });
    expect(declared({ isPrivate: true })).toMatchObject({ events: [{ channelName: 'inc-7-private' }] });
  });

  it('carries where it came from', () => {
    expect(declared({ source: place, answerTo: 'command:1' })).toMatchObject({
      events: [{ source: place, answerTo: 'command:1' }],
    });
  });

  it('happens once to an incident', () => {
    expect(decided({}, asked)).toEqual(nothing);
    expect(decided({ status: 'resolved' }, asked)).toEqual(nothing);
  });
});

describe('post an update', () => {
  it.each(statuses)('is possible in %s, and numbered', (status) => {
    expect(decided({ status, updateCount: 3 }, { type: 'postUpdate', text: 'A fix is out' })).toEqual({
      events: [{ type: 'updatePosted', number: 4, text: 'A fix is out' }],
    });
  });
});

describe('change status', () => {
  const changed = (from: Incident['status'], to: Incident['status']) =>
    decided({ status: from }, { type: 'changeStatus', to, note: 'why' });
  const goes = 'goes';

  it.each<[Incident['status'], ...(Refusal | typeof goes)[]]>([
    // from           to: triage              investigating         identified            monitoring            resolved
    ['triage', 'nothing-to-change', goes, goes, goes, 'resolve-by-form'],
    ['investigating', 'no-way-back-to-triage', 'nothing-to-change', goes, goes, 'resolve-by-form'],
    ['identified', 'no-way-back-to-triage', goes, 'nothing-to-change', goes, 'resolve-by-form'],
    ['monitoring', 'no-way-back-to-triage', goes, goes, 'nothing-to-change', 'resolve-by-form'],
    ['resolved', 'incident-over', 'incident-over', 'incident-over', 'incident-over', 'incident-over'],
  ])('from %s', (from, ...expected) => {
    const outcomes = [...openStatuses, 'resolved' as const].map((to) => {
      const decision = changed(from, to);
      if ('refused' in decision) return decision.refused;
      expect(decision.events).toMatchObject([{ type: 'statusChanged', from, to, note: 'why' }]);
      return goes;
    });
    expect(outcomes).toEqual(expected);
  });

  it.each<Status>(['closed', 'declined', 'cancelled', 'merged'])('does not end it as %s', (to) =>
    expect(changed('investigating', to)).toEqual({ refused: 'ends-by-its-own-command' }),
  );

  it('says what it skips', () => {
    expect(changed('triage', 'monitoring')).toMatchObject({ events: [{ skipped: ['investigating', 'identified'] }] });
    expect(changed('monitoring', 'investigating')).toEqual({ events: [expect.not.objectContaining({ skipped: [] })] });
  });
});

describe('change severity', () => {
  it.each(severities.flatMap((from) => severities.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const decision = decided({ severity: from }, { type: 'changeSeverity', to, reason: 'why' });
    expect(decision).toEqual(
      from === to
        ? { refused: 'nothing-to-change' }
        : { events: [{ type: 'severityChanged', from, to, reason: 'why' }] },
    );
  });

  it('is refused once it is over', () => {
    const decision = decided({ status: 'resolved' }, { type: 'changeSeverity', to: 'sev1', reason: '' });
    expect(decision).toEqual({ refused: 'incident-over' });
  });
});

describe('resolve', () => {
  const started = at('09:00');
  const ended = at('09:40');
  const resolved = (fields: Partial<Incident>, impact: Impact) =>
    decided(fields, { type: 'resolve', impact, note: 'Rolled back' });

  it.each<[Status, Status[] | undefined]>([
    ['triage', ['investigating', 'identified', 'monitoring']],
    ['investigating', ['identified', 'monitoring']],
    ['identified', ['monitoring']],
    ['monitoring', undefined],
  ])('is possible from %s, and says what it skips', (from, skipped) => {
    expect(resolved({ status: from, impact: { felt: 'no' } }, { felt: 'no' })).toEqual({
      events: [{ type: 'resolved', from, note: 'Rolled back', ...(skipped && { skipped }) }],
    });
  });

  it('keeps what was known of share and journeys, and names who writes the postmortem', () => {
    const known: Impact = { felt: 'yes', started, share: 20, journeys: ['pay'] };
    const command: Command = { type: 'resolve', impact: { felt: 'yes', started, ended }, note: '', owner: 'U0BEN' };
    const policy = thePolicy({ journeys: { pay: { name: 'Paying' } } });
    expect(decide(anIncident({ impact: known }), command, at('10:00'), policy)).toMatchObject({
      events: [
        { type: 'impactStated', impact: { ...known, ended } },
        { type: 'resolved', owner: 'U0BEN' },
      ],
    });
  });

  it.each<[string, Impact, Impact, boolean]>([
    ['the same is no news', { felt: 'unknown' }, { felt: 'unknown' }, false],
    ['the same times are no news', { felt: 'yes', started, ended }, { felt: 'yes', started, ended }, false],
    ['when it ended', { felt: 'yes', started }, { felt: 'yes', started, ended }, true],
    ['that it was felt after all', { felt: 'no' }, { felt: 'yes' }, true],
    ['a corrected start', { felt: 'yes', started }, { felt: 'yes', started: at('08:50') }, true],
    ['that it was not felt', { felt: 'yes', started }, { felt: 'no' }, true],
  ])('states the impact when there is news of it: %s', (_, known, said, news) => {
    const types = resolved({ impact: known }, said);
    expect(types).toMatchObject({
      events: news ? [{ type: 'impactStated', impact: said }, { type: 'resolved' }] : [{ type: 'resolved' }],
    });
  });

  it.each<[Refusal, Partial<Incident>, Impact]>([
    ['incident-over', { status: 'resolved' }, { felt: 'no' }],
    ['impact-starts-in-the-future', {}, { felt: 'yes', started: at('10:30') }],
    ['impact-ends-in-the-future', {}, { felt: 'yes', ended: at('10:30') }],
    ['impact-ends-before-it-starts', {}, { felt: 'yes', started: ended, ended: started }],
  ])('is refused with %s', (refused, fields, impact) => expect(resolved(fields, impact)).toEqual({ refused }));
});

describe('what is reported back', () => {
  const channel = { id: 'C7', name: 'inc-7' };
  const trouble = { effect: 'pin:inc_7', what: 'pin the headline', why: 'too_many_pins' };
  const unopened: Partial<Incident> = { channel: undefined, channelName: 'inc-7-2', firstChannelName: 'inc-7' };

  it.each<[string, Partial<Incident>, Command, Decision]>([
    [
      'the channel is open',
      { channel: undefined },
      { type: 'reportChannelOpened', channel },
      { events: [{ type: 'channelOpened', channel }] },
    ],
    ['a second channel changes nothing', { channel }, { type: 'reportChannelOpened', channel }, nothing],
    [
      'the name is taken: the next is tried',
      unopened,
      { type: 'reportChannelNameTaken', name: 'inc-7-2' },
      { events: [{ type: 'channelNameTaken', name: 'inc-7-2', next: 'inc-7-3' }] },
    ],
    ['a name that is not tried any more', unopened, { type: 'reportChannelNameTaken', name: 'inc-7' }, nothing],
    ['a name, when there is a channel', { channel }, { type: 'reportChannelNameTaken', name: 'inc-7' }, nothing],
    [
      'the headline is posted',
      {},
      { type: 'reportHeadlinePosted', at: place },
      { events: [{ type: 'headlinePosted', at: place }] },
    ],
    ['a second headline', { headline: place }, { type: 'reportHeadlinePosted', at: place }, nothing],
    [
      'the headline is gone',
      { headline: place },
      { type: 'reportHeadlineGone' },
      { events: [{ type: 'headlineGone' }] },
    ],
    ['no headline is gone', {}, { type: 'reportHeadlineGone' }, nothing],
    [
      'the announcement is posted',
      {},
      { type: 'reportAnnouncementPosted', at: place },
      { events: [{ type: 'announcementPosted', at: place }] },
    ],
    ['a second announcement', { announcement: place }, { type: 'reportAnnouncementPosted', at: place }, nothing],
    ['trouble', {}, { type: 'reportTrouble', ...trouble }, { events: [{ type: 'troubleReported', ...trouble }] }],
    [
      'trouble is over',
      { troubles: [{ ...trouble, at: at('09:05') }] },
      { type: 'reportTroubleOver', effect: trouble.effect },
      { events: [{ type: 'troubleCleared', effect: trouble.effect }] },
    ],
    ['no trouble is over', {}, { type: 'reportTroubleOver', effect: trouble.effect }, nothing],
    [
      'somebody joined',
      {},
      { type: 'reportJoined', person: 'U0BEN' },
      { events: [{ type: 'personJoined', person: 'U0BEN' }] },
    ],
    ['somebody joined twice', { members: ['U0BEN'] }, { type: 'reportJoined', person: 'U0BEN' }, nothing],
    [
      'somebody left',
      { members: ['U0BEN'] },
      { type: 'reportLeft', person: 'U0BEN' },
      { events: [{ type: 'personLeft', person: 'U0BEN' }] },
    ],
    ['a stranger left', {}, { type: 'reportLeft', person: 'U0BEN' }, nothing],
  ])('%s', (_, fields, command, decision) => {
    expect(decided(fields, command)).toEqual(decision);
    // The outside goes on after the end: what it reports counts then too.
    expect(decided({ ...fields, status: 'resolved' }, command)).toEqual(decision);
  });
});
