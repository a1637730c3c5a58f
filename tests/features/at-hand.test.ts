import { describe, expect, it } from '@jest/globals';
import { storyOf } from '../../src/features/catchup/story.ts';
import { catchUpMessage } from '../../src/features/catchup/views.ts';
import { bridgeOf } from '../../src/features/links/bridge.ts';
import { readFilter } from '../../src/features/list/filter.ts';
import { trayMessage } from '../../src/features/tray/views.ts';
import type { TrayItem } from '../../src/slack/tray-item.ts';
import type { Recorded } from '../../src/store/record.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';
import { aLongPolicy, aNastyIncident, nasty } from '../support/nasty.ts';

const policy = thePolicy();
const nothing = { all: false, mine: false, practice: false };

describe('the words after list', () => {
  it.each([
    ['', nothing],
    ['open', nothing],
    ['all', { ...nothing, all: true }],
    ['MINE all', { ...nothing, mine: true, all: true }],
    ['sev1', { ...nothing, severity: 'sev1' }],
    ['1', { ...nothing, severity: 'sev1' }],
    ['sev-2 checkout', { ...nothing, severity: 'sev2', service: 'checkout' }],
    ['practice', { ...nothing, practice: true }],
    ['chekout', { unknown: 'chekout', near: 'checkout' }],
    ['sev9', { unknown: 'sev9', near: 'sev1' }],
    ['constructor', { unknown: 'constructor', near: undefined }],
  ])('%s', (text, filter) => expect(readFilter(text, policy)).toEqual(filter));

  it('may be the whole name of a service', () => {
    const named = thePolicy({ services: { 'sign-in': { name: 'Sign in page' } } });
    expect(readFilter('sign in page', named)).toEqual({ ...nothing, service: 'sign-in' });
  });
});

describe('the bridge', () => {
  const withBridges = thePolicy({
    bridge: 'https://meet.example.com/{number}',
    services: { api: { name: 'API' }, checkout: { name: 'Checkout', bridge: 'https://meet.example.com/c-{number}' } },
  });
  it('is the common one, with the number of the incident', () =>
    expect(bridgeOf(anIncident({ services: ['api'] }), withBridges)).toBe('https://meet.example.com/7'));
  it('is the own one of a service', () =>
    expect(bridgeOf(anIncident({ services: ['api', 'checkout'] }), withBridges)).toBe('https://meet.example.com/c-7'));
  it('is none where the policy names none', () => expect(bridgeOf(anIncident(), policy)).toBeUndefined());
});

describe('catching up', () => {
  const recorded = (count: number): Recorded[] => [
    {
      seq: 1,
      by: 'U0ANA',
      at: at('09:00'),
      event: {
        ...anIncident(),
        type: 'declared',
        severity: 'sev2',
        status: 'investigating',
      },
    },
    ...Array.from(
      { length: count },
      (_, index): Recorded => ({
        seq: index + 2,
        by: 'U0BEN',
        at: at('09:10'),
        event: { type: 'severityChanged', from: 'sev2', to: 'sev1', reason: `turn ${index + 1}` },
      }),
    ),
  ];

  it('tells what happened in order, and leaves out the middle of a long story', () => {
    expect(storyOf(recorded(2), policy)).toEqual([
      expect.stringMatching(/declared by <@U0ANA> as SEV2$/),
      expect.stringMatching(/SEV2 → SEV1: turn 1$/),
      expect.stringMatching(/turn 2$/),
    ]);
    const long = storyOf(recorded(20), policy);
    expect(long[0]).toMatch(/declared by/);
    expect(long[1]).toBe('… 15 more …');
    expect(long.slice(2).map((line) => line.split(': ')[1])).toEqual([16, 17, 18, 19, 20].map((one) => `turn ${one}`));
  });

  it('says who does what, what is open and what is next, in at most 25 lines', () => {
    const roles = { commander: { name: 'Incident commander', duty: 'x', key: true, first: [], qualified: [] } };
    const message = catchUpMessage(
      {
        incident: anIncident({
          roles: { scribe: { person: 'U0BEN', since: at('09:00') } },
          nextUpdateDue: at('09:30'),
          tasks: [{ number: 1, text: 'Restart', owner: 'U0BEN', by: 'U0ANA', at: at('09:00') }],
        }),
        story: ['x'],
        related: [],
        similar: [],
        isIn: false,
      },
      thePolicy({ roles }),
      at('10:00'),
    );
    const text = JSON.stringify(message);
    expect(text).toMatch(/scribe <@U0BEN>/);
    expect(text).toMatch(/1\. Restart · <@U0BEN>/);
    expect(text).toMatch(/update overdue since/);
    expect(text).toMatch(/nobody is Incident commander/);
  });

  it('fits a screen, whatever there is to tell', () => {
    const incident = aNastyIncident({ members: ['U1', 'U2'] });
    const related = Array.from({ length: 100 }, (_, index) => aNastyIncident({}, nasty, index));
    const story = storyOf(recorded(500), policy);
    const { blocks = [] } = catchUpMessage(
      { incident, story, related, similar: related, isIn: false },
      aLongPolicy(),
      at('10:00'),
    );
    const lines = blocks.flatMap((block) => (block.type === 'section' ? (block.text?.text ?? '').split('\n') : ['']));
    expect(lines.length).toBeLessThanOrEqual(25);
  });
});

describe('the tray', () => {
  const item = (label: string, group: TrayItem['group']): TrayItem => ({
    action: `open-${label}`,
    label,
    group,
    may: 'see',
    when: () => true,
  });

  it('has a row for each group, and a menu for what is rare', () => {
    const items = [item('update', 'respond'), item('rename', 'rare'), item('task', 'work'), item('resolve', 'respond')];
    expect(trayMessage(anIncident(), items, policy).blocks).toMatchObject([
      { type: 'section', accessory: { type: 'overflow', options: [{ text: { text: 'rename' } }] } },
      { type: 'actions', elements: [{ action_id: 'open-update', value: 'inc_7' }, { action_id: 'open-resolve' }] },
      { type: 'actions', elements: [{ action_id: 'open-task' }] },
    ]);
  });
});
