import { describe, expect, it } from '@jest/globals';
import { identify, ownPost, rateNotice, teamsOf } from '../../src/slack/deliveries.ts';
import { aCommand, anEvent, aPress, aSubmission } from './arrivals.ts';

describe('which delivery it is', () => {
  it.each([
    ['an event by its id', anEvent('Ev1'), 'event:Ev1'],
    ['a command by its trigger', aCommand('1.2.a'), 'command:1.2.a'],
    ['a press by its trigger', aPress('1.2.a'), 'press:1.2.a'],
    ['a submission by its trigger', aSubmission('1.2.a'), 'submit:1.2.a'],
    ['a global shortcut by its trigger', { type: 'shortcut', trigger_id: '1.2.a' }, 'shortcut:1.2.a'],
    ['a message shortcut by its trigger', { type: 'message_action', trigger_id: '1.2.a' }, 'shortcut:1.2.a'],
    ['a closed form by its view', { type: 'view_closed', view: { id: 'V1', hash: '1.abc' } }, 'closed:V1:1.abc'],
  ])('%s', (_, body, key) => {
    expect(identify(body)).toEqual({ key, kind: key.split(':')[0] });
  });

  it.each([
    ['no event id', { type: 'event_callback', event: {} }],
    ['a command without a trigger', { command: '/incident' }],
    ['a type nobody knows', { type: 'message_dance', trigger_id: '1' }],
    ['too many events', { type: 'app_rate_limited', minute_rate_limited: 1 }],
    ['no object', 'hello'],
    ['nothing', null],
  ])('none: %s', (_, body) => {
    expect(identify(body)).toBeUndefined();
  });

  it('knows the notice that events are held back', () => {
    const notice = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1_518_467_820 };
    expect(rateNotice(notice)).toEqual(new Date('2018-02-12T20:37:00Z'));
    expect(rateNotice(anEvent('Ev1'))).toBeUndefined();
  });

  it('finds every workspace that an event is for', () => {
    expect(teamsOf(anEvent('Ev1'))).toEqual(['T1']);
    const shared = { ...anEvent('Ev1'), team_id: 'T2', authorizations: [{ team_id: 'T1' }, { team_id: null }] };
    expect(teamsOf(shared)).toEqual(['T2', 'T1']);
    expect(teamsOf({ team_id: null })).toEqual([]);
  });
});

describe('a post of our own that comes back', () => {
  const post = {
    type: 'message',
    channel: 'C1',
    ts: '1.000100',
    bot_id: 'B1',
    metadata: { event_type: 'tocsin', event_payload: { key: 'eff_1' } },
  };

  it('is known by its key', () => {
    expect(ownPost(anEvent('Ev1', post), 'tocsin', 'B1')).toEqual({ key: 'eff_1', channel: 'C1', ts: '1.000100' });
  });

  it.each([
    ['somebody else wrote it', { ...post, bot_id: 'B2' }],
    ['a person wrote it', { ...post, bot_id: undefined }],
    ['it carries the mark of another app', { ...post, metadata: { ...post.metadata, event_type: 'other' } }],
    ['it carries none', { ...post, metadata: undefined }],
    ['it is an edit', { ...post, subtype: 'message_changed', ts: undefined }],
  ])('is not ours when %s', (_, event) => {
    expect(ownPost(anEvent('Ev1', event), 'tocsin', 'B1')).toBeUndefined();
  });
});
