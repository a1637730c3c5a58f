import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOpen, openStatuses } from '../../incident/lifecycle.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import type { Follower } from '../../store/followers.ts';
import type { Caught } from '../../store/subscriptions.ts';
import { digestEdit, digestFor, digestFrom } from './digest.ts';
import { editFor, messageFor, updateFor } from './message.ts';

const Payload = z.object({ incident: z.string() });
const Update = z.object({ number: z.number(), text: z.string(), by: z.string() });

/**
 * Slack takes several hundred posts a minute in a workspace and about 50 edits: followers leave half of it to those who respond.
 * The first few are served at once. https://docs.slack.dev/apis/web-api/rate-limits
 */
const atOnce = 20;
const betweenPosts = 200;
const betweenEdits = 2_000;

/** Who follows, by the rules as they are now, and what each of them is to be shown. */
export const bringToFollowers = defineEffect('followers.bring', Payload, {
  async run({ incident: id }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const followers = await gather(outside, incident);
    return { next: plan(incident, followers, outside.now()) };
  },
});

async function gather({ store, now }: Outside, incident: Incident): Promise<Follower[]> {
  const { fresh, before, running } = await store.read(async (tx) => {
    const before = await tx.followers.all(incident.id);
    const known = new Set(before.map(({ person }) => person));
    const caught = reachedByRules(incident) ? await tx.subscriptions.catching(incident) : [];
    const fresh = caught.filter(({ person }) => !known.has(person));
    // Read only where somebody new may get an overview.
    const open = fresh.length > 0 ? await tx.incidents.list({ statuses: openStatuses }) : [];
    return { fresh, before, running: open.filter(reachedByRules).length };
  });
  if (fresh.length === 0) return before;
  const forms = fresh.map((one) => ({ person: one.person, form: formFor(one, running) }));
  return store.transact(async (tx) => {
    await tx.followers.caught(incident.id, forms, now());
    return tx.followers.all(incident.id);
  });
}

/** Nobody comes to a private incident or a practice run by a rule, and none begins with what is over. */
const reachedByRules = ({ isPrivate, isPractice, status }: Incident) => !isPrivate && !isPractice && isOpen(status);

/** Whoever named the service or the severity wants this one; who follows everything wants an overview when there is much of it. */
const formFor = ({ rules }: Caught, running: number): Follower['form'] =>
  running >= digestFrom && rules.every((rule) => rule === 'all') ? 'digest' : 'own';

/** Each in their turn: posts, and edits in which whoever waited longest comes first. */
export function plan(incident: Incident, followers: Follower[], now: Date): Effect[] {
  // What somebody follows no longer still names it: that goes as well when it becomes private.
  const named = ({ state, place }: Follower) => incident.isPrivate && state === 'stopped' && place;
  const wanted = followers.filter((follower) => follower.state === 'following' || named(follower));
  const posts = wanted
    .filter(({ place }) => !place)
    .map(({ person, form }, index) => {
      const runAt = turn(now, index, betweenPosts);
      return form === 'digest' ? digestFor(person, runAt) : messageFor(incident, person, runAt);
    });
  const edits = wanted
    .filter(({ place }) => place)
    .map(({ person, form, place }, index) => {
      const runAt = turn(now, index, betweenEdits);
      return form === 'digest' && place ? digestEdit(person, place, runAt) : editFor(incident, person, runAt);
    });
  return [...posts, ...edits];
}

const turn = (now: Date, index: number, between: number) =>
  new Date(now.getTime() + Math.max(0, index - atOnce) * between);

/** An update, to everybody who follows by then. */
export const updateFollowers = defineEffect('followers.updates', Payload.extend(Update.shape), {
  async run({ incident: id, ...update }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const followers = await outside.store.read((tx) => tx.followers.all(id));
    const now = outside.now();
    return {
      next: followers
        .filter(({ state }) => state === 'following')
        .map((follower, index) => updateFor(incident, follower, update, turn(now, index, betweenPosts))),
    };
  },
});

/** Who follows is settled before what is said to them. */
function about(incident: Incident, kind: string, key: string, payload: object = {}): Effect {
  return {
    kind,
    key: `${key}:${incident.id}`,
    payload: { incident: incident.id, ...payload },
    lane: 'cosmetic',
    gate: 'none',
    orderKey: `followers:${incident.id}`,
  };
}

export const bringFor = (incident: Incident): Effect => about(incident, bringToFollowers.kind, 'followers');

/** When the channel is not open by then, people are told without a link to it. Milliseconds. */
const patience = 60_000;

export const bringSoon = (incident: Incident): Effect => ({
  ...bringFor(incident),
  runAt: new Date(incident.declaredAt.getTime() + patience),
});

export const updateForAll = (incident: Incident, update: z.infer<typeof Update>): Effect =>
  about(incident, updateFollowers.kind, `followers-update-${update.number}`, update);
