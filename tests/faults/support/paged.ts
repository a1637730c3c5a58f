import type { PagerIncident } from '../../../sandbox/pagerduty/wire.ts';
import type { Page } from '../../../src/incident/page.ts';
import type { Dice } from './dice.ts';
import { keptOf } from './kept.ts';
import type { Ledger } from './ledger.ts';
import { windUntil } from './quiet.ts';
import type { World } from './world.ts';

const helpers = ['ana', 'ben', 'chloe', 'dev'];

/** Somebody helps with one of the pages of an incident that nobody has ended, if there is any. */
export async function isHelped(world: World, title: string, ledger: Ledger, dice: Dice): Promise<void> {
  const [kept] = await keptOf(world, [title]);
  const open = kept?.incident.pages.filter(({ state }) => state !== 'resolved') ?? [];
  if (open.length === 0) return;
  const page = dice.pick(open);
  if (page.host === undefined) {
    const there = await inPagerDuty(world, page.key);
    return helpInPagerDuty(world, { title, page: there }, ledger, dice);
  }
  const host = kept?.incident.pages.find(({ number }) => number === page.host);
  if (host) await answerRequest(world, await inPagerDuty(world, host.key), { page, ledger, dice });
}

const inPagerDuty = (world: World, key: string): Promise<PagerIncident> =>
  windUntil(world, `the page ${key} to be in PagerDuty`, async () =>
    (await world.slack.pagerduty.incidents()).find(({ incidentKey }) => incidentKey === key),
  );

/** Somebody who is asked to help comes, or cannot. */
async function answerRequest(
  { slack }: World,
  { id, responders }: PagerIncident,
  { page, ledger, dice }: { page: Page; ledger: Ledger; dice: Dice },
): Promise<void> {
  const asked = responders.find(({ state }) => state === 'pending');
  if (!asked) return;
  const { users } = await slack.pagerduty.summary();
  const someone = slack.pagerduty.as(users.find((user) => user.id === asked.user)?.handle ?? '');
  const at = await slack.clock.now();
  if (dice.chance(0.3)) return void (await someone.decline(id));
  await someone.accept(id);
  ledger.taken.push({ key: page.key, account: asked.user, at });
}

/** Somebody takes it there, or leaves a note; some of them wait until Slack shows it. */
async function helpInPagerDuty(
  world: World,
  { title, page }: { title: string; page: PagerIncident },
  ledger: Ledger,
  dice: Dice,
): Promise<void> {
  const { pagerduty, clock } = world.slack;
  const handle = dice.pick(helpers);
  const someone = pagerduty.as(handle);
  if (dice.chance(0.5)) {
    const note = ledger.ask('note', dice.word());
    await someone.annotate(page.id, note.text);
    ledger.answered(note, 'acknowledged');
  }
  if (dice.chance(0.3)) return;
  const { status, acknowledgements } = await someone.acknowledge(page.id);
  const account = acknowledgements.at(-1)?.user;
  if (status !== 'acknowledged' || !account) throw new Error(`${handle} could not take ${page.id}: it is ${status}`);
  ledger.taken.push({ key: page.incidentKey, account, at: await clock.now() });
  if (dice.chance(0.5)) return;
  await windUntil(world, `${handle} to be shown as having ${page.incidentKey}`, async () => {
    const shown = await keptOf(world, [title]);
    const ours = shown.flatMap(({ incident }) => incident.pages).find(({ key }) => key === page.incidentKey);
    return ours?.takers.find((taker) => taker.account === account);
  });
}
