import { setTimeout as sleep } from 'node:timers/promises';
import { count, like } from 'drizzle-orm';
import type { LedgerEntry } from '../sandbox/wire.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, ms, spread } from './support/figures.ts';
import { openStand, type Stand } from './support/stand.ts';
import { storms } from './support/storms.ts';

const declares = 30;
const whileDown = 100;
const webhooks = { perSecond: 500, seconds: 20 };
/** Real milliseconds after which a page that is not at PagerDuty is lost. */
const longest = 30_000;

/** How soon PagerDuty has a page, what storms do to pages, and whether every webhook is kept. */
export async function paging(copy: Copy): Promise<Figure[]> {
  return [await accepted(copy), await withoutSlack(copy), ...(await storms(copy)), ...(await heard(copy))];
}

/** Each call takes 100 ms: from the form leaving Slack to PagerDuty's answer that it has the page. */
async function accepted(copy: Copy): Promise<Figure> {
  await using stand = await openStand(copy, 100, { paging: true });
  const ana = stand.slack.as('ana');
  // The first one also asks who ana is; that is remembered.
  await submit(ana, await openForm(ana), { severity: 'sev1' });
  await allPaged(stand, 1);
  const since = await lastOf(stand);
  for (let number = 2; number <= declares + 1; number++) {
    await submit(ana, await openForm(ana), { severity: 'sev1' });
    await allPaged(stand, number);
    await sleep(500);
  }
  const times = untilAccepted(await stand.slack.ledger({ since }));
  return {
    what: 'with 100 ms per call: from submit to PagerDuty having accepted',
    atLeast: 'median ≤ 150 ms',
    measured: spread(times),
    n: times.length,
  };
}

/** Every call to Slack fails from before the forms are submitted until after the last page. */
async function withoutSlack(copy: Copy): Promise<Figure> {
  await using stand = await openStand(copy, 100, { paging: true });
  const people = await Promise.all(
    Array.from({ length: whileDown }, (_, index) => stand.slack.addPerson({ name: `person${index}` })),
  );
  const forms: { person: (typeof people)[number]; view: Awaited<ReturnType<typeof openForm>> }[] = [];
  for (const person of people) forms.push({ person, view: await openForm(person) });
  await stand.slack.faults.add({ kind: 'error-before', status: 503 });
  const since = await lastOf(stand);
  for (const { person, view } of forms) {
    await submit(person, view, { severity: 'sev1' });
    await sleep(50);
  }
  await allPaged(stand, whileDown);
  const times = untilAccepted(await stand.slack.ledger({ since }));
  return {
    what: 'the same while every call to Slack fails',
    atLeast: 'p99 ≤ 5 s',
    measured: spread(times),
    n: times.length,
  };
}

/** As many webhooks as a bad day brings, about an incident of theirs and about a page of ours. */
async function heard(copy: Copy): Promise<Figure[]> {
  return [await burst(copy, 'of the whole account'), await burst(copy, 'about one page of ours')];
}

async function burst(copy: Copy, about: 'of the whole account' | 'about one page of ours'): Promise<Figure> {
  await using stand = await openStand(copy, 0, { paging: true });
  const { slack } = stand;
  const ana = slack.as('ana');
  await submit(ana, await openForm(ana), { severity: 'sev1' });
  await allPaged(stand, 1);
  const [page] = await slack.pagerduty.incidents();
  const other = await slack.pagerduty.as('ben').open('PSVCSRC', 'Something else');
  await sleep(2_000);
  await using database = await stand.database();
  const rows = (state?: 'received') =>
    database.read(async ({ db, t: { inbox } }) => {
      const [kept] = await db.select({ rows: count() }).from(inbox).where(like(inbox.key, 'pd:%'));
      const [left] = await db.select({ rows: count() }).from(inbox).where(like(inbox.state, 'received'));
      return (state ? left : kept)?.rows ?? 0;
    });
  const before = await rows();
  const incident = about === 'of the whole account' ? other.id : (page?.id ?? '');
  const { perSecond, seconds } = webhooks;
  const result = await slack.pagerduty.burst({ count: perSecond * seconds, perSecond, inFlight: 200, incident });
  const lost = result.acked - ((await rows()) - before);
  const began = performance.now();
  while ((await rows('received')) > 0 && performance.now() - began < longest) await sleep(100);
  const behind = await rows('received');
  const through = behind > 0 ? `${behind} still in hand` : `through ${ms(performance.now() - began)} after the last`;
  return {
    what: `webhooks ${about}, stored and acknowledged`,
    atLeast: '500 per second for 20 s, none lost',
    measured: `${result.perSecond} per second for ${result.seconds.toFixed(0)} s, ${lost} lost, ${result.failed} failed, p99 ${ms(result.latency.p99)}, ${through}`,
    n: result.sent,
  };
}

const lastOf = async ({ slack }: Stand) => (await slack.ledger()).at(-1)?.seq ?? 0;

async function allPaged({ slack }: Stand, wanted: number): Promise<void> {
  for (const end = performance.now() + longest; performance.now() < end; await sleep(20))
    if ((await slack.pagerduty.incidents()).length >= wanted) return;
  throw new Error(`there are not ${wanted} incidents in PagerDuty after ${ms(longest)}`);
}

/** For each form that was submitted, in milliseconds: the page that names its title. */
function untilAccepted(entries: LedgerEntry[]): number[] {
  const triggers = entries.filter((one) => one.kind === 'call' && one.method === 'pagerduty.events.trigger');
  return entries.flatMap((one) => {
    if (one.kind !== 'delivery' || one.type !== 'view_submission') return [];
    const title = titleIn(one.payload);
    const call = triggers.find((each) => each.kind === 'call' && each.applied && summaryIn(each.args).includes(title));
    if (call?.kind !== 'call') throw new Error(`no page came of “${title}”`);
    return [call.at + call.ms - one.at];
  });
}

const titleIn = (payload: Record<string, unknown>) => {
  const [, title] =
    /"title":\{"[^"]+":\{"type":"plain_text_input","value":"([^"]+)"/.exec(JSON.stringify(payload)) ?? [];
  if (!title) throw new Error('a form was submitted without a title');
  return title;
};

const summaryIn = ({ payload }: Record<string, unknown>) => JSON.stringify(payload);
