import type { LedgerEntry } from '../sandbox/wire.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { quiet } from '../tests/faults/support/quiet.ts';
import { openWorld } from '../tests/faults/support/world.ts';
import { type Figure, median, ms } from './figure.ts';

const latencyMs = 100;
const rounds = 30;
/** Calls that Slack's people do not wait for, or that are the person's own. */
const notCounted = new Set(['views.open', 'views.update', 'response_url', 'ack']);

interface Round {
  channel: number;
  usable: number;
  calls: number;
}

/** From submitting the form, with 100 ms for each call: until the channel is there, and until people can work in it. */
export async function declare(copy: Copy): Promise<Figure[]> {
  await using world = await openWorld({ engine: 'sqlite', copy, seed: 1, latencyMs });
  const { slack } = world;
  const ana = slack.as('ana');
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    await ana.command('/incident declare', { channel: 'general' });
    await ana.waitForView('declare');
    const since = lastOf(await slack.ledger());
    const began = (await slack.clock.now()).getTime();
    const title = `outage${((round + 7) * 2_654_435_761).toString(36)}`;
    if ((await ana.submit({ title, felt: 'unknown' })).outcome === 'updated') await ana.submit({ title });
    await slack.waitForMessage('incidents', (message) => JSON.stringify(message).includes(title));
    await quiet(world);
    // The first one meets a bot that has just started.
    if (round > 0) measured.push(read(await slack.ledger({ since }), began));
  }
  const [channel, usable] = [median(measured.map((one) => one.channel)), median(measured.map((one) => one.usable))];
  const calls = Math.max(...measured.map((one) => one.calls));
  const n = measured.length;
  return [
    {
      what: 'submit → channel exists',
      measured: `median ${ms(channel)}`,
      asked: '≤ 130 ms',
      n,
      reached: channel <= 130,
    },
    {
      what: 'submit → declarer in, topic set, headline posted',
      measured: `median ${ms(usable)}`,
      asked: '≤ 250 ms',
      n,
      reached: usable <= 250,
    },
    { what: 'Web API calls of one declaration', measured: `at most ${calls}`, asked: '≤ 7', n, reached: calls <= 7 },
  ];
}

const lastOf = (entries: LedgerEntry[]) => entries.at(-1)?.seq ?? 0;

function read(entries: LedgerEntry[], began: number): Round {
  const calls = entries.flatMap((entry) => (entry.kind === 'call' ? [entry] : []));
  /** When the reply of the first call of this method left. */
  const replied = (method: string) => {
    const call = calls.find((one) => one.method === method);
    if (!call) throw new Error(`${method} was not called`);
    return call.at + call.ms - began;
  };
  return {
    channel: replied('conversations.create'),
    usable: Math.max(...['conversations.invite', 'conversations.setTopic', 'chat.postMessage'].map(replied)),
    calls: calls.filter(({ method }) => !notCounted.has(method)).length,
  };
}
