import { describe, expect, it } from '@jest/globals';
import { roleNamed } from '../../src/features/roles/role-named.ts';
import { readWho } from '../../src/features/roles/who.ts';
import type { Happened, IncidentEvent } from '../../src/incident/events.ts';
import { isUntrained, unfilledKeyRoles } from '../../src/incident/roles.ts';
import { tenuresOf } from '../../src/incident/tenures.ts';
import { anIncident, aPerson, at, thePolicy } from '../support/given.ts';

const role = { duty: 'Does it', first: [], key: false, qualified: [] };
const policy = thePolicy({
  roles: {
    commander: { ...role, name: 'Incident commander', key: true, qualified: ['U0ANA'] },
    communications: { ...role, name: 'Communications lead', aliases: ['Comms'], key: true },
    scribe: { ...role, name: 'Scribe' },
  },
});

describe('a role by its words', () => {
  it.each([
    ['commander', 'commander'],
    ['Incident  Commander', 'commander'],
    ['IC', 'commander'],
    ['comms', 'communications'],
    ['communications lead', 'communications'],
    ['scr', 'scribe'],
  ])('%s is %s', (words, is) => expect(roleNamed(words, policy.roles)).toEqual({ role: is }));

  it.each([
    ['comander', { near: 'commander' }],
    ['scrbe', { near: 'scribe' }],
    // Two begin so: not guessed, only suggested.
    ['comm', { near: 'communications' }],
    ['captain', {}],
    ['constructor', {}],
    ['', {}],
  ])('%s is none, and may mean %j', (words, named) => expect(roleNamed(words, policy.roles)).toEqual(named));
});

describe('whom a line names', () => {
  it.each([
    ['commander @ana', ['U0ANA'], 'commander', 'U0ANA'],
    ['@ana communications lead', ['U0ANA'], 'communications lead', 'U0ANA'],
    ['scribe me', [], 'scribe', 'U0BEN'],
    ['scribe NOBODY', [], 'scribe', null],
    ['scribe', [], 'scribe', undefined],
    ['scribe @whoever', [], 'scribe', 'not-known'],
    ['', [], '', undefined],
  ])('%s', (text, mentions, words, who) =>
    expect(readWho({ text, mentions, person: aPerson('U0BEN') })).toEqual({ words, who }),
  );
});

describe('a role that is missed', () => {
  const held = { person: 'U0ANA', since: at('09:00') };
  it('is one that is key and that nobody has, while there is something to do', () => {
    expect(unfilledKeyRoles(anIncident(), policy)).toEqual(['commander', 'communications']);
    expect(unfilledKeyRoles(anIncident({ roles: { commander: held } }), policy)).toEqual(['communications']);
    expect(unfilledKeyRoles(anIncident({ status: 'resolved' }), policy)).toEqual([]);
  });
});

it.each([
  ['sev1', 'U0BEN', 'commander', true],
  ['sev2', 'U0BEN', 'commander', true],
  ['sev3', 'U0BEN', 'commander', false],
  ['sev1', 'U0ANA', 'commander', false],
  ['sev1', 'U0BEN', 'scribe', false],
] as const)('on a %s %s as %s is untrained: %p', (severity, person, key, is) =>
  expect(isUntrained(anIncident({ severity }), key, person, policy)).toBe(is),
);

it('who held what, when, follows from the record', () => {
  const then = (time: string, event: IncidentEvent): Happened & { event: IncidentEvent } => ({
    event,
    by: 'U0EVA',
    at: at(time),
  });
  const record = [
    then('09:00', { type: 'roleAssigned', role: 'commander', person: 'U0ANA', how: 'taken' }),
    then('09:10', { type: 'roleAssigned', role: 'scribe', person: 'U0DEV', how: 'assigned' }),
    then('09:20', { type: 'statusChanged', from: 'investigating', to: 'identified', note: '' }),
    then('09:30', { type: 'roleAssigned', role: 'commander', person: 'U0BEN', from: 'U0ANA', how: 'handed-over' }),
    then('09:40', { type: 'roleFreed', role: 'scribe', from: 'U0DEV' }),
  ];
  expect(tenuresOf(record)).toEqual([
    { role: 'commander', person: 'U0ANA', from: at('09:00'), until: at('09:30'), how: 'taken', by: 'U0EVA' },
    { role: 'scribe', person: 'U0DEV', from: at('09:10'), until: at('09:40'), how: 'assigned', by: 'U0EVA' },
    { role: 'commander', person: 'U0BEN', from: at('09:30'), how: 'handed-over', by: 'U0EVA' },
  ]);
});
