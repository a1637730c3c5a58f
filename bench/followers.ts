import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEntry, LedgerEntry } from '../sandbox/wire.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, title } from './support/declare.ts';
import { type Figure, ms } from './support/figures.ts';
import { openStand, type Stand } from './support/stand.ts';

const count = 500;
/** Into the middle of it. Milliseconds. */
const inBetween = 10_000;
const patience = 300_000;

/** Within Slack's limits: how soon everybody who follows is told, and what somebody who declares meanwhile notices of it. */
export async function followers(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy, 50, { limits: 'real' });
  const people = await subscribe(stand);
  const ana = stand.slack.as('ana');
  const view = await openForm(ana);
  const since = (await stand.slack.ledger()).at(-1)?.seq ?? 0;
  await ana.submit({ title: title() }, { view: view.id });
  await sleep(inBetween);
  const usable = await declareMeanwhile(stand);

  const told = new Map<string, CallEntry[]>();
  for (const end = Date.now() + patience; told.size < count && Date.now() < end; await sleep(1_000)) {
    told.clear();
    for (const call of posts(await stand.slack.ledger({ since }))) {
      const to = String(call.args.channel);
      if (people.has(to)) told.set(to, [...(told.get(to) ?? []), call]);
    }
  }
  const entries = await stand.slack.ledger({ since });
  const submitted = entries.find((entry) => entry.kind === 'delivery' && entry.type === 'view_submission');
  const last = Math.max(...[...told.values()].flat().map((call) => call.at + call.ms));
  const doubled = [...told.values()].filter((calls) => calls.length > 1).length;
  const figure = (what: string, atLeast: string, measured: string, n = count): Figure => ({
    what,
    atLeast,
    measured,
    n,
  });
  return [
    figure(
      `with Slack's limits: all ${count} followers told`,
      '≤ 120 s',
      `${Math.round((last - (submitted?.at ?? 0)) / 1_000)} s`,
    ),
    figure('of them missing; told twice', '0; 0', `${count - told.size}; ${doubled}`),
    figure('meanwhile a declare: headline posted', '≤ 1 s', ms(usable), 1),
  ];
}

async function subscribe({ slack }: Stand): Promise<Set<string>> {
  for (let index = 0; index < count; index++) {
    const person = await slack.addPerson({ name: `follower-${index}` });
    await person.command('/incident subscribe all', { channel: 'incidents' });
    // Each of them is looked up, once: as long as people do it one after the other, Slack allows it.
    await slack.clock.forward({ seconds: 1 });
  }
  await slack.clock.forward({ minutes: 2 });
  const people = (await slack.people()).filter(({ name }) => name.startsWith('follower-'));
  return new Set(people.map(({ id }) => id));
}

/** A practice run, so that nobody follows it: from sending the form to the headline. */
async function declareMeanwhile({ slack }: Stand): Promise<number> {
  const ben = slack.as('ben');
  const view = await openForm(ben);
  const since = (await slack.ledger()).at(-1)?.seq ?? 0;
  await ben.submit({ title: title(), kind: ['practice'] }, { view: view.id });
  const channel = await slack.waitForChannel((one) => one.name.startsWith('inc-2-'), { within: 60_000 });
  for (;;) {
    const entries = await slack.ledger({ since });
    const submitted = entries.find((entry) => entry.kind === 'delivery' && entry.type === 'view_submission');
    const headline = posts(entries).find((call) => call.args.channel === channel.id);
    if (submitted && headline) return headline.at + headline.ms - submitted.at;
    await sleep(100);
  }
}

const posts = (entries: LedgerEntry[]): CallEntry[] =>
  entries.filter(
    (entry): entry is CallEntry => entry.kind === 'call' && entry.method === 'chat.postMessage' && entry.applied,
  );
