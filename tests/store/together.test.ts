import { expect, it } from '@jest/globals';
import { insideTransaction } from '../../db/database.ts';
import { onBothEngines } from '../support/databases.ts';

onBothEngines('transactions at the same time', (fresh) => {
  it('fail alone, and the others are kept', async () => {
    const store = await fresh.store();
    const numbers = Array.from({ length: 30 }, (_, number) => number);
    const results = await Promise.allSettled(
      numbers.map((number) =>
        store.transact(async (tx) => {
          await tx.meta.set(`number ${number}`, String(number));
          if (number % 3 === 0) throw new Error('on second thoughts, no');
          return insideTransaction();
        }),
      ),
    );
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(numbers.map((number) => number % 3 !== 0));
    expect(results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))).toEqual(
      Array(20).fill(true),
    );
    const kept = await store.read((tx) => Promise.all(numbers.map((number) => tx.meta.get(`number ${number}`))));
    expect(kept).toEqual(numbers.map((number) => (number % 3 === 0 ? undefined : String(number))));
  });

  it('are there for whoever has heard of them', async () => {
    const store = await fresh.store();
    await Promise.all(
      Array.from({ length: 30 }, async (_, number) => {
        await store.transact((tx) => tx.meta.set(`name ${number}`, 'kept'));
        expect(await store.read((tx) => tx.meta.get(`name ${number}`))).toBe('kept');
      }),
    );
  });
});
