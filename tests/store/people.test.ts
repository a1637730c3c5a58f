import { expect, it } from '@jest/globals';
import type { IncidentEvent } from '../../src/incident/events.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Store } from '../../src/store/store.ts';
import type { Rule } from '../../src/store/subscriptions.ts';
import { onBothEngines } from '../support/databases.ts';
import { anIncident, at } from '../support/given.ts';

const now = at('10:00');
const event: IncidentEvent = { type: 'headlineGone' };
const named = (number: number, fields: Partial<Incident> = {}) =>
  anIncident({ id: `inc_${number}`, number, channel: { id: `C${number}`, name: `inc-${number}` }, ...fields });

const keep = (store: Store, ...all: Incident[]) =>
  store.transact(async (tx) => {
    for (const incident of all) await tx.incidents.save(incident, undefined, [event], { by: 'U0ANA', at: now });
  });
const numbers = (incidents: Incident[]) => incidents.map(({ number }) => number);

onBothEngines('what is mine', (fresh) => {
  it('is what I declared, am in, have a role, an open task or an offer in; newest first', async () => {
    const store = await fresh.store();
    const task = { number: 1, text: 'Look', owner: 'U0BEN', by: 'U0ANA', at: now };
    const offer = { to: 'U0BEN', state: '', thinking: '', watch: '', at: now };
    await keep(
      store,
      named(1, { declaredBy: 'U0BEN' }),
      named(2, { members: ['U0ANA', 'U0BEN'] }),
      named(3, { roles: { scribe: { person: 'U0BEN', since: now } } }),
      named(4, { tasks: [task] }),
      named(5, { tasks: [{ ...task, done: { by: 'U0BEN', at: now } }] }),
      named(6, { handovers: { commander: offer } }),
      named(7),
    );
    await store.read(async (tx) => {
      expect(numbers(await tx.incidents.mine('U0BEN', 10))).toEqual([6, 4, 3, 2, 1]);
      expect(numbers(await tx.incidents.mine('U0BEN', 2))).toEqual([6, 4]);
      expect(await tx.incidents.mine('U0CHLOE', 10)).toEqual([]);
    });
  });

  it('follows every change', async () => {
    const store = await fresh.store();
    const before = named(1, { members: ['U0BEN', 'U0CHLOE'] });
    await keep(store, before);
    const after = { ...before, version: 2, members: ['U0CHLOE', 'U0DEV'] };
    await store.transact((tx) => tx.incidents.save(after, before, [event], { by: 'U0ANA', at: now }));
    const mine = (person: string) => store.read(async (tx) => numbers(await tx.incidents.mine(person, 10)));
    expect(await Promise.all(['U0ANA', 'U0BEN', 'U0CHLOE', 'U0DEV'].map(mine))).toEqual([[1], [], [1], [1]]);
  });
});

onBothEngines('what I owe', (fresh) => {
  const followUp = {
    number: 1,
    text: 'Add an alert',
    owner: 'U0BEN',
    by: 'U0ANA',
    at: now,
    due: now,
    proof: '',
  } as const;
  const owed = { ...followUp, kind: 'detect', priority: 'high' } as const;

  it('is found by its open follow-ups, over or not, and is mine; a practice incident owes nothing', async () => {
    const store = await fresh.store();
    await keep(
      store,
      named(1, { followUps: [owed], status: 'closed' }),
      named(2, { followUps: [{ ...owed, done: { by: 'U0BEN', at: now } }] }),
      named(3, { followUps: [owed, { ...owed, number: 2 }] }),
      named(4, { followUps: [owed], isPractice: true }),
      named(5, { followUps: [{ ...owed, owner: undefined }] }),
    );
    await store.read(async (tx) => {
      expect(numbers(await tx.incidents.withFollowUpsOf('U0BEN', 10))).toEqual([3, 1]);
      expect(numbers(await tx.incidents.withFollowUpsOf('U0BEN', 1))).toEqual([3]);
      expect(numbers(await tx.incidents.mine('U0BEN', 10))).toEqual([3, 1]);
      expect(await tx.incidents.withFollowUpsOf('U0ANA', 10)).toEqual([]);
    });
  });
});

onBothEngines('rules', (fresh) => {
  it('catch by service, by severity and worse, and all; each person once', async () => {
    const store = await fresh.store();
    await store.transact(async (tx) => {
      await tx.subscriptions.add('U0ANA', { what: 'all', of: '' }, at('09:00'));
      await tx.subscriptions.add('U0ANA', { what: 'service', of: 'checkout' }, at('09:01'));
      await tx.subscriptions.add('U0BEN', { what: 'severity', of: 'sev2' }, at('09:02'));
      await tx.subscriptions.add('U0CHLOE', { what: 'service', of: 'api' }, at('09:03'));
    });
    const caught = (severity: Incident['severity'], ...services: string[]) =>
      store.read(async (tx) => (await tx.subscriptions.catching({ severity, services })).map(({ person }) => person));
    expect(await caught('sev3')).toEqual(['U0ANA']);
    expect(await caught('sev2')).toEqual(['U0ANA', 'U0BEN']);
    expect(await caught('sev1', 'api')).toEqual(['U0ANA', 'U0BEN', 'U0CHLOE']);
    const [ana] = await store.read((tx) => tx.subscriptions.catching({ severity: 'sev4', services: ['checkout'] }));
    expect(ana).toEqual({ person: 'U0ANA', rules: ['all', 'service'] });
  });

  it('are one for each service, one for all severities, and go one by one or all at once', async () => {
    const store = await fresh.store();
    const add = (rule: Rule) => store.transact((tx) => tx.subscriptions.add('U0BEN', rule, now));
    const had = () => store.read((tx) => tx.subscriptions.of('U0BEN'));
    expect(await add({ what: 'severity', of: 'sev1' })).toBe(true);
    expect(await add({ what: 'severity', of: 'sev3' })).toBe(true);
    expect(await add({ what: 'service', of: 'api' })).toBe(true);
    expect(await add({ what: 'service', of: 'api' })).toBe(false);
    expect(await had()).toEqual([
      { what: 'service', of: 'api' },
      { what: 'severity', of: 'sev3' },
    ]);
    const remove = () => store.transact((tx) => tx.subscriptions.remove('U0BEN', { what: 'service', of: 'api' }));
    expect([await remove(), await remove()]).toEqual([true, false]);
    await store.transact((tx) => tx.subscriptions.removeAll('U0BEN'));
    expect(await had()).toEqual([]);
  });
});

onBothEngines('followers', (fresh) => {
  it('stay as they are when a rule catches them again; whoever waited longest comes first', async () => {
    const store = await fresh.store();
    await keep(store, named(1));
    await store.transact(async (tx) => {
      await tx.followers.caught('inc_1', [{ person: 'U0BEN', form: 'own' }], at('09:00'));
      await tx.followers.placed('inc_1', 'U0BEN', { channel: 'D1', ts: '1.1' }, 5);
      await tx.followers.put('inc_1', 'U0BEN', { state: 'stopped' });
      await tx.followers.caught(
        'inc_1',
        [
          { person: 'U0BEN', form: 'digest' },
          { person: 'U0DEV', form: 'own' },
        ],
        at('09:01'),
      );
    });
    const all = await store.read((tx) => tx.followers.all('inc_1'));
    expect(all).toMatchObject([
      { person: 'U0DEV', state: 'following', shown: 0, place: undefined },
      { person: 'U0BEN', state: 'stopped', form: 'own', shown: 5, place: { channel: 'D1', ts: '1.1' } },
    ]);
    await store.transact((tx) => tx.followers.choose('inc_1', 'U0BEN', now));
    expect(await store.read((tx) => tx.followers.of('inc_1', 'U0BEN'))).toMatchObject({
      chosen: true,
      state: 'following',
      place: { channel: 'D1', ts: '1.1' },
    });
  });

  it('have one digest, until all in it is over', async () => {
    const store = await fresh.store();
    await keep(store, named(1), named(2), named(3, { status: 'resolved' }));
    const digest = [{ person: 'U0BEN', form: 'digest' as const }];
    await store.transact(async (tx) => {
      await tx.followers.caught('inc_3', digest, now);
      await tx.followers.digestPlaced('U0BEN', { channel: 'D1', ts: '1.1' });
      await tx.followers.caught('inc_1', digest, now);
    });
    const of = (ts: string | null) =>
      store.read(async (tx) => (await tx.followers.digest('U0BEN', ts)).map(({ incident }) => incident.number));
    const running = () => store.read((tx) => tx.followers.runningDigest('U0BEN'));
    expect(await running()).toBeUndefined();
    expect([await of('1.1'), await of(null)]).toEqual([[3], [1]]);
    await store.transact((tx) => tx.followers.digestPlaced('U0BEN', { channel: 'D1', ts: '2.2' }));
    expect(await running()).toEqual({ channel: 'D1', ts: '2.2' });
    await store.transact((tx) => tx.followers.caught('inc_2', digest, now));
    expect(await of(null)).toEqual([2]);
    // Asked for by itself, it leaves the digest.
    await store.transact((tx) => tx.followers.choose('inc_2', 'U0BEN', now));
    expect(await of(null)).toEqual([]);
    expect(numbers(await store.read((tx) => tx.followers.open('U0BEN')))).toEqual([1, 2]);
  });
});

onBothEngines('homes', (fresh) => {
  it('are kept up to date for those who opened them lately', async () => {
    const store = await fresh.store();
    await store.transact(async (tx) => {
      await tx.homes.opened('U0ANA', at('08:00'), undefined);
      await tx.homes.opened('U0BEN', at('09:30'), 'h1');
      await tx.homes.published('U0BEN', { publishedAt: at('09:31'), shown: 'x', hash: 'h2' });
      await tx.homes.opened('U0DEV', at('09:40'), undefined);
    });
    const people = (limit: number) =>
      store.read(async (tx) => (await tx.homes.openedSince(at('09:00'), limit)).map(({ person }) => person));
    expect([await people(10), await people(1)]).toEqual([['U0DEV', 'U0BEN'], ['U0DEV']]);
    expect(await store.read((tx) => tx.homes.of('U0BEN'))).toMatchObject({ shown: 'x', hash: 'h2' });
    await store.transact((tx) => tx.homes.opened('U0BEN', at('09:50'), 'h3'));
    expect(await store.read((tx) => tx.homes.of('U0BEN'))).toMatchObject({ shown: null, hash: 'h3' });
    expect(await store.transact((tx) => tx.homes.sweep(at('09:00')))).toBe(1);
  });
});
