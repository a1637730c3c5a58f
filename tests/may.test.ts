import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../src/incident/incident.ts';
import { type Action, denial, type Kind, actions as table, unfit, visibleTo } from '../src/may.ts';
import { anIncident, aPerson, thePolicy } from './support/given.ts';

const actions = Object.keys(table) as Action[];
const usual = thePolicy();
const open = thePolicy({ guestsMayDeclare: true });

/** What ends an incident, hides it or makes light of it, or takes its words out of the house. */
const weighty: Action[] = [
  'lowerSeverity',
  'resolve',
  'reopen',
  'cancel',
  'makePrivate',
  'editTimeline',
  'writePostmortem',
  'export',
  'erase',
];
const everyMembers = actions.filter((action) => action !== 'erase');

/** What of all actions a person may do. */
function allowed(kind: Kind, policy = usual, incident: Incident | undefined = anIncident(), here = false): Action[] {
  return actions.filter((action) => !denial(policy, aPerson('U0BEN', kind), action, incident, { here }));
}

describe('who may do what', () => {
  it.each<[Kind, string, typeof usual, Action[]]>([
    ['member', 'by every policy', usual, everyMembers],
    ['guest', 'by the usual policy', usual, []],
    ['guest', 'where guests may declare', open, ['declare', 'see', 'postUpdate', 'raiseSeverity']],
    ['stranger', 'wherever', open, []],
    ['bot', 'wherever', open, []],
    ['deactivated', 'wherever', open, []],
    // Slack is down and nothing is known: what helps goes on, what ends, hides or makes light of it waits.
    ['unknown', 'with Slack down', usual, actions.filter((action) => !weighty.includes(action))],
  ])('%s, %s', (kind, _, policy, may) => expect(allowed(kind, policy)).toEqual(may));

  it.each<[Kind, string]>([
    ['guest', 'guest'],
    ['stranger', 'stranger'],
    ['bot', 'bot'],
    ['deactivated', 'deactivated'],
    ['unknown', 'cannot-check'],
  ])('%s is told why', (kind, why) => expect(denial(usual, aPerson('U0BEN', kind), 'resolve', anIncident())).toBe(why));
});

describe('what the policy leaves to those in the incident', () => {
  const tight = thePolicy({
    respondersOnly: ['lowerSeverity', 'resolve', 'reopen', 'cancel'],
    incidentAdmins: ['U0ADMIN'],
  });
  const theirs = anIncident({
    declaredBy: 'U0ANA',
    members: ['U0EVA'],
    roles: { scribe: { person: 'U0DEV', since: anIncident().declaredAt } },
  });

  it.each<[string, string, boolean]>([
    ['who is in its channel', 'U0EVA', true],
    ['who has a role', 'U0DEV', true],
    ['an incident admin', 'U0ADMIN', true],
    ['who only declared it', 'U0ANA', false],
    ['anybody else', 'U0BEN', false],
  ])('%s (%s): %p', (_, id, may) => {
    for (const action of tight.respondersOnly)
      expect(denial(tight, aPerson(id), action, theirs)).toBe(may ? undefined : 'responders-only');
    // What helps stays everybody's.
    for (const action of actions.filter((one) => !weighty.includes(one)))
      expect(denial(tight, aPerson(id), action, theirs)).toBeUndefined();
  });
});

it('only incident admins erase', () => {
  const policy = thePolicy({ incidentAdmins: ['U0ADMIN'] });
  expect(denial(policy, aPerson('U0ADMIN'), 'erase', anIncident())).toBeUndefined();
  expect(denial(policy, aPerson('U0EVA'), 'erase', anIncident({ members: ['U0EVA'] }), { here: true })).toBe(
    'admins-only',
  );
  expect(denial(policy, aPerson('U0ADMIN', 'unknown'), 'erase', anIncident())).toBe('cannot-check');
});

describe('a role or a task', () => {
  it.each<[Kind, string | undefined, string | undefined]>([
    // as usual, and where guests may declare
    ['member', undefined, undefined],
    ['unknown', undefined, undefined],
    ['guest', 'guest', undefined],
    ['bot', 'bot', 'bot'],
    ['stranger', 'stranger', 'stranger'],
    ['deactivated', 'deactivated', 'deactivated'],
  ])('of a %s', (kind, usually, openly) => {
    expect(unfit(usual, aPerson('U0BEN', kind))).toBe(usually);
    expect(unfit(open, aPerson('U0BEN', kind))).toBe(openly);
  });
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
