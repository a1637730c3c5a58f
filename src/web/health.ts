import { Hono } from 'hono';
import type { Store } from '../store/store.ts';
import { laneName } from './metrics.ts';

export interface HealthParts {
  store: Store;
  policyVersion: string;
  /** Whether deliveries can come in, in a few plain facts. */
  intake: () => { ok: boolean; [fact: string]: unknown };
  slackReached: () => boolean;
  stopping: () => boolean;
}

/** `/healthz`: the process lives. `/readyz`: it can do its work; the details say what cannot, with no word of an incident's. */
export function healthRoutes({ store, policyVersion, intake, slackReached, stopping }: HealthParts): Hono {
  const routes = new Hono();
  routes.get('/healthz', (c) => c.json({ ok: true }));
  routes.get('/readyz', async (c) => {
    const database = await store.read(outboxDetails).then(
      (details) => ({ ok: true, ...details }),
      (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : 'unreadable' }),
    );
    const details = {
      database,
      intake: intake(),
      slack: { ok: slackReached() },
      policy: { version: policyVersion },
      stopping: stopping(),
    };
    const ok = database.ok && details.intake.ok && details.slack.ok && !details.stopping;
    return c.json({ ok, ...details }, ok ? 200 : 503);
  });
  return routes;
}

type Reader = Parameters<Parameters<Store['read']>[0]>[0];

/** The latest of what failed for good; the whole of it is in the database. */
const mostDead = 20;

async function outboxDetails(tx: Reader) {
  const counts = await tx.outbox.counts();
  const dead = await tx.outbox.dead();
  return {
    outbox: counts
      .filter(({ state }) => state !== 'done')
      .map(({ lane, state, count }) => ({ lane: laneName(lane), state, count })),
    dead: dead
      .slice(0, mostDead)
      .map(({ kind, error, attempts, settledAt }) => ({ kind, error, attempts, at: settledAt })),
  };
}
