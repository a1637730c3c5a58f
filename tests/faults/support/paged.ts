import type { PagerIncident } from '../../../sandbox/pagerduty/wire.ts';
import type { Dice } from './dice.ts';
import { keptOf } from './kept.ts';
import type { Ledger } from './ledger.ts';
import { windUntil } from './quiet.ts';
import type { World } from './world.ts';

const helpers = ['ana', 'ben', 'chloe', 'dev'];

/** One of the pages of an incident that nobody has ended, as PagerDuty has it; undefined where there is none. */
export async function someonePaged(world: World, title: string, dice: Dice): Promise<PagerIncident | undefined> {
  const [kept] = await keptOf(world, [title]);
  const open = kept?.incident.pages.filter(({ state }) => state !== 'resolved') ?? [];
  if (open.length === 0) return undefined;
  const { key } = dice.pick(open);
  return windUntil(world, `the page ${key} to be in PagerDuty`, async () =>
    (await world.slack.pagerduty.incidents()).find(({ incidentKey }) => incidentKey === key),
  );
}

/** Somebody takes it there, or leaves a note; some of them wait until Slack shows it. */
export async function helpInPagerDuty(
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
