import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../sandbox/client.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, spread } from './support/figures.ts';
import { openStand, type Stand } from './support/stand.ts';

const alone = 120;
const atOnce = 20;
const rounds = 30;
/** When others submit while the twenty channels are being opened and furnished. Milliseconds after the twenty. */
const meanwhile = [60, 130, 200, 270];

/** How long a person waits until the form closes: from the submission leaving Slack to its acknowledgement, after the commit. */
export async function ack(copy: Copy): Promise<Figure[]> {
  const quiet = await oneByOne(copy);
  const { twenty, others } = await inAStorm(copy);
  const atLeast = 'median ≤ 15 ms, p99 ≤ 100 ms';
  return [
    { what: 'ack of the submit, after the commit', atLeast, measured: spread(quiet), n: quiet.length },
    {
      what: `the same while ${atOnce} incidents are being declared`,
      atLeast,
      measured: spread(others),
      n: others.length,
    },
    { what: `of ${atOnce} submits in the same instant`, atLeast: '', measured: spread(twenty), n: twenty.length },
  ];
}

async function oneByOne(copy: Copy): Promise<number[]> {
  await using stand = await openStand(copy, 100);
  const ana = stand.slack.as('ana');
  const times: number[] = [];
  for (let count = 0; count < alone; count++) {
    times.push(await timed(ana, await openForm(ana)));
    // One incident after the other: the channel, the headline and the rest take about half a second.
    await sleep(600);
    await muchLater(stand, count);
  }
  return times;
}

async function inAStorm(copy: Copy): Promise<{ twenty: number[]; others: number[] }> {
  await using stand = await openStand(copy, 100);
  const people = await Promise.all(
    Array.from({ length: atOnce + meanwhile.length }, (_, index) => stand.slack.addPerson({ name: `person${index}` })),
  );
  const twenty: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const forms = await Promise.all(people.map(async (person) => ({ person, view: await openForm(person) })));
    const storm = forms.slice(0, atOnce).map(({ person, view }) => timed(person, view));
    const among = forms.slice(atOnce).map(async ({ person, view }, index) => {
      await sleep(meanwhile[index]);
      return timed(person, view);
    });
    twenty.push(...(await Promise.all(storm)));
    others.push(...(await Promise.all(among)));
    await sleep(2_500);
    await muchLater(stand, round);
  }
  return { twenty, others };
}

async function timed(person: Person, view: Parameters<typeof submit>[1]): Promise<number> {
  const { ackMs = Number.NaN } = await submit(person, view);
  return ackMs;
}

/** Nobody has a hundred incidents open within two hours: those of before are no likely doubles any more. */
async function muchLater({ slack }: Stand, count: number): Promise<void> {
  if (count % 5 === 4) await slack.clock.forward({ hours: 3 });
}
