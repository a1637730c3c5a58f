import { setTimeout as sleep } from 'node:timers/promises';
import { inArray, sql } from 'drizzle-orm';
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
      .select({ id: outbox.id, state: outbox.state, fence: outbox.fence, runAt: outbox.runAt })
      .from(outbox)
      .where(inArray(outbox.state, ['waiting', 'running', 'unknown']));
    const received = await db.select({ key: inbox.key }).from(inbox).where(sql`${inbox.state} = 'received'`);
    return {
      deliveries: received.length,
      running: rows.filter((row) => row.state === 'running').length,
      planned: rows.filter((row) => row.state !== 'running').map((row) => row.runAt.getTime()),
      trace: JSON.stringify([rows.map(({ id, state, fence }) => [id, state, fence]), received.length]),
    };
  });
}

/** How long nothing may move before the bot is taken to be waiting for the clock. Real milliseconds. */
const still = 60;
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
    else if (Date.now() - last.since > still && now.running === 0 && (await wound(world, now))) {
      last = { trace: '', since: Date.now() };
    }
  }
  throw new Error(`waited ${within} ms in vain for ${what}; left: ${JSON.stringify(await left(world))}`);
}

/** Winds to the next planned work. False where there is none ahead: what is due is the bot's to take. */
async function wound({ slack }: World, { planned }: Left): Promise<boolean> {
  const now = (await slack.clock.now()).getTime();
  const ahead = planned.filter((at) => at > now);
  if (ahead.length === 0) return false;
  await slack.clock.forward({ ms: Math.min(...ahead) - now + 1 });
  return true;
}

/** Everything that came in is worked through and everything that goes out is out. */
export async function quiet(world: World): Promise<void> {
  await windUntil(world, 'the bot to have nothing left to do', async () => {
    const { deliveries, running, planned } = await left(world);
    return deliveries + running + planned.length === 0 ? true : undefined;
  });
}
