import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../src/store/store.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { heldBack, promiseMany, remindersIn } from '../tests/support/promised.ts';
import type { Figure } from './support/figures.ts';
import { openStand } from './support/stand.ts';

const incidents = 200;
/** Who writes their updates, in turn: each of them is reminded of five. */
const writers = 40;
/** Real milliseconds after which what has not come is lost. */
const longest = 180_000;

/** 200 updates fall due in one minute, and Slack takes ten messages a second: how long until everybody has been reminded. */
export async function reminders(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy, 0, {
    limits: 'real',
    async before({ slack, databaseUrl, policyFile }) {
      const people = await Promise.all(
        Array.from({ length: writers }, (_, index) => slack.addPerson({ name: `writer${index}` })),
      );
      await promiseMany({
        databaseUrl,
        policyFile,
        now: await slack.clock.now(),
        people: people.map(({ id }) => id),
        count: incidents,
      });
    },
  });
  const { slack } = stand;
  // The policy as shipped: a SEV2 owes an update after 30 minutes, and its writer hears of it 5 minutes before.
  const due = await slack.clock.forward({ minutes: 25 });
  const began = performance.now();
  while (remindersIn(await slack.ledger()).length < incidents && performance.now() - began < longest) await sleep(250);
  // Whatever would come twice comes by then.
  await sleep(5_000);

  const ledger = await slack.ledger();
  const arrived = remindersIn(ledger);
  const different = new Set(arrived.map(({ incident }) => incident)).size;
  const last = Math.max(...arrived.map(({ at }) => at));
  const counted = await decided(stand);
  if (counted !== incidents) throw new Error(`${counted} reminders were decided instead of ${incidents}`);
  return [
    {
      what: `${incidents} reminders due in one minute: lost; doubled`,
      atLeast: '0; 0',
      measured: `${incidents - different}; ${arrived.length - different}`,
      n: incidents,
    },
    {
      what: `until the last of them was there, ${writers} people, Slack’s limits on (${heldBack(ledger)} posts held back)`,
      atLeast: '≤ 60 s',
      measured: `${((last - due.getTime()) / 1000).toFixed(1)} s`,
      n: incidents,
    },
  ];
}

/** How many reminders the incidents' records hold. */
async function decided({ database }: Awaited<ReturnType<typeof openStand>>): Promise<number> {
  await using store = openStore(await database());
  return store.read(async (tx) => {
    let count = 0;
    for (let number = 1; number <= incidents; number++) {
      const incident = await tx.incidents.byNumber(number);
      const record = incident ? await tx.record.of(incident.id) : [];
      count += record.filter(({ event }) => event.type === 'updateReminded').length;
    }
    return count;
  });
}
