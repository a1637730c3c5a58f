import { expect, it } from '@jest/globals';
import { newId } from '../../src/ids.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { wordsAsked } from '../../src/incident/words.ts';
import { sightOf, visibleTo } from '../../src/may.ts';
import { reindex } from '../../src/store/reindex.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { tag } from '../../src/store/tags.ts';
import { onBothEngines } from '../support/databases.ts';
import { anIncident, aPerson, at, thePolicy } from '../support/given.ts';

const happened = { by: 'U0ANA', at: at('09:00') };

const declared = (incident: Incident): IncidentEvent => ({
  ...incident,
  type: 'declared',
  channelName: '',
  policyVersion: '',
});

async function declare(store: Store, fields: Partial<Incident> = {}): Promise<Incident> {
  return store.transact(async (tx) => {
    const { id, number } = undeclared(newId('inc'), await tx.incidents.takeNumber());
    const incident = anIncident({
      title: 'Checkout is failing',
      ...fields,
      id,
      number,
      version: 1,
      channel: undefined,
    });
    await tx.incidents.save(incident, undefined, [declared(incident)], happened, ['Payments']);
    return incident;
  });
}

async function goOn(store: Store, before: Incident, event: IncidentEvent, change: Partial<Incident> = {}) {
  const after = { ...before, ...change, version: before.version + 1 };
  await store.transact((tx) => tx.incidents.save(after, before, [event], happened));
  return after;
}

const found = async (store: Store, text: string, more: object = {}) =>
  (await store.read((tx) => tx.incidents.search({ sight: 'all', limit: 10, words: wordsAsked(text), ...more }))).map(
    ({ number }) => number,
  );

onBothEngines('finding incidents', (fresh) => {
  it('goes by every word they say, in any form, newest first', async () => {
    const store = await fresh.store();
    const first = await declare(store, { summary: 'Café orders time out' });
    await declare(store, { title: 'Search fails', services: ['api'] });
    await declare(store, { title: '決済が失敗する' });
    expect(await found(store, 'fail')).toEqual([2, 1]);
    expect(await found(store, 'FAILED checkouts')).toEqual([1]);
    expect(await found(store, 'cafe')).toEqual([1]);
    expect(await found(store, 'the café is out')).toEqual([1]);
    expect(await found(store, 'payments')).toEqual([3, 2, 1]);
    expect(await found(store, 'api')).toEqual([2]);
    expect(await found(store, '#2')).toEqual([2]);
    expect(await found(store, '決済')).toEqual([3]);
    expect(await found(store, 'checkout search')).toEqual([]);
    expect(await found(store, 'chec')).toEqual([]);
    expect(await found(store, 'chec', { prefix: true })).toEqual([1]);

    await goOn(store, first, { type: 'updatePosted', number: 1, text: 'The cache was full' });
    await goOn(store, { ...first, version: 2 }, { type: 'renamed', from: '', to: 'Basket is empty', channelName: '' });
    expect(await found(store, 'cache checkout basket')).toEqual([1]);
  });

  it('gives a page at a time', async () => {
    const store = await fresh.store();
    for (let count = 0; count < 5; count++) await declare(store);
    expect(await found(store, 'checkout', { limit: 2 })).toEqual([5, 4]);
    expect(await found(store, 'checkout', { limit: 2, before: 4 })).toEqual([3, 2]);
  });

  it.each([
    '"',
    "' OR 1=1 --",
    '*',
    'NEAR(a b)',
    'words:checkout',
    'AND OR NOT',
    '-checkout',
    '^a',
    '{}',
    "'a' & !'b'",
    '\\',
    '\0',
    '\ud83d',
    'x'.repeat(40_000),
    'a b '.repeat(10_000),
    '<!channel>',
  ])('is not harmed by %j', async (text) => {
    const store = await fresh.store();
    await declare(store, { title: text.slice(0, 300), summary: text.slice(0, 3000) });
    await expect(found(store, text)).resolves.toBeDefined();
    await expect(found(store, text, { prefix: true })).resolves.toBeDefined();
  });

  it('takes an incident of more words than an index holds', async () => {
    const store = await fresh.store();
    let incident = await declare(store);
    const long = (round: number) =>
      Array.from({ length: 500 }, (_, at) => `${'決'.repeat(30)}${round}x${at}`).join(' ');
    for (let round = 0; round < 14; round++)
      incident = await goOn(store, incident, { type: 'updatePosted', number: round, text: long(round) });
    expect(await found(store, 'checkout')).toEqual([1]);
  });

  it('shows private ones to those who may see them, as visibleTo has it, and practice runs to nobody', async () => {
    const store = await fresh.store();
    const policy = thePolicy({ incidentAdmins: ['U0ADMIN'] });
    const all = [
      await declare(store),
      await declare(store, { isPrivate: true }),
      await declare(store, { isPrivate: true, members: ['U0BEN'] }),
      await declare(store, { isPrivate: true, declaredBy: 'U0BEN' }),
      await declare(store, { isPrivate: true, roles: { commander: { person: 'U0BEN', since: at('09:00') } } }),
    ];
    const practice = await declare(store, { isPractice: true, members: ['U0BEN'] });
    for (const person of [
      aPerson('U0ANA'),
      aPerson('U0BEN'),
      aPerson('U0CHLOE'),
      aPerson('U0ADMIN'),
      aPerson('U0BEN', 'unknown'),
    ]) {
      const sight = sightOf(policy, person);
      const visible = all
        .filter(visibleTo(policy, person))
        .map(({ number }) => number)
        .reverse();
      const page = await store.read((tx) => tx.incidents.page({ sight, limit: 10 }));
      expect(page.map(({ number }) => number)).toEqual(visible);
      expect(await store.read((tx) => tx.incidents.count({ sight }))).toBe(visible.length);
      expect(await found(store, 'checkout', { sight })).toEqual(visible);
    }
    const drills = await store.read((tx) =>
      tx.incidents.page({ sight: {}, tags: [tag.practice], practice: true, limit: 10 }),
    );
    expect(drills.map(({ number }) => number)).toEqual([practice.number]);
  });

  it('lists by severity, service and person as they are now', async () => {
    const store = await fresh.store();
    const one = await declare(store, { severity: 'sev1', services: ['api'], members: ['U0BEN'] });
    await declare(store, { severity: 'sev2', services: ['api', 'checkout'] });
    const listed = async (...tags: string[]) =>
      (await store.read((tx) => tx.incidents.page({ sight: 'all', tags, limit: 10 }))).map(({ number }) => number);
    expect(await listed(tag.severity('sev1'))).toEqual([1]);
    expect(await listed(tag.service('api'))).toEqual([2, 1]);
    expect(await listed(tag.service('api'), tag.severity('sev2'))).toEqual([2]);
    expect(await listed(tag.mine('U0BEN'))).toEqual([1]);
    await goOn(
      store,
      one,
      { type: 'severityChanged', from: 'sev1', to: 'sev2', reason: '' },
      { severity: 'sev2', members: [] },
    );
    expect(await listed(tag.severity('sev1'))).toEqual([]);
    expect(await listed(tag.severity('sev2'))).toEqual([2, 1]);
    expect(await listed(tag.mine('U0BEN'))).toEqual([]);
  });

  it('finds what an older version stored, once it has been gone through', async () => {
    const database = await fresh.database();
    const store = openStore(database);
    const first = await declare(store, { members: ['U0BEN'] });
    await goOn(store, first, { type: 'updatePosted', number: 1, text: 'The cache was full' });
    for (let count = 0; count < 60; count++) await declare(store, { title: 'Search fails' });
    await database.transact(async ({ db, t, run }) => {
      await db.delete(t.incidentTags);
      const { sql } = await import('drizzle-orm');
      await run(sql`delete from incident_search`);
    });
    await reindex(database, (service) => service);
    await declare(store, { title: 'Cache again' });
    await reindex(database, (service) => service);
    expect(await found(store, 'cache')).toEqual([62, 1]);
    expect(await found(store, 'search', { limit: 100 })).toHaveLength(60);
    const mine = await store.read((tx) => tx.incidents.page({ sight: 'all', tags: [tag.mine('U0BEN')], limit: 10 }));
    expect(mine.map(({ number }) => number)).toEqual([1]);
  });
});
