import { count, sql } from 'drizzle-orm';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openWorld } from '../tests/faults/support/world.ts';
import type { Figure } from './figure.ts';

const seconds = 30;
/** A little above what is asked for, so that the pace is the bot's and not the sender's. */
const perSecond = 1_600;

/** Deliveries stored (SQLite, synchronous=FULL) and acknowledged, sender and bot on the same machine; then the rows are counted. */
export async function intake(copy: Copy): Promise<Figure[]> {
  await using world = await openWorld({ engine: 'sqlite', copy, seed: 1 });
  const { slack, database } = world;
  await slack.as('ana').createChannel('noise');
  await slack.as('ana').invite('tocsin', 'noise');
  const stored = () =>
    database.read(async ({ db, t: { inbox } }) => {
      const [row] = await db.select({ rows: count() }).from(inbox).where(sql`${inbox.body} like '%burst %'`);
      return Number(row?.rows ?? 0);
    });
  const result = await slack.burst({ channel: 'noise', count: perSecond * seconds, perSecond, inFlight: 200 });
  const rows = await stored();
  const lost = result.acked - rows;
  return [
    {
      what: `deliveries stored and acknowledged, SQLite FULL, for ${Math.round(result.seconds)} s`,
      measured: `${result.perSecond} per second, ack p50 ${result.latency.p50} ms, p99 ${result.latency.p99} ms, ${lost} lost, ${result.failed} refused`,
      asked: '≥ 1,500 per second, none lost',
      n: result.sent,
      reached: result.perSecond >= 1_500 && lost === 0 && result.failed === 0,
    },
  ];
}
