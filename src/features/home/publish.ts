import { createHash } from 'node:crypto';
import * as z from 'zod';
import { denial } from '../../may.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import type { Outside } from '../../slack/outside.ts';
import type { Home } from '../../store/homes.ts';
import { homeFacts } from './facts.ts';
import { closedHome, homeView } from './views.ts';

/** Whoever opened it within this time may still be looking at it. Milliseconds. */
const lately = 60 * 60_000;
/** At most as many are brought up to date; whoever comes back later opens it anew. */
const mostHomes = 200;
/** However much happens, somebody's page changes no more often than this. Milliseconds. */
const pause = 3_000;

const Published = z.object({ view: z.object({ hash: z.string() }) });

/** Shows one person's App Home as things stand. What it shows already is not published again. */
export const publishHome = defineEffect('home.publish', z.object({ person: z.string() }), {
  async run({ person }, outside: Outside): Promise<Done> {
    const home = await outside.store.read((tx) => tx.homes.of(person));
    if (!home) return {};
    const view = await compose(person, outside);
    const shown = createHash('sha256').update(JSON.stringify(view)).digest('hex');
    if (shown === home.shown) return {};
    const hash = await publish(home, view, outside);
    const publishedAt = outside.now();
    await outside.store.transact((tx) => tx.homes.published(person, { publishedAt, shown, hash }));
    return {};
  },
});

async function compose(id: string, outside: Outside) {
  const person = await outside.people.who(id);
  const denied = denial(outside.policy, person, 'see');
  if (denied) return closedHome(denied);
  const facts = await outside.store.read((tx) => homeFacts(tx, person, outside.policy));
  return homeView(facts, outside.policy, outside.now());
}

/**
 * With the hash of what was shown last, so that a request that lands late cannot go over a newer page. When the hash is no longer
 * Slack's, an earlier request did arrive whose reply was lost: this one is the newest.
 */
async function publish({ person, hash }: Home, view: object, { slack }: Outside): Promise<string> {
  const call = async (known: string | null) =>
    (await slack.call('views.publish', { user_id: person, view, ...(known && { hash: known }) }, Published)).view.hash;
  try {
    return await call(hash);
  } catch (error) {
    if (error instanceof Impossible && error.code === 'hash_conflict') return call(null);
    throw error;
  }
}

/** Something changed: the pages that somebody may be looking at, each in its own time. */
export const refreshHomes = defineEffect('home.refresh', z.object({}), {
  async run(_, outside: Outside): Promise<Done> {
    const since = new Date(outside.now().getTime() - lately);
    const homes = await outside.store.read((tx) => tx.homes.openedSince(since, mostHomes));
    return {
      next: homes.map(({ person, publishedAt }) => ({
        ...homeOf(person),
        ...(publishedAt && { runAt: new Date(publishedAt.getTime() + pause) }),
      })),
    };
  },
});

/** Any number of changes while it waits make one page: it shows what there is when it runs. */
export const homeOf = (person: string): Effect => ({
  kind: publishHome.kind,
  key: `home:${person}`,
  payload: { person },
  lane: 'cosmetic',
  gate: 'views.publish',
  orderKey: `home:${person}`,
});

export const refresh: Effect = {
  kind: refreshHomes.kind,
  key: 'homes',
  payload: {},
  lane: 'cosmetic',
  gate: 'none',
};
