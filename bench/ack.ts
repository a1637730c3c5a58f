import { setTimeout as sleep } from 'node:timers/promises';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, spread } from './support/figures.ts';
import { openStand } from './support/stand.ts';

const alone = 120;
const atOnce = 20;
const rounds = 8;

/** How long a person waits until the form closes: from the submission leaving Slack to its acknowledgement, after the commit. */
export async function ack(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy, 100);
  const ana = stand.slack.as('ana');
  const quiet: number[] = [];
  for (let count = 0; count < alone; count++) {
    const { ackMs = Number.NaN } = await submit(ana, await openForm(ana));
    quiet.push(ackMs);
    // One incident after the other: the channel, the headline and the rest take about half a second.
    await sleep(600);
  }

  const people = await Promise.all(
    Array.from({ length: atOnce }, (_, index) => stand.slack.addPerson({ name: `person${index}` })),
  );
  const busy: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const forms = await Promise.all(people.map(async (person) => ({ person, view: await openForm(person) })));
    const results = await Promise.all(forms.map(({ person, view }) => submit(person, view)));
    busy.push(...results.map(({ ackMs = Number.NaN }) => ackMs));
    await sleep(3_000);
  }
  const atLeast = 'median ≤ 15 ms, p99 ≤ 100 ms';
  return [
    { what: 'ack of the submit, after the commit', atLeast, measured: spread(quiet), n: quiet.length },
    {
      what: `the same while ${atOnce} incidents are declared at once`,
      atLeast,
      measured: spread(busy),
      n: busy.length,
    },
  ];
}
