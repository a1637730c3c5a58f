import { count, like } from 'drizzle-orm';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { type Figure, ms } from './support/figures.ts';
import { openStand } from './support/stand.ts';

const seconds = 30;

/** As many events as the bot stores (SQLite, synchronous=FULL) and acknowledges, and whether all of them are there afterwards. */
export async function deliveries(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy);
  const burst = (events: number) => stand.slack.burst({ count: events, channel: 'incidents', inFlight: 200 });
  await using database = await stand.database();
  const stored = async () => {
    const [kept] = await database.read(
      async ({ db, t: { inbox } }) => await db.select({ rows: count() }).from(inbox).where(like(inbox.key, 'event:%')),
    );
    return kept?.rows ?? 0;
  };
  const rehearsal = await burst(6_000);
  const before = await stored();
  // It warms up: more than the rehearsal promised, so that it lasts.
  const result = await burst(Math.ceil(rehearsal.perSecond * seconds * 1.8));
  const lost = result.acked - ((await stored()) - before);
  return [
    {
      what: 'deliveries stored and acknowledged, SQLite FULL, 2 cores',
      atLeast: '≥ 1,500 per second for 30 s, none lost',
      measured: `${result.perSecond} per second for ${result.seconds.toFixed(0)} s, ${lost} lost, ${result.failed} failed, p99 ${ms(result.latency.p99)}`,
      n: result.sent,
    },
  ];
}
