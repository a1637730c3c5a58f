import * as z from 'zod';
import type { Incident, Place } from '../../incident/incident.ts';
import { denial } from '../../may.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible, NotApplied } from '../../outbox/failures.ts';
import { directChannel } from '../../slack/answer.ts';
import type { Message } from '../../slack/blocks.ts';
import { definePost, findPost, send } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import type { Follower } from '../../store/followers.ts';
import { updateReply } from '../announcement/views.ts';
import { promisedNow } from '../updates/promise.ts';
import { digestUpdate, livingMessage, lostMessage, stoppedMessage } from './views.ts';

const Payload = z.object({ incident: z.string(), person: z.string() });

/** Slack says that this person, or the message, is not there any more: nobody is told about it, and nothing is tried again. */
export const gone = new Set([
  'channel_not_found',
  'user_not_found',
  'user_not_visible',
  'user_disabled',
  'cannot_dm_bot',
  'message_not_found',
  'cant_update_message',
]);

interface Shown {
  incident: Incident;
  follower: Follower;
}

/**
 * Asked each time something is about to be sent. Who may see a public incident was asked when they began to follow, and is asked
 * once a day (recheck.ts): 500 profiles at once would leave none of Slack's patience for those who respond.
 */
export async function maySee(outside: Outside, incident: Incident, { person, chosen }: Follower): Promise<boolean> {
  if (!incident.isPrivate) {
    const known = outside.people.remembered(person);
    return !known || !denial(outside.policy, known, 'subscribe', incident);
  }
  // No rule reaches a private incident, though it was public when the rule caught it.
  if (!chosen) return false;
  const who = await outside.people.who(person);
  if (who.kind === 'unknown') throw new NotApplied('Slack does not say who may see a private incident');
  return !denial(outside.policy, who, 'subscribe', incident);
}

async function load(outside: Outside, id: string, person: string): Promise<Shown | undefined> {
  const incident = await incidentOf(outside, id);
  const follower = await outside.store.read((tx) => tx.followers.of(id, person));
  return follower && { incident, follower };
}

const compose = (outside: Outside, { incident, follower }: Shown): Message =>
  follower.state === 'stopped' ? stoppedMessage(incident) : livingMessage(incident, outside.policy, outside.now());

/** The one direct message about an incident. Where it was sent is kept beside the follower, not in the incident: there may be hundreds. */
export const sendMessage = defineEffect('followers.message', Payload, {
  async run({ incident: id, person }, outside: Outside, attempt) {
    const shown = await load(outside, id, person);
    if (shown?.follower.state !== 'following') return {};
    if (shown.follower.place) return { next: [editFor(shown.incident, person)] };
    if (!(await maySee(outside, shown.incident, shown.follower))) return lose(outside, shown);
    return unlessGone(outside, shown, async () => {
      const at = await send({ channel: person, ...compose(outside, shown) }, outside, attempt);
      return keep(outside, shown, at);
    });
  },
  async find({ incident: id, person }, outside, attempt) {
    const shown = await load(outside, id, person);
    if (!shown || shown.follower.place) return {};
    const seen = await outside.store.read((tx) => tx.ownPosts.find(attempt.id));
    const at = seen ?? (await findPost({ channel: await directChannel(outside, person), text: '' }, outside, attempt));
    return at && keep(outside, shown, at);
  },
});

/** Meanwhile the incident may have moved on, or the follower gone: an edit brings the message to where things are now. */
async function keep(outside: Outside, { incident, follower }: Shown, at: Place) {
  await outside.store.transact((tx) => tx.followers.placed(incident.id, follower.person, at, incident.version));
  const now = await load(outside, incident.id, follower.person);
  const stale = now?.incident.version !== incident.version || now.follower.state !== 'following';
  return { result: { channel: at.channel, ts: at.ts }, next: stale ? [editFor(incident, follower.person)] : [] };
}

export const editMessage = defineEffect('followers.edit', Payload, {
  whenUnknown: 'overwrite',
  async run({ incident: id, person }, outside: Outside) {
    const shown = await load(outside, id, person);
    const place = shown?.follower.place;
    if (!shown || !place) return {};
    const isLost = shown.follower.state === 'lost' || !(await maySee(outside, shown.incident, shown.follower));
    return unlessGone(outside, shown, async () => {
      const message = isLost ? lostMessage(shown.incident) : compose(outside, shown);
      await outside.slack.call('chat.update', { ...place, ...message });
      // Lost only once it is said: until then each change tries to say it.
      const now = { shown: shown.incident.version, ...(isLost && { state: 'lost' as const }) };
      await outside.store.transact((tx) => tx.followers.put(id, person, now));
      return {};
    });
  },
});

/** An update, under the message that shows the incident to this person. */
export const replyToFollower = definePost(
  'followers.update',
  Payload.extend({ number: z.number(), text: z.string(), by: z.string() }),
  {
    compose: async ({ incident: id, person, ...update }, outside) => {
      const shown = await load(outside, id, person);
      const place = shown?.follower.place;
      if (!place || shown.follower.state !== 'following') return undefined;
      if (!(await maySee(outside, shown.incident, shown.follower))) return undefined;
      const { incident } = shown;
      const message =
        shown.follower.form === 'digest'
          ? digestUpdate(incident, update)
          : updateReply({ ...update, promised: promisedNow(incident) });
      return { channel: place.channel, thread: place.ts, ...message };
    },
  },
);

async function lose(outside: Outside, { incident, follower }: Shown) {
  await outside.store.transact((tx) => tx.followers.put(incident.id, follower.person, { state: 'lost' }));
  return {};
}

async function unlessGone<T>(outside: Outside, shown: Shown, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Impossible && gone.has(error.code)) return lose(outside, shown);
    throw error;
  }
}

/** First the message, then what is said under it. */
export const followerOrder = (incident: { id: string }, { person, form }: Pick<Follower, 'person' | 'form'>) =>
  form === 'digest' ? `digest:${person}` : `follow:${incident.id}:${person}`;

export const messageFor = (incident: Incident, person: string, runAt?: Date): Effect => ({
  kind: sendMessage.kind,
  key: `follow:${incident.id}:${person}`,
  payload: { incident: incident.id, person },
  lane: 'cosmetic',
  gate: `chat.postMessage:${person}`,
  orderKey: followerOrder(incident, { person, form: 'own' }),
  ...(runAt && { runAt }),
});

/** An order of its own: what is said under the message does not wait for an edit that is planned for later. */
export const editFor = (incident: Incident, person: string, runAt?: Date): Effect => ({
  kind: editMessage.kind,
  key: `follow-edit:${incident.id}:${person}`,
  payload: { incident: incident.id, person },
  lane: 'cosmetic',
  gate: 'chat.update',
  orderKey: `follow-edit:${incident.id}:${person}`,
  ...(runAt && { runAt }),
});

export const updateFor = (
  incident: Incident,
  follower: Follower,
  update: { number: number; text: string; by: string },
  runAt?: Date,
): Effect => ({
  kind: replyToFollower.kind,
  key: `follow-update-${update.number}:${incident.id}:${follower.person}`,
  payload: { incident: incident.id, person: follower.person, ...update },
  lane: 'cosmetic',
  gate: `chat.postMessage:${follower.person}`,
  orderKey: followerOrder(incident, follower),
  ...(runAt && { runAt }),
});
