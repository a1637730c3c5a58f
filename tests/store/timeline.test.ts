import { expect, it } from '@jest/globals';
import { readTimeline } from '../../src/features/timeline/read.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Message } from '../../src/store/messages.ts';
import type { Store } from '../../src/store/store.ts';
import { onBothEngines } from '../support/databases.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const place = (index: number) => ({ channel: 'C7', ts: `${1_772_442_000 + index}.000100` });
const added = (index: number): IncidentEvent => ({
  type: 'timelineAdded',
  at: new Date(at('09:00').getTime() + index * 1000),
  source: place(index),
});
const message = (index: number, more: Partial<Message> = {}): Message => ({
  ...place(index),
  incident: 'inc_7',
  author: 'U0BEN',
  kind: 'said',
  text: `*Number* ${index}`,
  files: [],
  earlier: [],
  ...more,
});

async function anIncidentWith(store: Store, events: IncidentEvent[], messages: Message[]): Promise<Incident> {
  const incident = anIncident({ version: events.length });
  await store.transact(async (tx) => {
    const policy = thePolicy({
      roles: { scribe: { name: 'note taker', duty: '', first: [], key: false, qualified: [] } },
    });
    await tx.policies.keep('v1', policy, at('08:00'));
    await tx.incidents.save(incident, undefined, events, { by: 'U0ANA', at: at('09:00') });
    await tx.messages.keep(messages);
  });
  return incident;
}

onBothEngines('the timeline', (fresh) => {
  it('says of each entry what is known of it now', async () => {
    const store = await fresh.store();
    const file = { id: 'F1', name: 'graph.png', type: 'image/png', link: 'https://example.slack.com/files/F1' };
    const incident = await anIncidentWith(
      store,
      [
        { type: 'roleAssigned', role: 'scribe', person: 'U0BEN', how: 'taken' },
        ...[1, 2, 3, 4].map(added),
        { type: 'timelineChanged', entry: 'm:C7:1772442001.000100', text: 'Reworded', reason: 'so' },
      ],
      [
        message(1),
        message(2, { text: '', files: [file] }),
        message(3, { text: '', erasedAt: at('10:00'), erasedBy: 'slack' }),
      ],
    );
    const lines = await store.read((tx) => readTimeline(tx, incident, { person: () => 'ben' }));
    expect(lines).toMatchObject([
      { text: 'Note taker was taken by @ben', by: 'U0ANA', files: [] },
      { text: 'Reworded', author: 'U0BEN', source: place(1) },
      { text: 'A file', files: [file] },
      { text: 'A message that was erased', erased: true, files: [] },
      { text: 'A message that is not kept here' },
    ]);
    expect(lines[4]).not.toHaveProperty('author');
  });

  it('is read whole, with a thousand messages in it', async () => {
    const store = await fresh.store();
    const all = Array.from({ length: 1000 }, (_, index) => index);
    const incident = await anIncidentWith(
      store,
      all.map(added),
      all.map((index) => message(index)),
    );
    const lines = await store.read((tx) => readTimeline(tx, incident));
    expect(lines.map(({ text }) => text)).toEqual(all.map((index) => `Number ${index}`));
  });
});
