import { describe, expect, it } from '@jest/globals';
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

  it('asks when it is not a time, and when nobody was said to feel it', async () => {
    expect(await typed(resolveSubcommand, '', felt)).toBe('opens resolve');
    expect(await typed(resolveSubcommand, 'we rolled back', felt)).toBe('opens resolve');
    expect(await typed(resolveSubcommand, 'now', { impact: { felt: 'no' } })).toBe('opens resolve');
  });
});
