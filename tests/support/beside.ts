import { openDatabase } from '../../db/database.ts';
import { createDesk, type Desk } from '../../src/desk.ts';
import { loadPolicy } from '../../src/policy.ts';
import { openStore, type Store } from '../../src/store/store.ts';

/** Works on the database beside the bot that uses it, for what a test does not want to wait for or cannot do in Slack. */
export async function beside<T>(url: string, work: (store: Store, desk: Desk) => Promise<T>): Promise<T> {
  await using database = await openDatabase(url, { lock: false });
  const store = openStore(database);
  const policy = loadPolicy('config/tocsin.yml');
  const now = () => new Date();
  const desk = createDesk({ store, now, policy, policyOf: async () => policy, react: () => [], wake: () => undefined });
  return await work(store, desk);
}
