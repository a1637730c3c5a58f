import type { Person, SandboxClient } from '../sandbox/client.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openWorld } from '../tests/faults/support/world.ts';
import { type Figure, median, ms, quantile } from './figure.ts';

const asked = 'median ≤ 15 ms, p99 ≤ 100 ms';
/** Slack takes this long for each call. Milliseconds. */
const latencyMs = 100;

/** From sending the form until it is acknowledged, which is after the commit: alone, and while others declare. */
export async function ack(copy: Copy): Promise<Figure[]> {
  await using world = await openWorld({ engine: 'sqlite', copy, seed: 1, latencyMs });
  const [ana] = await warm(world.slack, ['ana']);
  if (!ana) return [];
  const alone: number[] = [];
  for (let round = 0; round < 100; round++) alone.push(await declares(ana, word(round)));

  const crowd = await warm(world.slack, await people(world.slack, 20));
  const together: number[] = [];
  for (let round = 0; round < 10; round++) {
    const acks = await Promise.all(crowd.map((person, index) => declares(person, word(1_000 * (round + 1) + index))));
    together.push(...acks);
  }
  return [
    figure('ack of the submit, one at a time', alone),
    figure('ack of the submit, 20 declared at once', together),
  ];
}

function figure(what: string, acks: number[]): Figure {
  const [middle, worst] = [median(acks), quantile(acks, 0.99)];
  return {
    what,
    measured: `median ${ms(middle)}, p99 ${ms(worst)}`,
    asked,
    n: acks.length,
    reached: middle <= 15 && worst <= 100,
  };
}

async function people(slack: SandboxClient, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `person-${index}`);
  for (const name of names) await slack.addPerson({ name });
  return names;
}

/** Everybody has been seen once, as after a day of use: who they are is asked of Slack once a day. */
async function warm(slack: SandboxClient, names: string[]): Promise<Person[]> {
  const all = names.map((name) => slack.as(name));
  for (const person of all) {
    await person.join('general').catch(() => undefined);
    await person.command('/incident list', { channel: 'general' });
  }
  return all;
}

/** Titles that are like no other, so that no form asks whether it is one of those. */
const word = (index: number) => `w${((index + 7) * 2_654_435_761).toString(36)}`;

async function declares(person: Person, title: string): Promise<number> {
  await person.command('/incident declare', { channel: 'general' });
  await person.waitForView('declare');
  let result = await person.submit({ title, severity: 'sev3', felt: 'unknown' });
  // Shown others that were declared just now; the second press means it.
  if (result.outcome === 'updated') result = await person.submit({ title });
  if (result.outcome !== 'closed' || result.ackMs === undefined)
    throw new Error(`The form was not taken: ${JSON.stringify(result)}`);
  return result.ackMs;
}
