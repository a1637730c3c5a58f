import * as z from 'zod';
import { denial } from '../../may.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import type { Outside } from '../../slack/outside.ts';

const minute = 60_000;
/** A little more than a profile is remembered for, so that Slack is asked anew. Milliseconds. */
const aDay = (24 * 60 + 5) * minute;
const anHour = 60 * minute;

/**
 * Whoever left, or became a guest, follows nothing any more. Asked once a day and person, each at a time of their own: a look at
 * all of them before each message would ask Slack for more profiles than it gives.
 */
export const recheck = defineEffect('followers.recheck', z.object({ person: z.string() }), {
  async run({ person }, outside: Outside) {
    const { store, now } = outside;
    const who = await outside.people.who(person);
    if (who.kind === 'unknown') return { next: [checkFor(person, new Date(now().getTime() + anHour))] };
    if (denial(outside.policy, who, 'subscribe')) {
      await store.transact(async (tx) => {
        await tx.subscriptions.removeAll(person);
        await tx.followers.stopAll(person);
      });
      return {};
    }
    const still = await store.read(
      async (tx) => (await tx.subscriptions.of(person)).length + (await tx.followers.open(person)).length,
    );
    return still > 0 ? { next: [recheckLater(person, now())] } : {};
  },
});

const checkFor = (person: string, runAt: Date): Effect => ({
  kind: recheck.kind,
  key: `recheck:${person}`,
  payload: { person },
  lane: 'cosmetic',
  gate: 'users.info',
  runAt,
});

export const recheckLater = (person: string, now: Date): Effect => checkFor(person, new Date(now.getTime() + aDay));
