import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { Refusal } from '../../src/incident/decision.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const aRole = { name: 'Commander', duty: 'Runs it', first: [], key: true, qualified: [] };
const policy = thePolicy({ roles: { commander: aRole, scribe: aRole }, journeys: { pay: { name: 'Paying' } } });
const held = (person: string) => ({ person, since: at('09:00') });
const offer = { to: 'U0EVA', state: 'Rolling back', thinking: '', watch: '', at: at('09:05') };
const task = { number: 1, text: 'Roll back', by: 'U0ANA', at: at('09:05') };
const other = { id: 'inc_9', number: 9 };
const open = { ...other, isOver: false, isPrivate: false };

type Case = [Command, Partial<Incident>, IncidentEvent[] | Refusal];

const cases: Record<string, Case[]> = {
  roles: [
    [
      { type: 'assignRoles', assignments: { commander: 'U0EVA', scribe: null } },
      { roles: { commander: held('U0ANA'), scribe: held('U0BEN') } },
      [
        { type: 'roleAssigned', role: 'commander', person: 'U0EVA', from: 'U0ANA', how: 'assigned' },
        { type: 'roleFreed', role: 'scribe', from: 'U0BEN' },
      ],
    ],
    [{ type: 'assignRoles', assignments: { commander: null } }, {}, 'nothing-to-change'],
    [{ type: 'assignRoles', assignments: { captain: 'U0EVA' } }, {}, 'unknown-role'],
    [{ type: 'assignRoles', assignments: { constructor: 'U0EVA' } }, {}, 'unknown-role'],
    [
      { type: 'takeRole', role: 'commander', person: 'U0EVA' },
      {},
      [{ type: 'roleAssigned', role: 'commander', person: 'U0EVA', how: 'taken' }],
    ],
    [{ type: 'takeRole', role: 'commander', person: 'U0EVA' }, { roles: { commander: held('U0ANA') } }, 'role-taken'],
    [{ type: 'takeRole', role: 'commander', person: 'U0EVA' }, { status: 'resolved' }, 'incident-over'],
    [
      { type: 'acceptHandover', role: 'commander', person: 'U0EVA' },
      { roles: { commander: held('U0ANA') }, handovers: { commander: offer } },
      [{ type: 'roleAssigned', role: 'commander', person: 'U0EVA', from: 'U0ANA', how: 'handed-over' }],
    ],
    [
      { type: 'acceptHandover', role: 'commander', person: 'U0BEN' },
      { handovers: { commander: offer } },
      'no-such-handover',
    ],
    // An incident that ends leaves nothing to accept.
    [
      { type: 'cancel', reason: '' },
      { handovers: { commander: offer } },
      [
        { type: 'handoverWithdrawn', role: 'commander', person: 'U0EVA' },
        { type: 'cancelled', from: 'investigating', reason: '' },
      ],
    ],
    [{ type: 'declineHandover', role: 'commander', person: 'U0EVA', reason: '' }, {}, 'no-such-handover'],
    [
      { type: 'declineHandover', role: 'commander', person: 'U0EVA', reason: '' },
      { handovers: { commander: { ...offer, by: 'U0ANA' } } },
      [{ type: 'handoverDeclined', role: 'commander', person: 'U0EVA', reason: '', offeredBy: 'U0ANA' }],
    ],
    // The role goes another way: the offer no longer stands, and whoever has it is told.
    [
      { type: 'assignRoles', assignments: { commander: 'U0BEN' } },
      { roles: { commander: held('U0ANA') }, handovers: { commander: offer } },
      [
        { type: 'handoverWithdrawn', role: 'commander', person: 'U0EVA' },
        { type: 'roleAssigned', role: 'commander', person: 'U0BEN', from: 'U0ANA', how: 'assigned' },
      ],
    ],
    [
      { type: 'takeRole', role: 'commander', person: 'U0BEN' },
      { handovers: { commander: offer } },
      [
        { type: 'handoverWithdrawn', role: 'commander', person: 'U0EVA' },
        { type: 'roleAssigned', role: 'commander', person: 'U0BEN', how: 'taken' },
      ],
    ],
    [
      { type: 'offerHandover', role: 'commander', to: 'U0BEN', state: '', thinking: '', watch: '' },
      { handovers: { commander: offer } },
      [
        { type: 'handoverWithdrawn', role: 'commander', person: 'U0EVA' },
        { type: 'handoverOffered', role: 'commander', to: 'U0BEN', state: '', thinking: '', watch: '' },
      ],
    ],
    [
      { type: 'assignRoles', assignments: { commander: 'U0EVA' } },
      { handovers: { commander: offer } },
      [{ type: 'roleAssigned', role: 'commander', person: 'U0EVA', how: 'assigned' }],
    ],
    // What a person watches to learn: no role of their own, and what is not named any more ends.
    [
      { type: 'assignRoles', assignments: { scribe: 'U0EVA' }, shadowing: { person: 'U0EVA', roles: ['scribe'] } },
      { shadows: { commander: ['U0EVA', 'U0BEN'] } },
      [
        { type: 'roleAssigned', role: 'scribe', person: 'U0EVA', how: 'assigned' },
        { type: 'shadowingEnded', role: 'commander', person: 'U0EVA' },
      ],
    ],
    [
      { type: 'assignRoles', assignments: {}, shadowing: { person: 'U0EVA', roles: ['commander'] } },
      {},
      [{ type: 'shadowingStarted', role: 'commander', person: 'U0EVA' }],
    ],
    [{ type: 'assignRoles', assignments: {}, shadowing: { person: 'U0EVA', roles: ['captain'] } }, {}, 'unknown-role'],
    [
      { type: 'shadowRole', role: 'commander', person: 'U0ANA' },
      { roles: { commander: held('U0ANA') } },
      'nothing-to-change',
    ],
  ],
  impact: [
    [
      { type: 'stateImpact', impact: { felt: 'yes', started: at('09:50') }, reason: '' },
      { impact: { felt: 'yes', started: at('09:00'), ended: at('09:30') } },
      [{ type: 'impactBegan', impact: { felt: 'yes', started: at('09:50') } }],
    ],
    [
      {
        type: 'stateImpact',
        impact: { felt: 'yes', started: at('08:50'), ended: at('09:30') },
        reason: 'Seen in logs',
      },
      { status: 'resolved', impact: { felt: 'yes', started: at('09:00'), ended: at('09:30') } },
      [
        {
          type: 'impactStated',
          impact: { felt: 'yes', started: at('08:50'), ended: at('09:30') },
          reason: 'Seen in logs',
        },
      ],
    ],
    [
      { type: 'stateImpact', impact: { felt: 'yes' }, again: true, reason: '' },
      { impact: { felt: 'yes', started: at('09:00'), ended: at('09:30') } },
      [{ type: 'impactBegan', impact: { felt: 'yes' } }],
    ],
    [{ type: 'stateImpact', impact: { felt: 'no' }, reason: '' }, { status: 'resolved' }, 'reason-needed'],
    [{ type: 'stateImpact', impact: { felt: 'unknown' }, reason: '' }, {}, 'nothing-to-change'],
    [{ type: 'stateImpact', impact: { felt: 'yes', journeys: ['fly'] }, reason: '' }, {}, 'unknown-journey'],
    [
      { type: 'correctTime', of: 'declared', to: at('08:55'), reason: 'The page came first' },
      {},
      [{ type: 'timeCorrected', of: 'declared', from: at('09:00'), to: at('08:55'), reason: 'The page came first' }],
    ],
    [{ type: 'correctTime', of: 'detected', to: at('11:00'), reason: 'x' }, {}, 'time-in-the-future'],
    [{ type: 'correctTime', of: 'resolved', to: at('09:30'), reason: 'x' }, {}, 'not-resolved'],
  ],
  endings: [
    [
      { type: 'reopen', reason: 'Back' },
      { status: 'resolved' },
      [{ type: 'reopened', from: 'resolved', reason: 'Back' }],
    ],
    [{ type: 'reopen', reason: '' }, { status: 'monitoring' }, 'not-resolved'],
    [{ type: 'reopen', reason: '' }, { status: 'cancelled' }, 'not-resolved'],
    [{ type: 'close', note: '' }, { status: 'resolved' }, [{ type: 'closed', note: '' }]],
    [{ type: 'close', note: '' }, { status: 'monitoring' }, 'not-resolved'],
    [{ type: 'close', note: '' }, { status: 'closed' }, 'nothing-to-change'],
    [{ type: 'decline', reason: 'A test' }, { status: 'triage' }, [{ type: 'declined', reason: 'A test' }]],
    [{ type: 'decline', reason: '' }, { status: 'identified' }, 'only-triage-is-declined'],
    [{ type: 'cancel', reason: 'Twin' }, {}, [{ type: 'cancelled', from: 'investigating', reason: 'Twin' }]],
    [{ type: 'cancel', reason: '' }, { status: 'resolved' }, 'incident-over'],
    [{ type: 'resolve', impact: { felt: 'no' }, note: '' }, { status: 'cancelled' }, 'incident-over'],
    [{ type: 'merge', into: open }, {}, [{ type: 'merged', from: 'investigating', into: other }]],
    [
      { type: 'merge', into: { ...open, isPrivate: true } },
      {},
      [{ type: 'merged', from: 'investigating', into: { ...other, isPrivate: true } }],
    ],
    [{ type: 'merge', into: { ...open, id: 'inc_7' } }, {}, 'merge-into-itself'],
    [{ type: 'merge', into: { ...open, isOver: true } }, {}, 'merge-into-one-that-is-over'],
    [{ type: 'merge', into: open }, { isPrivate: true }, 'merge-private-into-public'],
    [{ type: 'absorb', other }, {}, [{ type: 'absorbed', other }]],
    [{ type: 'absorb', other }, { absorbed: [other] }, []],
  ],
  tasks: [
    [
      { type: 'addTask', text: 'Roll back', owner: 'U0BEN' },
      { taskCount: 3 },
      [{ type: 'taskAdded', number: 4, text: 'Roll back', owner: 'U0BEN' }],
    ],
    [
      { type: 'addTask', text: 'Roll back', source: { channel: 'C7', ts: '1.1' } },
      { tasks: [{ ...task, source: { channel: 'C7', ts: '1.1' } }] },
      [],
    ],
    [{ type: 'finishTask', number: 1 }, { tasks: [task] }, [{ type: 'taskFinished', number: 1 }]],
    [{ type: 'finishTask', number: 1 }, { tasks: [task], status: 'resolved' }, [{ type: 'taskFinished', number: 1 }]],
    [{ type: 'finishTask', number: 2 }, { tasks: [task] }, 'no-such-task'],
    [{ type: 'reopenTask', number: 1 }, { tasks: [task] }, 'nothing-to-change'],
    [
      { type: 'changeTask', number: 1, owner: 'U0BEN' },
      { tasks: [task] },
      [{ type: 'taskChanged', number: 1, owner: 'U0BEN' }],
    ],
    [{ type: 'changeTask', number: 1, text: 'Roll back' }, { tasks: [task] }, 'nothing-to-change'],
    [{ type: 'dropTask', number: 1 }, { tasks: [task] }, [{ type: 'taskDropped', number: 1 }]],
  ],
  'at hand': [
    [
      { type: 'addLink', title: '', url: 'https://grafana.example.com/d/1' },
      {},
      [{ type: 'linkAdded', title: 'grafana.example.com', url: 'https://grafana.example.com/d/1' }],
    ],
    [{ type: 'removeLink', url: 'https://example.com' }, {}, 'no-such-link'],
    [{ type: 'relate', other }, { related: [other] }, 'nothing-to-change'],
    [
      { type: 'rename', title: 'Payments are failing' },
      {},
      [
        {
          type: 'renamed',
          from: 'Checkout is failing',
          to: 'Payments are failing',
          channelName: 'inc-7-payments-are-failing',
        },
      ],
    ],
    [{ type: 'makePrivate' }, { isPrivate: true }, 'private-already'],
    [{ type: 'makePrivate' }, {}, [{ type: 'madePrivate', channelName: 'inc-7-private' }]],
    [
      { type: 'requestUpdate', person: 'U0EVA', question: 'How long?' },
      {},
      [{ type: 'updateRequested', person: 'U0EVA', question: 'How long?' }],
    ],
    [
      { type: 'requestUpdate', person: 'U0EVA', question: '' },
      { updateRequests: [{ by: 'U0EVA', question: '', at: at('09:05') }] },
      'asked-already',
    ],
    [{ type: 'claimUpdate', person: 'U0EVA' }, {}, 'no-update-due'],
    [{ type: 'reportChannelGone', how: 'archived' }, {}, [{ type: 'channelGone', how: 'archived' }]],
    [
      { type: 'reportChannelGone', how: 'archived', ours: true },
      {},
      [{ type: 'channelGone', how: 'archived', ours: true }],
    ],
    // Slack takes the bot out of a channel that is archived.
    [{ type: 'reportChannelGone', how: 'bot-removed' }, { channelGone: 'archived' }, []],
    [
      { type: 'reportChannelGone', how: 'deleted' },
      { channelGone: 'archived' },
      [{ type: 'channelGone', how: 'deleted' }],
    ],
    [{ type: 'reportChannelOpened', channel: { id: 'C8', name: 'b' } }, {}, []],
    [
      { type: 'reportChannelOpened', channel: { id: 'C8', name: 'b' } },
      { channelGone: 'deleted' },
      [{ type: 'channelOpened', channel: { id: 'C8', name: 'b' }, instead: true }],
    ],
    [
      { type: 'reportChannelOpened', channel: { id: 'C7', name: 'inc-7-checkout-is-failing' } },
      { channelGone: 'archived' },
      [],
    ],
    [{ type: 'reportChannelNameTaken', name: 'inc-7-checkout-is-failing' }, {}, []],
    [
      { type: 'reportChannelNameTaken', name: 'inc-7-payments' },
      { channelName: 'inc-7-payments', firstChannelName: 'inc-7-payments' },
      [{ type: 'channelNameTaken', name: 'inc-7-payments', next: 'inc-7-payments-2' }],
    ],
    [
      { type: 'reportChannelNameTaken', name: 'inc-7-checkout-is-failing' },
      { channelGone: 'archived' },
      [
        {
          type: 'channelNameTaken',
          name: 'inc-7-checkout-is-failing',
          next: 'inc-7-checkout-is-failing-2',
        },
      ],
    ],
    [{ type: 'reportChannelBack' }, {}, []],
    [{ type: 'reportChannelRenamed', name: 'inc-7-checkout-is-failing' }, {}, []],
  ],
};

describe.each(Object.entries(cases))('%s', (_, these) => {
  it.each(these)('%j on %j', (command, fields, expected) => {
    const decision = decide(anIncident(fields), command, at('10:00'), policy);
    expect(decision).toEqual(typeof expected === 'string' ? { refused: expected } : { events: expected });
  });
});
