import { expect, it } from '@jest/globals';
import { readDocument } from '../../src/features/postmortem/read.ts';
import { sections } from '../../src/features/postmortem/sections.ts';
import { type Writing, write } from '../../src/features/postmortem/write.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import type { Store } from '../../src/store/store.ts';
import { onBothEngines } from '../support/databases.ts';
import { aFollowUp, at, thePolicy } from '../support/given.ts';

const policy = thePolicy();
const evil = '<img src=x> [a](https://evil.example) `x` | ![i](https://evil.example/i.png)\n# b';
const source = { channel: 'C7', ts: '1772442000.000100' };
const later = { channel: 'C7', ts: '1772442060.000100' };

const events: [string, string, IncidentEvent][] = [
  [
    '09:00',
    'U0ANA',
    {
      type: 'declared',
      title: evil.slice(0, 40),
      summary: '',
      severity: 'sev2',
      status: 'investigating',
      services: ['api'],
      impact: { felt: 'yes', started: at('08:30'), share: 20 },
      isPrivate: false,
      isPractice: false,
      channelName: 'inc-1',
      policyVersion: policy.version,
    },
  ],
  ['09:02', 'U0BEN', { type: 'roleAssigned', role: 'commander', person: 'U0BEN', how: 'taken' }],
  ['09:03', 'U0ANA', { type: 'timelineAdded', at: at('09:00'), source }],
  ['09:04', 'U0ANA', { type: 'timelineAdded', at: at('09:01'), source: later }],
  ['09:05', 'U0ANA', { type: 'timelineAdded', at: at('09:04'), text: 'The graph *fell*' }],
  [
    '09:06',
    'U0ANA',
    {
      type: 'followUpAdded',
      number: 1,
      text: 'Alert on the pool',
      kind: 'detect',
      priority: 'high',
      due: at('10:00'),
      proof: 'It rings',
      owner: 'U0BEN',
    },
  ],
  ['09:30', 'U0BEN', { type: 'resolved', from: 'investigating', note: 'Made the pool larger' }],
  ['09:31', 'tocsin', { type: 'postmortemDrafted', publishDue: at('17:00') }],
];

async function keep(store: Store, more: typeof events = []): Promise<Incident> {
  return store.transact(async (tx) => {
    let incident: Incident | undefined;
    for (const [time, by, event] of [...events, ...more]) {
      const happened = { by, at: at(time) };
      const next = evolve(incident ?? undeclared('inc_1', 1), event, happened);
      await tx.incidents.save(next, incident, [event], happened);
      incident = next;
    }
    const message = { incident: 'inc_1', author: 'U0BEN', kind: 'said' as const, files: [], earlier: [] };
    const file = (id: string) => ({ id, name: `${id}.png`, type: 'image/png', link: `https://x.example/${id}` });
    await tx.messages.keep([
      { ...message, ...source, text: evil, files: [file('F1'), file('F2')] },
      { ...message, ...later, text: 'gone', erasedAt: at('09:20'), erasedBy: 'U0BEN' },
    ]);
    await tx.images.keep({
      id: 'F1',
      incident: 'inc_1',
      ...source,
      name: 'a ] graph.png',
      type: 'image/png',
      bytes: Buffer.from('x'),
    });
    return incident as Incident;
  });
}

const names = new Map([['U0ANA', 'Ana Silva']]);

onBothEngines('a postmortem', (fresh) => {
  const read = async (store: Store, incident: Incident) => {
    const given = { names, policy, now: at('12:00'), link: () => 'https://x.example/message' };
    const document = await store.read((tx) => readDocument(tx, incident, given));
    return (key: string) => document.sections.find((section) => section.key === key)?.markdown ?? '';
  };

  it('is filled in with what is known, and says what is not', async () => {
    const store = await fresh.store();
    const section = await read(store, await keep(store));
    expect(section('customer-impact')).toMatch(/felt it from 2026-03-02 08:30 UTC; until when is not known/);
    expect(section('customer-impact')).toMatch(/\| Felt for \| not known \|\n\| Customers affected \| 20 % \|/);
    expect(section('detection')).toMatch(/\| First sign seen \| not known \| not known \|/);
    expect(section('detection')).toMatch(/\| Declared \| 2026-03-02 09:00 UTC \| 30 min \|/);
    expect(section('summary')).toMatch(/Made the pool larger/);
    expect(section('follow-ups')).toMatch(
      /- Alert on the pool · detect, high priority · @U0BEN · overdue, due 2026-03-02/,
    );
    expect(section('who-took-part')).toMatch(/\*\*commander\*\*: @U0BEN[\s\S]*Ana Silva/);
  });

  it('shows images, links other files, and nothing of what was erased or is hostile', async () => {
    const store = await fresh.store();
    const section = await read(store, await keep(store));
    const timeline = section('timeline');
    expect(timeline).toContain('![a \\] graph.png](image:F1)');
    expect(timeline).toContain('[F2.png](https://x.example/F2)');
    expect(timeline).toContain('([message](https://x.example/message))');
    expect(timeline).toContain('The graph \\*fell\\*');
    expect(timeline).not.toContain('gone');
    expect(timeline).not.toMatch(/(?<!\\)<img|\]\(https:\/\/evil|^# b/m);
  });

  const writing = (text: string, base: number, by: string): Writing => ({
    incident: 'inc_1',
    section: 'summary',
    text,
    base,
    by,
  });
  const write_ = (store: Store, given: Writing) => store.transact((tx) => write(tx, given, policy, at('12:00')));

  it('keeps both of two texts that were written at once, and counts the one that was first', async () => {
    const store = await fresh.store();
    const incident = await keep(store);
    expect(await write_(store, writing('{{title}} by Ana', 0, 'U0ANA'))).toMatchObject({ saved: { revision: 1 } });
    const clash = { clash: { revision: 1, by: 'U0ANA' }, mine: { revision: 2, aside: true } };
    expect(await write_(store, writing('by Ben', 0, 'U0BEN'))).toMatchObject(clash);
    // The same form once more.
    expect(await write_(store, writing('by Ben', 0, 'U0BEN'))).toMatchObject(clash);
    const [summary] = await store.read((tx) => sections(tx, incident, policy));
    expect(summary).toMatchObject({
      text: '{{title}} by Ana',
      revision: 1,
      asides: [{ text: 'by Ben' }],
      questions: 0,
    });
    expect((await read(store, incident))('summary')).toMatch(/by Ana$/);
    expect(await write_(store, writing('Ben’s after all', 1, 'U0BEN'))).toMatchObject({ saved: { revision: 3 } });
    expect(await store.read((tx) => tx.postmortemTexts.revisions('inc_1'))).toHaveLength(3);
  });

  it('asks for follow-ups only as long as there are none', async () => {
    const store = await fresh.store();
    const incident = await keep(store);
    const asked = async (of: Incident) =>
      (await store.read((tx) => sections(tx, of, policy))).find(({ key }) => key === 'follow-ups')?.questions;
    expect(await asked({ ...incident, followUps: [] })).toBe(1);
    expect(await asked({ ...incident, followUps: [aFollowUp({ number: 1, text: 'Reload certificates' })] })).toBe(0);
  });

  it('is not written once it is published, nor where there is no such section', async () => {
    const store = await fresh.store();
    await keep(store, [['11:00', 'U0ANA', { type: 'postmortemPublished' }]]);
    expect(await write_(store, writing('x', 0, 'U0ANA'))).toEqual({ refused: 'postmortem-published' });
    const section = await read(store, (await store.read((tx) => tx.incidents.load('inc_1'))) as Incident);
    expect(section('what-went-well')).toBe('*Nothing was written here.*');
    expect(section('contributing-factors')).not.toMatch(/What changed shortly before/);
  });

  it('keeps what was written into a section that the template no longer has', async () => {
    const store = await fresh.store();
    const incident = await keep(store);
    await write_(store, writing('What people wrote', 0, 'U0ANA'));
    const other = thePolicy({ postmortemTemplate: { file: 'x.md', text: '## Only this\n{{title}}' } });
    const found = await store.read((tx) => sections(tx, incident, other));
    expect(found).toMatchObject([{ title: 'Only this' }, { title: 'Summary', text: 'What people wrote' }]);
    const nowhere = { ...writing('x', 0, 'U0ANA'), section: 'nowhere' };
    expect(await write_(store, nowhere)).toEqual({ refused: 'no-such-section' });
    expect(await write_(store, writing('x'.repeat(100_001), 1, 'U0ANA'))).toEqual({ refused: 'section-too-long' });
    expect(await write_(store, writing('What people wrote', 1, 'U0ANA'))).toEqual({ refused: 'nothing-to-change' });
  });
});
