import { setTimeout as sleep } from 'node:timers/promises';
import { and, inArray, ne, sql } from 'drizzle-orm';
import type { World } from './world.ts';

interface Left {
  /** Deliveries that are not worked through yet. */
  deliveries: number;
  running: number;
  /** When the work that waits is planned, by the sandbox's clock. */
  planned: number[];
  /** Changes whenever something moves. */
  trace: string;
}

async function left({ database }: World): Promise<Left> {
  return database.read(async ({ db, t: { outbox, inbox } }) => {
    const rows = await db
      .select({ kind: outbox.kind, id: outbox.id, state: outbox.state, fence: outbox.fence, runAt: outbox.runAt })
      .from(outbox)
      // Whether a quiet channel is quiet is asked for as long as the incident is open.
      .where(and(inArray(outbox.state, ['waiting', 'running', 'unknown']), ne(outbox.kind, 'capture.watch')));
    const received = await db.select({ key: inbox.key }).from(inbox).where(sql`${inbox.state} = 'received'`);
    return {
      deliveries: received.length,
      running: rows.filter((row) => row.state === 'running').length,
      planned: rows.filter((row) => row.state !== 'running').map((row) => row.runAt.getTime()),
      trace: JSON.stringify([rows.map(({ kind, id, state, fence }) => [kind, id, state, fence]), received.length]),
    };
  });
}

/** How long nothing may move before the bot is taken to be waiting for the clock. Real milliseconds. */
const still = 60;
/** Work this near is the bot's to take by itself: winding while it does would send at one time and arrive at another. */
const near = 250;
/** Work that is there and is left alone for this long waits for something else, a closed gate say. Real milliseconds. */
const held = 1_500;
/** A delivery that a killed replica had in hand is taken over when its lease of 15 s is over. Real milliseconds. */
const takenOver = 17_000;
/** A lease of a killed bot's runs for 15 s, and what it was doing comes after that. Real milliseconds. */
const longest = () => Number(process.env.FAULTS_PATIENCE ?? 60_000);

/**
 * Winds the clock whenever the bot waits for it, until `reached` says so. What waits for real time (a lease of a killed replica's,
 * a request that hangs) is waited for.
 */
export async function windUntil<T>(
  world: World,
  what: string,
  reached: () => Promise<T | undefined>,
  within = longest(),
): Promise<T> {
  let last = { trace: '', since: Date.now() };
  for (const end = Date.now() + within; Date.now() < end; await sleep(10)) {
    const found = await reached();
    if (found !== undefined) return found;
    const now = await left(world);
    if (now.trace !== last.trace) last = { trace: now.trace, since: Date.now() };
    else if (now.running === 0 && (await wound(world, now, Date.now() - last.since))) {
      last = { trace: '', since: Date.now() };
    }
  }
  const now = (await world.slack.clock.now()).getTime();
  throw new Error(`waited ${within} ms in vain for ${what}; at ${now}, left: ${JSON.stringify(await left(world))}`);
}

/** Winds to the next planned work when nothing moved for `quietFor` real milliseconds. False where it is too early to. */
async function wound({ slack }: World, { deliveries, planned }: Left, quietFor: number): Promise<boolean> {
  if (quietFor <= still) return false;
  const now = (await slack.clock.now()).getTime();
  const ahead = planned.filter((at) => at > now);
  if (ahead.length === 0) return false;
  if (deliveries > 0 && quietFor <= takenOver) return false;
  if (quietFor <= held && planned.some((at) => at <= now + near)) return false;
  await slack.clock.forward({ ms: Math.min(...ahead) - now + 1 });
  return true;
}

/** Everything that came in is worked through and everything that goes out is out. */
export async function quiet(world: World): Promise<void> {
  await windUntil(world, 'the bot to have nothing left to do', async () => {
    const { deliveries, running, planned } = await left(world);
    if (deliveries + running + planned.length > 0) return undefined;
    // PagerDuty tries again what the bot was not there for.
    return (await world.slack.pagerduty.summary()).waiting === 0 ? true : undefined;
  });
}
