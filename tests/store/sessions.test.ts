import { expect, it } from '@jest/globals';
import { onBothEngines } from '../support/databases.ts';
import { at } from '../support/given.ts';

onBothEngines('sessions', (fresh) => {
  const session = (hash: string, person = 'U0ANA') =>
    ({ hash, person, how: 'slack', since: at('09:00'), seenAt: at('09:00') }) as const;

  it('are kept until they end, one or all of a person', async () => {
    const store = await fresh.store();
    const find = (hash: string) => store.read((tx) => tx.sessions.find(hash));
    await store.transact(async (tx) => {
      for (const one of [session('a'), session('b'), session('c'), session('d', 'U0BEN')]) await tx.sessions.open(one);
      await tx.sessions.seen('a', at('10:00'));
      await tx.sessions.end('b');
    });
    expect([await find('a'), await find('b')]).toEqual([{ ...session('a'), seenAt: at('10:00') }, undefined]);
    await store.transact((tx) => tx.sessions.endAll('U0ANA'));
    expect([await find('a'), await find('c'), (await find('d'))?.person]).toEqual([undefined, undefined, 'U0BEN']);
  });

  it('go when nobody was there for long, or when they began long ago', async () => {
    const store = await fresh.store();
    await store.transact(async (tx) => {
      await tx.sessions.open(session('idle'));
      await tx.sessions.open({ ...session('old'), since: at('01:00'), seenAt: at('11:00') });
      await tx.sessions.open({ ...session('used'), seenAt: at('11:00') });
      await tx.sessions.sweep({ seenBefore: at('10:00'), sinceBefore: at('02:00') });
    });
    const left = await store.read(async (tx) => [
      await tx.sessions.find('idle'),
      await tx.sessions.find('old'),
      (await tx.sessions.find('used'))?.hash,
    ]);
    expect(left).toEqual([undefined, undefined, 'used']);
  });
});

onBothEngines('what lets somebody in once', (fresh) => {
  const begun = (hash: string) => ({ hash, how: 'code', body: { person: 'U0ANA' }, until: at('09:15') }) as const;

  it('is given to one of those who ask at the same time, in time and for what it is', async () => {
    const store = await fresh.store();
    const use = (hash: string, how: 'code' | 'slack', time: string) =>
      store.transact((tx) => tx.signIns.use(hash, how, at(time)));
    await store.transact(async (tx) => {
      for (const hash of ['a', 'b', 'c']) await tx.signIns.begin(begun(hash));
    });
    expect(await use('a', 'slack', '09:14')).toBeUndefined();
    const both = await Promise.all([use('a', 'code', '09:14'), use('a', 'code', '09:14')]);
    expect(both.filter((body) => body !== undefined)).toEqual([{ person: 'U0ANA' }]);
    expect(await use('b', 'code', '09:15')).toBeUndefined();
    await store.transact((tx) => tx.signIns.sweep(at('09:16')));
    expect(await use('c', 'code', '09:00')).toBeUndefined();
  });
});
