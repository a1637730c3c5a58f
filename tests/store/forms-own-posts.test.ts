import { expect, it } from '@jest/globals';
import { Conflict } from '../../src/store/conflict.ts';
import { onBothEngines } from '../support/databases.ts';

const at = new Date('2026-03-01T02:00:00.000Z');

onBothEngines('a form', (fresh) => {
  it('has the outcome of its first submit; the second one is undone', async () => {
    const store = await fresh.store();
    const submit = (number: number) =>
      store.transact(async (tx) => {
        await tx.meta.set(`declared-${number}`, 'yes');
        await tx.forms.keep('V1', { number }, at);
      });
    const outcomes = await Promise.allSettled([submit(1), submit(2)]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => reason)).toEqual([expect.any(Conflict)]);

    await store.read(async (tx) => {
      const { number } = (await tx.forms.outcome('V1')) as { number: number };
      expect(await tx.meta.get(`declared-${number}`)).toBe('yes');
      expect(await tx.meta.get(`declared-${3 - number}`)).toBeUndefined();
      expect(await tx.forms.outcome('V2')).toBeUndefined();
    });
  });
});

onBothEngines('our own posts', (fresh) => {
  it('are found by their key; a repeat changes nothing', async () => {
    const store = await fresh.store();
    const post = { key: 'eff_1', channel: 'C1', ts: '1.1', seenAt: at };
    await store.transact((tx) => tx.ownPosts.keep([post, { ...post, ts: '2.2' }]));
    await store.transact((tx) => tx.ownPosts.keep([{ ...post, ts: '3.3' }]));
    await store.transact((tx) => tx.ownPosts.keep([]));
    expect(await store.read((tx) => tx.ownPosts.find('eff_1'))).toEqual(post);
    expect(await store.read((tx) => tx.ownPosts.find('eff_2'))).toBeUndefined();
  });

  it('are forgotten when they are old', async () => {
    const store = await fresh.store();
    const post = { channel: 'C1', ts: '1.1' };
    await store.transact((tx) =>
      tx.ownPosts.keep([
        { ...post, key: 'old', seenAt: new Date(at.getTime() - 1) },
        { ...post, key: 'new', seenAt: at },
      ]),
    );
    expect(await store.transact((tx) => tx.ownPosts.sweep(at))).toBe(1);
    expect(await store.read((tx) => tx.ownPosts.find('new'))).toBeDefined();
  });
});
