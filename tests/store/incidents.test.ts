import { expect, it } from '@jest/globals';
import { newId } from '../../src/ids.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { Conflict } from '../../src/store/conflict.ts';
import type { Store } from '../../src/store/store.ts';
import { onBothEngines } from '../support/databases.ts';

const at = new Date('2026-03-01T02:00:00.000Z');
const ana = { by: 'U0ANA', at };
const taken: IncidentEvent = { type: 'channelNameTaken', name: 'inc-1-a', next: 'inc-1-a-2' };

function anIncident(fields: Partial<Incident>): Incident {
  return { ...undeclared(newId('inc'), 1), declaredAt: at, ...fields };
}

/** Declares with the next number; `version` 1, as the one event of its record says. */
function declare(store: Store, fields: Partial<Incident> = {}): Promise<Incident> {
  return store.transact(async (tx) => {
    const incident = anIncident({ ...fields, number: await tx.incidents.takeNumber(), version: 1 });
    await tx.incidents.save(incident, undefined, [taken], ana);
    return incident;
  });
}

onBothEngines('incidents', (fresh) => {
  it('come back as they were saved, dates and all', async () => {
    const store = await fresh.store();
    const impact = { felt: 'yes', startedAt: new Date('2026-03-01T01:41:00.000Z') } as unknown as Incident['impact'];
    const incident = await declare(store, { title: 'Checkout fails 🔥', impact, channel: { id: 'C1', name: 'inc-1' } });
    await store.read(async (tx) => {
      expect(await tx.incidents.load(incident.id)).toEqual(incident);
      expect(await tx.incidents.byChannel('C1')).toEqual(incident);
      expect(await tx.incidents.byNumber(1)).toEqual(incident);
      expect(await tx.incidents.load('inc_none')).toBeUndefined();
    });
  });

  it('get numbers without a gap from 50 declares at once', async () => {
    const store = await fresh.store();
    const declared = await Promise.all(Array.from({ length: 50 }, () => declare(store)));
    const numbers = declared.map((incident) => incident.number).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('give a number back when the declare fails', async () => {
    const store = await fresh.store();
    const failing = store.transact(async (tx) => {
      await tx.incidents.takeNumber();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await declare(store)).number).toBe(1);
  });

  it('let one of two writers win', async () => {
    const store = await fresh.store();
    const before = await declare(store);
    const after = (title: string) => ({ ...before, title, version: 2 });
    const save = (title: string) => store.transact((tx) => tx.incidents.save(after(title), before, [taken], ana));

    const outcomes = await Promise.allSettled([save('one'), save('two')]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toBeInstanceOf(Conflict);
    expect(await store.read((tx) => tx.record.of(before.id))).toHaveLength(2);
  });

  it('refuse a second one with the same id, number or channel', async () => {
    const store = await fresh.store();
    const first = await declare(store, { channel: { id: 'C1', name: 'inc-1' } });
    const insert = (incident: Incident) =>
      store.transact((tx) => tx.incidents.save({ ...incident, version: 1 }, undefined, [taken], ana));
    await expect(insert(first)).rejects.toThrow(Conflict);
    await expect(insert(anIncident({ number: 1 }))).rejects.toThrow(Conflict);
    await expect(insert(anIncident({ number: 2, channel: first.channel }))).rejects.toThrow(Conflict);
  });

  it('refuse a version that does not count its events', async () => {
    const store = await fresh.store();
    const save = store.transact((tx) => tx.incidents.save(anIncident({ version: 2 }), undefined, [taken], ana));
    await expect(save).rejects.toThrow('counts its events');
  });

  it('are listed newest first, by status, page by page', async () => {
    const store = await fresh.store();
    for (const status of ['triage', 'resolved', 'investigating', 'triage'] as const) await declare(store, { status });
    await store.read(async (tx) => {
      const numbers = async (options: Parameters<typeof tx.incidents.list>[0]) =>
        (await tx.incidents.list(options)).map((incident) => incident.number);
      expect(await numbers({})).toEqual([4, 3, 2, 1]);
      expect(await numbers({ statuses: ['triage', 'investigating'] })).toEqual([4, 3, 1]);
      expect(await numbers({ limit: 2, before: 4 })).toEqual([3, 2]);
    });
  });
});

onBothEngines('the record', (fresh) => {
  it('holds every event in order, with who and when', async () => {
    const store = await fresh.store();
    const first = await declare(store);
    const second = { ...first, version: 3 };
    const joined: IncidentEvent = { type: 'personJoined', person: 'U0BEN' };
    const later = { by: 'U0BEN', at: new Date('2026-03-01T02:05:00.000Z') };
    await store.transact((tx) => tx.incidents.save(second, first, [joined, taken], later));

    expect(await store.read((tx) => tx.record.of(first.id))).toEqual([
      { seq: 1, event: taken, ...ana },
      { seq: 2, event: joined, ...later },
      { seq: 3, event: taken, ...later },
    ]);
  });
});
