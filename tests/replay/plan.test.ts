import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { withPromises } from '../../replay/cadence.ts';
import { finalStatus, planOf, textsOf } from '../../replay/plan.ts';
import { type Entry, parseSource, SourceError } from '../../replay/source.ts';
import { loadPolicy } from '../../src/policy.ts';

const at = (time: string) => new Date(`2025-03-03T${time}:00Z`);

function anEntry(entry: Partial<Entry> = {}): Entry {
  const updates = [
    { at: at('09:00'), status: 'Investigating', message: 'We look.' },
    { at: at('10:00'), status: 'Resolved', message: 'It is over.' },
  ];
  return { id: '1', title: 'Search is slow', impact: 'minor', components: [], updates, window: undefined, ...entry };
}

const doings = (entry: Partial<Entry>) => planOf(anEntry(entry)).steps.map((step) => step.do);

describe('a plan', () => {
  it('declares, posts every text and resolves last', () => {
    expect(doings({})).toEqual(['declare', 'update', 'update', 'resolve']);
  });

  it('posts an Update without changing the status', () => {
    const updates = ['Investigating', 'Update', 'Identified', 'Identified'].map((status) => ({
      at: at('09:00'),
      status,
      message: 'x',
    }));
    expect(doings({ updates })).toEqual(['declare', 'update', 'update', 'update', 'status', 'update']);
    expect(finalStatus(planOf(anEntry({ updates })))).toBe('identified');
  });

  it('of an incident that begins resolved declares, posts and resolves', () => {
    expect(doings({ updates: [{ at: at('09:00'), status: 'Resolved', message: 'It was.' }] })).toEqual([
      'declare',
      'update',
      'resolve',
    ]);
  });

  it('resolves once, and posts what is said afterwards', () => {
    const updates = ['Resolved', 'Investigating', 'Resolved', 'Postmortem'].map((status) => ({
      at: at('09:00'),
      status,
      message: 'x',
    }));
    expect(doings({ updates })).toEqual(['declare', 'update', 'resolve', 'update', 'update', 'update']);
  });

  it('states the impact that is known by then', () => {
    const window = { started: at('08:30'), ended: at('09:45') };
    expect(planOf(anEntry({ window })).steps.at(-1)).toMatchObject({ impact: { felt: 'yes', ...window } });
    const later = planOf(anEntry({ window: { ...window, ended: at('10:30') } }));
    expect(later.steps.at(-1)).toMatchObject({ impact: { felt: 'yes', started: at('08:30') } });
    expect(later.notes).toEqual(['its impact ended after it was resolved: resolved with the end not known']);
  });

  it('never turns time back within an incident', () => {
    const updates = ['09:00', '08:00', '09:30'].map((time) => ({ at: at(time), status: 'Update', message: time }));
    expect(planOf(anEntry({ updates })).steps.map((step) => step.at)).toEqual(
      ['09:00', '09:00', '09:00', '09:30'].map(at),
    );
  });

  it('says in several updates what is too long for one', () => {
    const message = `${'word '.repeat(1_000)}end`;
    const texts = textsOf(planOf(anEntry({ updates: [{ at: at('09:00'), status: 'Update', message }] })));
    expect(texts.length).toBe(2);
    expect(texts.join(' ')).toBe(message);
  });
});

describe('a plan that keeps its promises', () => {
  const policy = loadPolicy('config/tocsin.yml');
  const posted = (entry: Partial<Entry>) =>
    withPromises(planOf(anEntry(entry)), policy).steps.flatMap((step) =>
      step.do === 'update' ? [`${step.at.toISOString().slice(11, 16)} ${step.promised ? 'promised' : 'said'}`] : [],
    );
  const silent = (...updates: [string, string][]) => ({
    impact: 'major' as const,
    updates: updates.map(([time, status]) => ({ at: at(time), status, message: 'x' })),
  });

  it('fills the silence of the source twice, each a minute before it is due, and nothing after the end', () => {
    const updates = silent(['09:00', 'Investigating'], ['12:00', 'Resolved'], ['18:00', 'Postmortem']);
    expect(posted(updates)).toEqual(['09:00 said', '09:29 promised', '09:58 promised', '12:00 said', '18:00 said']);
  });

  it('adds nothing where the source speaks in time, or owes nothing', () => {
    expect(posted(silent(['09:00', 'Investigating'], ['09:20', 'Resolved']))).toEqual(['09:00 said', '09:20 said']);
    expect(posted({ ...silent(['09:00', 'Investigating'], ['19:00', 'Resolved']), impact: 'none' })).toHaveLength(2);
  });
});

describe('a source', () => {
  it('skips planned work and counts it', () => {
    const { incidents, maintenances } = parseSource(readFileSync('replay/sample.jsonl', 'utf8'), 'sample.jsonl');
    expect([incidents.length, maintenances]).toEqual([10, 1]);
  });

  it('names every line that cannot be read', () => {
    expect(() => parseSource('{"id":"1"}\n\nnot json\n', 'x.jsonl')).toThrow(SourceError);
    expect(() => parseSource('{"id":"1"}\n\nnot json\n', 'x.jsonl')).toThrow(/x\.jsonl:1: title[\s\S]*x\.jsonl:3: /);
  });

  it('refuses an incident that is there twice', () => {
    const [line = ''] = readFileSync('replay/sample.jsonl', 'utf8').split('\n');
    expect(() => parseSource(`${line}\n${line}`, 'x.jsonl')).toThrow('x.jsonl: s-01 is there twice');
  });
});
