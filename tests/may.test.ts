import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../src/incident/incident.ts';
import { type Action, denial, type Kind, visibleTo } from '../src/may.ts';
import { anIncident, aPerson, thePolicy } from './support/given.ts';

const actions: Action[] = [
  'declare',
  'see',
  'join',
  'postUpdate',
  'changeStatus',
  'raiseSeverity',
  'lowerSeverity',
  'resolve',
  'retry',
];
const usual = thePolicy();
const open = thePolicy({ guestsMayDeclare: true });

/** What of all actions a person may do. */
function allowed(kind: Kind, policy = usual, incident: Incident | undefined = anIncident(), here = false): Action[] {
  return actions.filter((action) => !denial(policy, aPerson('U0BEN', kind), action, incident, { here }));
}

describe('who may do what', () => {
  it.each<[Kind, string, typeof usual, Action[]]>([
    ['member', 'by every policy', usual, actions],
    ['guest', 'by the usual policy', usual, []],
    ['guest', 'where guests may declare', open, ['declare', 'see', 'postUpdate', 'raiseSeverity']],
    ['stranger', 'wherever', open, []],
    ['bot', 'wherever', open, []],
    ['deactivated', 'wherever', open, []],
    // Slack is down and nothing is known: what helps goes on, what ends something or makes light of it waits.
    [
      'unknown',
      'with Slack down',
      usual,
      ['declare', 'see', 'join', 'postUpdate', 'changeStatus', 'raiseSeverity', 'retry'],
    ],
  ])('%s, %s', (kind, _, policy, may) => expect(allowed(kind, policy)).toEqual(may));

  it.each<[Kind, string]>([
    ['guest', 'guest'],
    ['stranger', 'stranger'],
    ['bot', 'bot'],
    ['deactivated', 'deactivated'],
    ['unknown', 'cannot-check'],
  ])('%s is told why', (kind, why) => expect(denial(usual, aPerson('U0BEN', kind), 'resolve', anIncident())).toBe(why));
});

describe('a private incident', () => {
  const secret = anIncident({ isPrivate: true, declaredBy: 'U0ANA', members: ['U0EVA'] });
  const admins = thePolicy({ incidentAdmins: ['U0ADMIN'] });

  it.each<[string, string, Kind, boolean]>([
    // to whom, who, known as, whether
    ['who declared it', 'U0ANA', 'member', true],
    ['who is in its channel', 'U0EVA', 'member', true],
    ['an incident admin', 'U0ADMIN', 'member', true],
    ['anybody else', 'U0BEN', 'member', false],
    ['who is in it, while Slack cannot say who that is', 'U0EVA', 'unknown', false],
  ])('%s (%s, %s) sees it: %p', (_, id, kind, visible) => {
    expect(visibleTo(admins, aPerson(id, kind))(secret)).toBe(visible);
    expect(denial(admins, aPerson(id, kind), 'see', secret)).toBe(visible ? undefined : 'not-invited');
    expect(denial(admins, aPerson(id, kind), 'postUpdate', secret)).toBe(visible ? undefined : 'not-invited');
  });

  it('is open to whoever speaks in its channel: Slack lets only members', () => {
    expect(denial(usual, aPerson('U0BEN'), 'resolve', secret, { here: true })).toBeUndefined();
    expect(allowed('guest', usual, secret, true)).toEqual([]);
    expect(allowed('unknown', usual, secret, true)).not.toContain('resolve');
  });

  it('is not joined, updated or resolved from outside', () => expect(allowed('member', usual, secret)).toEqual([]));
});
