import { Hono } from 'hono';
import { type Lane, lanes } from '../outbox/lanes.ts';
import type { Reader, Store } from '../store/store.ts';
import { watchEventLoop } from './event-loop.ts';
import { laneName } from './metrics.ts';

export interface HealthParts {
  store: Store;
  now: () => Date;
  policyVersion: string;
  /** Whether deliveries can come in, in a few plain facts. */
  intake: () => { ok: boolean; [fact: string]: unknown };
  /** Whether Slack has answered since the start, and if not why. */
  identity: () => { reached: boolean; problem?: string };
  /** Seconds this machine's clock is ahead of Slack's. */
  skew: () => number | undefined;
  stopping: () => boolean;
}

/** Work that has been due for longer than this is not being done. Seconds. */
const longestDue: Record<Lane, number> = { page: 60, declare: 120, channel: 10 * 60, cosmetic: 60 * 60 };
/** From five minutes on Slack's signatures do not count, and what people type as times has been wrong for long. Seconds. */
const mostSkew = 240;
/** Later than this half of the time, and Slack's three seconds for an acknowledgement are no longer kept. Milliseconds. */
const mostLag = 1_000;
/** The latest of what failed for good; the whole of it is in the database. */
const mostDead = 20;

/** `/healthz`: the process lives. `/readyz`: it can do its work; the details say what cannot, with no word of an incident's. */
export function healthRoutes(parts: HealthParts): Hono {
  const { store, now, policyVersion } = parts;
  const lateness = watchEventLoop();
  const routes = new Hono();
  routes.get('/healthz', (c) => c.json({ ok: true }));
  routes.get('/readyz', async (c) => {
    const { database, outbox } = await store
      .read((tx) => readOutbox(tx, now()))
      .then(
        (outbox) => ({ database: { ok: true }, outbox }),
        (error: unknown) => ({ database: { ok: false, error: sentenceOf(error) }, outbox: { ok: false } }),
      );
    const { reached, ...why } = parts.identity();
    const skew = parts.skew();
    const details = {
      database,
      outbox,
      intake: parts.intake(),
      slack: { ok: reached, ...why },
      clock: { ok: Math.abs(skew ?? 0) < mostSkew, ...(skew !== undefined && { aheadOfSlackSeconds: skew }) },
      eventLoop: { ok: lateness().median < mostLag, latenessMs: lateness() },
      policy: { ok: true, version: policyVersion },
      stopping: parts.stopping(),
    };
    const { stopping, ...checks } = details;
    const ok = !stopping && Object.values(checks).every((check) => check.ok);
    return c.json({ ok, ...details }, ok ? 200 : 503);
  });
  return routes;
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : 'unreadable');

async function readOutbox(tx: Reader, now: Date) {
  const waiting = (await tx.outbox.counts()).filter(({ state }) => state !== 'done');
  const due = (await tx.outbox.dueSince(now)).map(({ lane, since }) => ({
    lane,
    seconds: Math.round((now.getTime() - since.getTime()) / 1000),
  }));
  return {
    ok: due.every(({ lane, seconds }) => seconds <= longestDueOf(lane)),
    rows: waiting.map(({ lane, state, count }) => ({ lane: laneName(lane), state, count })),
    oldestDue: due.map(({ lane, seconds }) => ({ lane: laneName(lane), seconds })),
    dead: await readDead(tx),
  };
}

function longestDueOf(lane: number): number {
  const [name] = Object.entries(lanes).find(([, number]) => number === lane) ?? [];
  return name ? longestDue[name as Lane] : longestDue.cosmetic;
}

/** An incident's number says where to look; whoever may not see the incident learns nothing by it. */
async function readDead(tx: Reader) {
  const dead = (await tx.outbox.dead()).slice(0, mostDead);
  const numbers = new Map<string, number | undefined>();
  for (const { incident } of dead)
    if (incident && !numbers.has(incident)) numbers.set(incident, (await tx.incidents.load(incident))?.number);
  return dead.map(({ kind, error, attempts, settledAt, incident }) => ({
    kind,
    error,
    attempts,
    at: settledAt,
    ...(incident && { incident: numbers.get(incident) }),
  }));
}
