import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule, LedgerEntry } from '../../sandbox/wire.ts';
import type { Copy } from '../../tests/faults/support/bundle.ts';
import { openForm, submit } from './declare.ts';
import type { Figure } from './figures.ts';
import { openStand, type Stand } from './stand.ts';

const incidents = 20;
/** By the sandbox's clock, which is wound. Seconds. */
const storm = { lasts: 600, step: 5 };
/** As long after it everything has to be in. Seconds by the same clock. */
const calm = 120;
/** Real milliseconds that the bot has between two turns of the clock. */
const pause = 60;

const kinds: [string, FaultRule][] = [
  ['429', { kind: 'ratelimit', method: 'pagerduty.*', retryAfter: 15 }],
  ['5xx', { kind: 'error-before', method: 'pagerduty.*', status: 503 }],
];

/** Everything PagerDuty says for ten minutes is no; incidents are declared and people asked for meanwhile. */
export async function storms(copy: Copy): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, rule] of kinds) figures.push(await through(copy, name, rule));
  return figures;
}

async function through(copy: Copy, name: string, rule: FaultRule): Promise<Figure> {
  await using stand = await openStand(copy, 0, { paging: true });
  const { slack } = stand;
  const ana = slack.as('ana');
  for (let number = 1; number <= incidents; number++) await submit(ana, await openForm(ana), { severity: 'sev1' });
  await until('the first pages', async () => (await slack.pagerduty.incidents()).length === incidents);
  await sleep(1_000);

  const raging = await slack.faults.add(rule);
  const channels = (await ana.channels()).filter(({ name: channel }) => channel.startsWith('inc-'));
  for (const { id } of channels) await ana.command('/incident page search we need you', { channel: id });
  for (let number = 1; number <= incidents; number++) await submit(ana, await openForm(ana), { severity: 'sev1' });
  for (let passed = 0; passed < storm.lasts; passed += storm.step) await wind(stand, storm.step);

  const since = (await slack.ledger()).at(-1)?.seq ?? 0;
  const over = (await slack.clock.now()).getTime();
  await slack.faults.remove(raging);
  const wanted = incidents * 2 + channels.length;
  let seconds = 0;
  for (; seconds < calm && (await slack.pagerduty.incidents()).length < wanted; seconds++) await wind(stand, 1);
  await sleep(2_000);
  const all = await slack.pagerduty.incidents();
  const keys = new Set(all.map(({ incidentKey }) => incidentKey)).size;
  const { last, before } = order(await slack.ledger({ since }));
  return {
    what: `ten minutes of ${name} from PagerDuty, clock wound`,
    atLeast: 'every page in, in order of lane',
    measured: `${keys} of ${wanted} pages in, the last ${Math.round((last - over) / 1000)} s after it, ${all.length - keys} doubled, ${before} looks before the last page`,
    n: wanted,
  };
}

async function wind({ slack }: Stand, seconds: number): Promise<void> {
  await slack.clock.forward({ seconds });
  await sleep(pause);
}

async function until(what: string, reached: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) if (await reached()) return;
  throw new Error(`waited in vain for ${what}`);
}

const pages = ['pagerduty.events.trigger', 'pagerduty.rest.incidents.create'];
/** How a page stands is looked at in a later lane. */
const looks = ['pagerduty.rest.incidents.list', 'pagerduty.rest.incidents.get'];

function order(entries: LedgerEntry[]): { last: number; before: number } {
  const calls = entries.flatMap((entry) => (entry.kind === 'call' && entry.applied ? [entry] : []));
  const last = calls.findLast(({ method }) => pages.includes(method));
  const before = calls.filter(({ seq, method }) => looks.includes(method) && seq < (last?.seq ?? 0)).length;
  return { last: last?.at ?? Number.NaN, before };
}
