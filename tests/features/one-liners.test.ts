import { describe, expect, it } from '@jest/globals';
import { correctSubcommand } from '../../src/features/impact/correct.ts';
import { impactSubcommand } from '../../src/features/impact/slack.ts';
import {
  cancelSubcommand,
  closeSubcommand,
  declineSubcommand,
  reopenSubcommand,
} from '../../src/features/lifecycle/endings.ts';
import { resolveSubcommand, statusSubcommand } from '../../src/features/lifecycle/slack.ts';
import { severitySubcommand } from '../../src/features/severity/slack.ts';
import { updateSubcommand } from '../../src/features/updates/slack.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { cut } from '../../src/slack/blocks.ts';
import type { Inside } from '../../src/slack/inside.ts';
import type { Subcommand } from '../../src/slack/subcommand.ts';
import { anIncident, aPerson, at, thePolicy } from '../support/given.ts';

/** What one line does in the channel of an incident: the command it gives, the form it opens, or what it says. */
async function typed(subcommand: Subcommand, text: string, fields: Partial<Incident> = {}) {
  let given: Command | undefined;
  const incident = anIncident(fields);
  const handle = async (_: string, command: Command) => {
    given = command;
    return { incident, events: [] };
  };
  const inside = { policy: thePolicy(), now: () => at('10:00'), desk: { handle } } as unknown as Inside;
  const call = {
    person: aPerson('U0BEN'),
    by: { person: 'U0BEN' },
    delivery: 'command:1',
    channel: 'C7',
    trigger: '1.2.abc',
    late: false,
    text,
    mentions: [],
    incident,
    here: true,
  };
  const reply = await subcommand.run(call, inside);
  if (given) return given;
  return reply && 'open' in reply ? `opens ${reply.open.callback_id}` : reply?.text;
}

const felt: Partial<Incident> = { impact: { felt: 'yes', started: at('09:00') } };
const long = 'x'.repeat(3001);

describe('one line', () => {
  const lines: [Subcommand, string, unknown][] = [
    [updateSubcommand, '', 'opens update'],
    [updateSubcommand, 'A fix is out', { type: 'postUpdate', text: 'A fix is out' }],
    [updateSubcommand, '\u200b', 'opens update'],
    [updateSubcommand, long, 'opens update'],
    [statusSubcommand, '', 'opens status'],
    [statusSubcommand, 'identified', { type: 'changeStatus', to: 'identified', note: '' }],
    [statusSubcommand, 'Monitorng', { type: 'changeStatus', to: 'monitoring', note: '' }],
    [
      statusSubcommand,
      'identified the cache:\nit is full',
      { type: 'changeStatus', to: 'identified', note: 'the cache:\nit is full' },
    ],
    [statusSubcommand, `identified ${long}`, 'Say it in at most 3,000 characters.'],
    [statusSubcommand, 'broken', 'Which status?'],
    [statusSubcommand, 'triage', 'Which status?'],
    [statusSubcommand, 'resolved', 'opens resolve'],
    [impactSubcommand, '', 'opens impact'],
    [impactSubcommand, '20 %', { type: 'stateImpact', impact: { felt: 'yes', share: 20 }, reason: '' }],
    [impactSubcommand, 'a lot', 'What do customers feel?'],
    [impactSubcommand, `no because ${long}`, 'Say it in at most 3,000 characters.'],
    [correctSubcommand, '', 'opens correct'],
    [correctSubcommand, 'declared 09:05', 'opens correct'],
    [
      correctSubcommand,
      'declared 08:55 because of the page',
      { type: 'correctTime', of: 'declared', to: at('08:55'), reason: 'of the page' },
    ],
    [correctSubcommand, 'the time', 'Which time?'],
    [reopenSubcommand, '', 'It is not resolved. `/incident resolve` comes first.'],
    [reopenSubcommand, 'it is back', { type: 'reopen', reason: 'it is back' }],
    [closeSubcommand, 'all done', { type: 'close', note: 'all done' }],
    [declineSubcommand, 'a test', { type: 'decline', reason: 'a test' }],
    [
      declineSubcommand,
      '',
      'Only a warm issue can be declined. To end this one without resolving it, use `/incident cancel`.',
    ],
    [cancelSubcommand, '', 'opens cancel'],
    [cancelSubcommand, 'a twin', { type: 'cancel', reason: 'a twin' }],
    [severitySubcommand, '', 'opens severity'],
    [severitySubcommand, '1', { type: 'changeSeverity', to: 'sev1', reason: '' }],
    [severitySubcommand, 'sev1: it spreads', { type: 'changeSeverity', to: 'sev1', reason: 'it spreads' }],
    [severitySubcommand, 'SEV-3', { type: 'changeSeverity', to: 'sev3', reason: '' }],
    [severitySubcommand, '10', 'Which severity?'],
    [severitySubcommand, 'high', 'Which severity?'],
    [severitySubcommand, `1 ${long}`, 'Say it in at most 3,000 characters.'],
  ];
  it.each(
    lines.map(([subcommand, text, does]) => ({ line: `${subcommand.name} ${cut(text, 40)}`, subcommand, text, does })),
  )('$line', async ({ subcommand, text, does }) => expect(await typed(subcommand, text)).toEqual(does));
});

describe('resolve in one line', () => {
  it('says when customers stopped feeling it', async () => {
    expect(await typed(resolveSubcommand, '09:40', felt)).toMatchObject({
      type: 'resolve',
      impact: { felt: 'yes', started: at('09:00'), ended: at('09:40') },
    });
    expect(await typed(resolveSubcommand, 'now', { impact: { felt: 'unknown' } })).toMatchObject({
      impact: { felt: 'yes', ended: at('10:00') },
    });
  });

  it('names who writes the postmortem where one is needed: the commander, else whoever resolves it', async () => {
    const commander = { commander: { person: 'U0EVA', since: at('09:00') } };
    expect(await typed(resolveSubcommand, 'now', { ...felt, roles: commander })).toMatchObject({ owner: 'U0EVA' });
    expect(await typed(resolveSubcommand, 'now', felt)).toMatchObject({ owner: 'U0BEN' });
    expect(await typed(resolveSubcommand, 'now', { ...felt, highestSeverity: 'sev3' })).toMatchObject({
      owner: undefined,
    });
    expect(await typed(resolveSubcommand, 'now', { ...felt, isPractice: true })).toMatchObject({ owner: undefined });
  });

  it('asks when it is not a time, and when nobody was said to feel it', async () => {
    expect(await typed(resolveSubcommand, '', felt)).toBe('opens resolve');
    expect(await typed(resolveSubcommand, 'we rolled back', felt)).toBe('opens resolve');
    expect(await typed(resolveSubcommand, 'now', { impact: { felt: 'no' } })).toBe('opens resolve');
  });
});
