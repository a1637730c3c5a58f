import { openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import type { CallEntry, LedgerEntry } from '../../sandbox/wire.ts';
import { createDesk } from '../../src/desk.ts';
import { reactTo } from '../../src/feature.ts';
import { updates } from '../../src/features/updates/feature.ts';
import { Declare } from '../../src/incident/commands.ts';
import { loadPolicy } from '../../src/policy.ts';
import { openStore } from '../../src/store/store.ts';

export interface Promises {
  databaseUrl: string;
  policyFile: string;
  now: Date;
  /** Who declares them in turn, and so writes their updates. */
  people: string[];
  count: number;
}

/** Incidents declared in one instant, for a bot that is to come: their updates are due in one instant too. */
export async function promiseMany({ databaseUrl, policyFile, now, people, count }: Promises): Promise<void> {
  const database = await openDatabase(databaseUrl);
  await migrate(database);
  await using store = openStore(database);
  const policy = loadPolicy(policyFile);
  await store.transact((tx) => tx.policies.keep(policy.version, policy, now));
  const desk = createDesk({
    store,
    now: () => now,
    policy,
    policyOf: async () => policy,
    react: (event, incident, by) => reactTo(event, incident, by, [updates]),
    wake: () => undefined,
  });
  for (let index = 0; index < count; index++) {
    const command = Declare.parse({
      type: 'declare',
      title: `Number ${index}`,
      severity: 'sev2',
      impact: { felt: 'yes' },
    });
    await desk.declare(command, { person: people[index % people.length] ?? '' });
  }
}

/** Of which incident each reminder is that arrived, and when, by the clock of Slack. */
export function remindersIn(ledger: LedgerEntry[]): { incident: string; at: number }[] {
  return postsIn(ledger)
    .filter(({ applied }) => applied)
    .flatMap(({ args, at }) => {
      const blocks = typeof args.blocks === 'string' ? args.blocks : JSON.stringify(args.blocks ?? '');
      const [, incident] = /"snooze-update".{0,200}?"(inc_\w+)@\d+"/.exec(blocks) ?? [];
      return incident ? [{ incident, at }] : [];
    });
}

/** How many posts Slack put off. */
export const heldBack = (ledger: LedgerEntry[]): number =>
  postsIn(ledger).filter(({ reply }) => reply.error === 'ratelimited').length;

const postsIn = (ledger: LedgerEntry[]): CallEntry[] =>
  ledger.filter((entry): entry is CallEntry => entry.kind === 'call' && entry.method === 'chat.postMessage');
