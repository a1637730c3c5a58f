import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { AddFollowUp } from '../../src/incident/follow-up-commands.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const policy = thePolicy();
const now = at('10:00');
const source = { channel: 'C7', ts: '1.1' };

const decided = (incident: Incident, command: Command) => decide(incident, command, now, policy);

function later(incident: Incident, ...commands: Command[]): Incident {
  return commands.reduce((before, command) => {
    const decision = decided(before, command);
    if ('refused' in decision) throw new Error(decision.refused);
    return decision.events.reduce((so_far, event) => evolve(so_far, event, { by: 'U0ANA', at: now }), before);
  }, incident);
}

const add = (fields: object = {}) => AddFollowUp.parse({ type: 'addFollowUp', text: 'Add an alert', ...fields });
const inDays = (from: Date, days: number) => new Date(from.getTime() + days * 24 * 60 * 60_000);

describe('a follow-up', () => {
  it('is due by the severity that was reached: from now, or from when it was resolved', () => {
    const running = anIncident({ severity: 'sev3', highestSeverity: 'sev1' });
    expect(decided(running, add())).toMatchObject({ events: [{ due: inDays(now, 7), kind: 'process' }] });
    const resolved = anIncident({ status: 'resolved', resolvedAt: at('09:30') });
    expect(decided(resolved, add())).toMatchObject({ events: [{ due: inDays(at('09:30'), 30) }] });
    expect(decided(running, add({ due: at('12:00') }))).toMatchObject({ events: [{ due: at('12:00') }] });
  });

  it('is made once of one message, and may be made when all is over', () => {
    const one = later(anIncident({ status: 'closed' }), add({ source }));
    expect(one.followUps).toHaveLength(1);
    expect(decided(one, add({ source }))).toEqual({ events: [] });
    expect(later(one, add()).followUps.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('keeps its number when others are dropped', () => {
    const two = later(anIncident(), add(), add(), { type: 'dropFollowUp', number: 1, reason: '' }, add());
    expect(two.followUps.map(({ number }) => number)).toEqual([2, 3]);
  });

  it('is changed, finished and opened again, and refuses what is no change', () => {
    const one = later(anIncident(), add());
    const change = { type: 'changeFollowUp', number: 1 } as const;
    expect(later(one, { ...change, owner: 'U0BEN' }).followUps).toMatchObject([
      { owner: 'U0BEN', text: 'Add an alert' },
    ]);
    expect(later(one, { ...change, owner: 'U0BEN' }, { ...change, owner: null }).followUps[0]?.owner).toBeUndefined();
    expect(decided(one, { ...change, owner: null })).toEqual({ refused: 'nothing-to-change' });
    expect(decided(one, { ...change, number: 9 })).toEqual({ refused: 'no-such-follow-up' });
    const done = later(one, { type: 'finishFollowUp', number: 1 });
    expect(done.followUps).toMatchObject([{ done: { by: 'U0ANA' } }]);
    expect(decided(done, { type: 'finishFollowUp', number: 1 })).toEqual({ refused: 'nothing-to-change' });
    expect(later(done, { type: 'reopenFollowUp', number: 1 }).followUps[0]?.done).toBeUndefined();
  });

  it('learns of its ticket once', () => {
    const ticket = { tracker: 'tracker.example', key: 'A-1', url: 'https://tracker.example/A-1' };
    const one = later(anIncident(), add(), { type: 'reportTicket', number: 1, ticket });
    expect(one.followUps).toMatchObject([{ ticket }]);
    expect(decided(one, { type: 'reportTicket', number: 1, ticket })).toEqual({ events: [] });
  });

  it('is refused when there are too many to be done', () => {
    const full = anIncident({ followUps: Array.from({ length: 200 }, () => ({}) as never) });
    expect(decided(full, add())).toEqual({ refused: 'too-many-follow-ups' });
    const withTask = later(anIncident(), { type: 'addTask', text: 'Restart' });
    const filled = { ...full, tasks: withTask.tasks };
    expect(decided(filled, { type: 'carryOverTasks' })).toEqual({ refused: 'too-many-follow-ups' });
  });
});

describe('tasks that are left', () => {
  const left = later(
    anIncident(),
    { type: 'addTask', text: 'Restart', owner: 'U0BEN', source },
    { type: 'addTask', text: 'Call the bank' },
    { type: 'addTask', text: 'Look' },
    { type: 'finishTask', number: 3 },
  );

  it('go on as follow-ups with who has them, and are no tasks any more', () => {
    const over = later(left, { type: 'carryOverTasks' });
    expect(over.followUps).toMatchObject([
      { number: 1, text: 'Restart', owner: 'U0BEN', source, task: 1 },
      { number: 2, text: 'Call the bank', task: 2 },
    ]);
    expect(over.tasks.map(({ number }) => number)).toEqual([3]);
    expect(over.followUpCount).toBe(2);
  });

  it('go on one by one as well, and only if they are there', () => {
    const one = later(left, add({ task: 2 }));
    expect(one.tasks.map(({ number }) => number)).toEqual([1, 3]);
    expect(decided(one, add({ task: 2 }))).toEqual({ events: [] });
    expect(decided(one, add({ task: 9 }))).toEqual({ refused: 'no-such-task' });
  });

  it('go on once, and not where somebody made a follow-up of the same message', () => {
    const over = later(left, { type: 'carryOverTasks' });
    expect(decided(over, { type: 'carryOverTasks' })).toEqual({ refused: 'nothing-to-change' });
    const made = later(left, add({ source }), { type: 'carryOverTasks' });
    expect(made.followUps.map(({ text }) => text)).toEqual(['Add an alert', 'Call the bank']);
  });
});
