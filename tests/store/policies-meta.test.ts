import { expect, it } from '@jest/globals';
import { onBothEngines } from '../support/databases.ts';

const at = new Date('2026-03-01T02:00:00.000Z');

onBothEngines('policies', (fresh) => {
  it('keeps the first body of a version, with its dates and its dollars', async () => {
    const store = await fresh.store();
    const body = { since: at, nested: [{ until: at }], $date: 'a key of its own', $$: null, text: 'torn \ud83d\0' };
    await store.transact(async (tx) => {
      await tx.policies.keep('v1', body, at);
      await tx.policies.keep('v1', { other: true }, at);
    });
    expect(await store.read((tx) => tx.policies.load('v1'))).toEqual({ ...body, text: 'torn \ufffd' });
    expect(await store.read((tx) => tx.policies.load('v2'))).toBeUndefined();
  });
});

onBothEngines('facts about the database', (fresh) => {
  it('lets one of two stamps stand', async () => {
    const store = await fresh.store();
    const stamps = await Promise.all(['T1', 'T2'].map((team) => store.transact((tx) => tx.meta.stamp('team', team))));
    expect(new Set(stamps).size).toBe(1);
  });

  it('replaces what is set again', async () => {
    const store = await fresh.store();
    await store.transact((tx) => tx.meta.set('team', 'T1'));
    await store.transact((tx) => tx.meta.set('team', 'T2'));
    expect(await store.read((tx) => tx.meta.get('team'))).toBe('T2');
    expect(await store.read((tx) => tx.meta.get('other'))).toBeUndefined();
  });
});
