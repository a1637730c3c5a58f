import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import SqliteFile from 'better-sqlite3';
import { pathOf } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { onSqlite } from '../support/databases.ts';

onSqlite('the queue of transactions', (fresh) => {
  it('lets those go first whom a person waits for', async () => {
    const store = await fresh.store();
    const order: string[] = [];
    const run = (name: string, urgency: 'now' | 'soon') =>
      store.transact(async (tx) => {
        await tx.meta.set(name, name);
        order.push(name);
      }, urgency);
    await Promise.all([run('a', 'soon'), run('b', 'soon'), run('c', 'now'), run('d', 'soon'), run('e', 'now')]);
    expect(order).toEqual(['c', 'e', 'a', 'b', 'd']);
  });

  it('lets nobody wait for ever behind people', async () => {
    const store = await fresh.store();
    let others = 0;
    let stop = false;
    const people = Array.from({ length: 4 }, async () => {
      while (!stop) await store.transact((tx) => tx.meta.set('person', 'x'));
    });
    for (; others < 5; others++) await store.transact((tx) => tx.meta.set('other', 'x'), 'soon');
    stop = true;
    await Promise.all(people);
    expect(others).toBe(5);
  });

  it('loses nothing of many that come at once', async () => {
    const store = await fresh.store();
    const names = Array.from({ length: 200 }, (_, index) => `name ${index}`);
    await Promise.all(
      names.map(async (name, index) => {
        await sleep(index % 20);
        await store.transact((tx) => tx.meta.set(name, name), index % 3 === 0 ? 'now' : 'soon');
      }),
    );
    const kept = await store.read((tx) => Promise.all(names.map((name) => tx.meta.get(name))));
    expect(kept).toEqual(names);
  });

  it('tells whoever cannot begin, and goes on when the file is free again', async () => {
    const url = await fresh.url();
    const database = await fresh.database(url);
    await migrate(database);
    const write = (name: string) =>
      database.transact(async ({ db, t }) => void (await db.insert(t.meta).values({ name, value: 'x' })));
    const somebody = new SqliteFile(pathOf(url));
    somebody.exec('begin immediate');
    await expect(write('refused')).rejects.toThrow('locked');
    somebody.close();
    await write('kept');
    const names = await database.read(async ({ db, t }) => (await db.select().from(t.meta)).map(({ name }) => name));
    expect(names).toEqual(['kept']);
  }, 60_000);

  it('says of each what became of it when the disk is full, and goes on when it is not', async () => {
    const database = await fresh.database();
    const limit = (pages: number) =>
      database.transact(async ({ db }) => {
        // Only SQLite's builder has it.
        (db as unknown as { all(query: string): unknown }).all(`pragma max_page_count = ${pages}`);
      });
    const write = (name: string, value: string, then?: (error: unknown) => void) =>
      database.transact(async ({ db, t }) => {
        const written = db.insert(t.meta).values({ name, value });
        await (then ? written.catch(then) : written);
        await db.insert(t.meta).values({ name: `${name} again`, value: 'x' });
      });
    await limit(1);
    const big = 'x'.repeat(1_000_000);
    const tried = { small: write('small', 'x'), big: write('big', big), swallowed: write('swallowed', big, () => {}) };
    const results = await Promise.allSettled(Object.values(tried));
    const told = Object.keys(tried).filter((_, index) => results[index]?.status === 'fulfilled');
    expect(told).not.toContain('big');
    await limit(1_000_000);
    await write('after', 'x');

    const names = await database.read(async ({ db, t }) => (await db.select().from(t.meta)).map(({ name }) => name));
    const again = names.filter((name) => name.endsWith(' again'));
    expect(again.toSorted()).toEqual([...told, 'after'].map((name) => `${name} again`).toSorted());
  });
});
