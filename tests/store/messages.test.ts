import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { openDatabase, pathOf } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { wordsAsked } from '../../src/incident/words.ts';
import { pinned } from '../../src/store/marks.ts';
import type { Message } from '../../src/store/messages.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { onBothEngines, onSqlite } from '../support/databases.ts';
import { anIncident, at } from '../support/given.ts';

async function anIncidentIn(store: Store, fields: Partial<Incident> = {}): Promise<Incident> {
  const incident = anIncident({ ...fields, version: 1 });
  await store.transact((tx) =>
    tx.incidents.save(incident, undefined, [{ ...incident, type: 'declared', channelName: '', policyVersion: '' }], {
      by: 'U0ANA',
      at: at('09:00'),
    }),
  );
  return incident;
}

const ts = (number: number) => `17722${String(number).padStart(5, '0')}.000100`;

const said = (number: number, text: string, fields: Partial<Message> = {}): Message => ({
  channel: 'C7',
  ts: ts(number),
  incident: 'inc_7',
  author: 'U0ANA',
  kind: 'said',
  text,
  files: [],
  earlier: [],
  ...fields,
});

const texts = (store: Store) =>
  store.read(async (tx) => (await tx.messages.of('inc_7', { limit: 100 })).map(({ text }) => text));
const found = (store: Store, words: string, more: object = {}) =>
  store.read(async (tx) =>
    (await tx.messages.search({ words: wordsAsked(words), sight: 'all', limit: 10, ...more })).map(({ text }) => text),
  );

onBothEngines('messages', (fresh) => {
  it('are kept once, in Slack’s order, whatever order they came in', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    const [first, second] = [said(1, 'first'), said(2, 'second')];
    expect(await store.transact((tx) => tx.messages.keep([second, first]))).toHaveLength(2);
    expect(await store.transact((tx) => tx.messages.keep([{ ...first, text: 'again' }, first]))).toEqual([]);
    expect(await texts(store)).toEqual(['first', 'second']);
  });

  it('take any text that Slack can send', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    const nasty = [
      'half \ud83d of a pair',
      'nul \0 inside',
      'x'.repeat(40_000),
      '\u202eright to left\u200b',
      '`’"{},\\',
    ];
    await store.transact((tx) => tx.messages.keep(nasty.map((text, index) => said(index, text))));
    expect((await texts(store))[2]).toHaveLength(40_000);
    expect((await texts(store)).slice(3)).toEqual(nasty.slice(3));
  });

  it('keep what they said before they were edited, also where the edits overtake each other', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    const one = said(1, 'one');
    await store.transact(async (tx) => {
      await tx.messages.edit({ message: { ...one, text: 'three' }, before: 'two', at: at('09:03') });
      await tx.messages.edit({ message: { ...one, text: 'two' }, before: 'one', at: at('09:02') });
      await tx.messages.keep([one]);
    });
    const [kept] = await store.read((tx) => tx.messages.at([one]));
    expect(kept).toMatchObject({ text: 'three', editedAt: at('09:03'), earlier: [{ text: 'two' }] });
    await store.transact((tx) =>
      tx.messages.edit({ message: { ...one, text: 'four' }, before: 'three', at: at('09:04') }),
    );
    expect(await found(store, 'four')).toEqual(['four']);
    expect(await found(store, 'three')).toEqual([]);
  });

  it('stay erased when they come after it was said that they are deleted', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    const secret = said(1, 'the password is hunter2');
    await store.transact((tx) => tx.messages.erased([secret], 'slack', at('09:05')));
    await store.transact((tx) => tx.messages.keep([secret]));
    await store.transact((tx) => tx.messages.edit({ message: secret, at: at('09:06') }));
    expect(await texts(store)).toEqual(['']);
    expect(await found(store, 'hunter2')).toEqual([]);
  });

  it('are erased one by one, by person and by incident, with images and what they are found by', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    const image = { id: 'F1', incident: 'inc_7', channel: 'C7', ts: ts(1), name: 'graph.png', type: 'image/png' };
    await store.transact(async (tx) => {
      await tx.messages.keep([
        said(1, 'graph'),
        said(2, 'ben one', { author: 'U0BEN' }),
        said(3, 'ben two', { author: 'U0BEN' }),
        said(4, 'rest'),
      ]);
      await tx.images.keep({ ...image, bytes: Buffer.from('png') });
    });
    expect((await store.read((tx) => tx.images.load('F1')))?.bytes.toString()).toBe('png');
    expect(await store.read((tx) => tx.images.of('inc_7'))).toEqual([image]);
    const how = { by: 'U0ADMIN', at: at('10:00'), limit: 1 };
    expect(await store.transact((tx) => tx.messages.erase({ places: [said(1, '')] }, how))).toEqual(
      new Map([['inc_7', 1]]),
    );
    expect(await store.read((tx) => tx.images.of('inc_7'))).toEqual([]);
    await store.transact((tx) => tx.messages.erase({ author: 'U0BEN' }, how));
    expect((await texts(store)).filter(Boolean)).toHaveLength(2);
    await store.transact((tx) => tx.messages.erase({ author: 'U0BEN' }, how));
    await store.transact((tx) => tx.messages.erase({ incident: 'inc_7' }, { ...how, limit: 10 }));
    expect(await texts(store)).toEqual(['', '', '', '']);
    expect(await found(store, 'ben')).toEqual([]);
    const [kept] = await store.read((tx) => tx.messages.at([said(4, '')]));
    expect(kept).toMatchObject({ erasedBy: 'U0ADMIN', erasedAt: at('10:00') });
  });

  it('are found by their words and files, newest first, in one incident or in those that somebody may see', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    await anIncidentIn(store, {
      id: 'inc_8',
      number: 8,
      isPrivate: true,
      declaredBy: 'U0BEN',
      channel: { id: 'C8', name: 'x' },
    });
    const file = { id: 'F1', name: 'Latency-graph.png', type: 'image/png', link: '' };
    await store.transact((tx) =>
      tx.messages.keep([
        said(1, 'the database fails'),
        said(2, 'Databases are failing', { files: [file] }),
        said(2, 'secret database failure', { incident: 'inc_8', channel: 'C8' }),
      ]),
    );
    const both = ['Databases are failing', 'the database fails'];
    expect(await found(store, 'database fail', { incident: 'inc_7' })).toEqual(both);
    expect(await found(store, 'database', { sight: { person: 'U0ANA' } })).toEqual(both);
    expect(await found(store, 'database', { sight: { person: 'U0BEN' } })).toHaveLength(3);
    expect(await found(store, 'latency graph')).toEqual(['Databases are failing']);
    expect(await found(store, 'nowhere')).toEqual([]);
  });
});

onBothEngines('reactions and pins', (fresh) => {
  const mark = (time: string, fields: object = {}) => ({
    channel: 'C7',
    ts: ts(1),
    incident: 'inc_7',
    name: 'eyes',
    person: 'U0ANA',
    at: at(time),
    ...fields,
  });

  it('stand as the latest word says, whatever order they are told in', async () => {
    const store = await fresh.store();
    await anIncidentIn(store);
    const standing = () => store.read(async (tx) => (await tx.marks.of('inc_7')).map(({ name }) => name));
    await store.transact((tx) => tx.marks.remove([mark('09:02')]));
    await store.transact((tx) => tx.marks.add([mark('09:01')]));
    expect(await standing()).toEqual([]);
    await store.transact((tx) => tx.marks.add([mark('09:03'), mark('09:04', { name: pinned, person: 'U0BEN' })]));
    await store.transact((tx) => tx.marks.remove([mark('09:02')]));
    expect(await standing()).toEqual(['eyes', pinned]);
    await store.transact((tx) => tx.marks.unpin({ channel: 'C7', ts: ts(1) }, at('09:05')));
    expect(await standing()).toEqual(['eyes']);
  });
});

onSqlite('erased messages', (fresh) => {
  it('leave no trace in the file', async () => {
    const url = await fresh.url();
    const canary = 'kanarienvogel';
    {
      await using database = await openDatabase(url);
      await migrate(database);
      const store = openStore(database);
      await anIncidentIn(store);
      const many = Array.from({ length: 300 }, (_, number) => said(number + 10, `${canary} ${number}`));
      await store.transact((tx) => tx.messages.keep([said(1, `says ${canary}`), ...many]));
      await store.transact((tx) =>
        tx.messages.edit({ message: said(1, `${canary} once more`), before: `says ${canary}`, at: at('09:09') }),
      );
      for (const limit of [100, 300])
        await store.transact((tx) =>
          tx.messages.erase({ incident: 'inc_7' }, { by: 'U0ADMIN', at: at('10:00'), limit }),
        );
    }
    expect(readFileSync(pathOf(url)).includes(canary)).toBe(false);
  });
});
