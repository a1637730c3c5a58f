import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver, openStatuses } from '../../incident/lifecycle.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import type { Inside } from '../../slack/inside.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import type { Wish } from '../../store/captures.ts';
import type { Tx } from '../../store/store.ts';
import { readingOf } from './read-history.ts';
import { tsOf, withWish } from './reading.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Slack sends an event again after one and after five minutes: what is shorter than this loses nothing but the last few. Milliseconds. */
const retried = 5 * minute;
/** People go on talking in the channel of an incident that is over; after so long a silence they have stopped. Milliseconds. */
const listensFor = 30 * day;
const mostOpen = 1_000;

/** Asks for a stretch of a channel's history, besides what is asked for already. */
export async function wishToRead(
  tx: Tx,
  { channel, incident }: { channel: string; incident: string },
  wish: Wish,
  now: Date,
): Promise<void> {
  await tx.captures.heard(channel, incident, new Date(0));
  const captured = await tx.captures.of(channel);
  const gaps = withWish(captured?.gaps ?? {}, wish, tsOf(now));
  await tx.captures.setGaps(channel, gaps);
  if (gaps.reading) await tx.outbox.enqueue([readingOf({ channel, incident, reading: gaps.reading })], now);
}

/** After a short absence the end of the history tells; after a longer one anything in it may have been edited, answered or deleted. */
function wishSince(since: Date, now: Date): Wish {
  const short = now.getTime() - since.getTime() <= retried;
  return { since: tsOf(since), upTo: tsOf(now), ...(short && { downTo: tsOf(new Date(since.getTime() - minute)) }) };
}

/** Channels in which somebody may have said something since. */
export async function readWhatWasMissed(since: Date, { store, now, transact }: Inside): Promise<void> {
  const at = now();
  const [open, lately] = await store.read(
    async (tx) =>
      [
        await tx.incidents.list({ statuses: openStatuses, limit: mostOpen }),
        await tx.captures.lately(new Date(at.getTime() - listensFor)),
      ] as const,
  );
  const channels = new Map(open.flatMap(({ id, channel }) => (channel ? [[channel.id, id]] : [])));
  for (const { channel, incident } of lately) channels.set(channel, incident);
  const wish = wishSince(since, at);
  for (const [channel, incident] of channels) await transact((tx) => wishToRead(tx, { channel, incident }, wish, at));
}

const Payload = z.object({ incident: z.string() });

/** The whole of a channel: when it has just been opened, when the bot comes back to it, and when the incident is resolved. */
export const readWhole = defineEffect('capture.whole', Payload.extend({ upTo: z.date().optional() }), {
  async run({ incident: id, upTo }, outside: Outside): Promise<Done> {
    const { channel, channelGone } = await incidentOf(outside, id);
    if (!channel || channelGone) return {};
    const at = outside.now();
    await outside.store.transact(async (tx) => {
      // Every thread as well: what was edited inside one shows nowhere else.
      const wish = { since: tsOf(new Date(0)), upTo: tsOf(upTo ?? at) };
      await wishToRead(tx, { channel: channel.id, incident: id }, wish, at);
    }, 'soon');
    return {};
  },
});

/** What is said between Slack's answer that there is a channel and our knowing of it is told to nobody. */
const soonAfter = minute;

/** `upTo`: until when something may be missing; until it runs unless told. */
export function wholeOf(incident: Incident, { runAt, upTo }: { runAt?: Date; upTo?: Date } = {}): Effect {
  return {
    kind: readWhole.kind,
    key: `capture-whole:${incident.id}`,
    incident: incident.id,
    payload: { incident: incident.id, ...(upTo && { upTo }) },
    lane: 'cosmetic',
    gate: 'capture',
    ...(runAt && { runAt }),
  };
}

/** Looks whether anything is there that Slack has not told: one call, and the whole of the history when there is. */
function wishToLook(tx: Tx, where: { channel: string; incident: string }, heard: Date, now: Date): Promise<void> {
  const since = tsOf(heard);
  return wishToRead(tx, where, { since, downTo: since, check: true, upTo: tsOf(now) }, now);
}

/** Slack speaks again after a silence of so long: it may have been Slack's and not people's. Milliseconds. */
const silence = 10 * minute;

/** Slack has just told something of these channels. */
export async function heardOf(tx: Tx, channels: ReadonlyMap<string, string>, now: Date): Promise<void> {
  const before = await tx.captures.heardUntil([...channels.keys()]);
  for (const [channel, incident] of channels) {
    const until = before.get(channel);
    await tx.captures.heard(channel, incident, now);
    // Nothing is known yet of a channel that nobody was heard in: the whole of it will be read.
    if (!until || until.getTime() === 0 || !silentSince(until, now)) continue;
    // What is being read already holds everything up to when that began.
    const began = (await tx.captures.of(channel))?.gaps.reading?.began;
    if (!began || silentSince(new Date(Number(began) * 1000), now))
      await wishToLook(tx, { channel, incident }, until, now);
  }
}

const silentSince = (time: Date, now: Date) => now.getTime() - time.getTime() > silence;

/**
 * Slack can fall silent while the connection stands. The channel of an open incident that has been quiet for an hour (for a day, once
 * it is three days old) is looked at. The end of the incident reads all of it once more.
 */
export const watch = defineEffect('capture.watch', Payload.extend({ first: z.boolean().default(false) }), {
  async run({ incident: id, first }, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, id);
    const at = outside.now();
    if (first)
      return {
        next: [wholeOf(incident, { runAt: after(soonAfter, at), upTo: at }), watching(incident, after(hour, at))],
      };
    if (isOver(incident)) return {};
    const { channel } = incident;
    const wait = lookAfter(incident, at);
    if (!channel || incident.channelGone) return { next: [watching(incident, after(wait, at))] };
    const captured = await outside.store.read((tx) => tx.captures.of(channel.id));
    const heard = captured?.knownUntil ?? new Date(0);
    const quiet = at.getTime() - heard.getTime();
    // Somebody was heard meanwhile: the hour begins there.
    if (quiet < wait) return { next: [watching(incident, after(wait - quiet, at))] };
    // What is being read already says more.
    if (!captured?.gaps.reading)
      await outside.store.transact((tx) => wishToLook(tx, { channel: channel.id, incident: id }, heard, at), 'soon');
    return { next: [watching(incident, after(wait, at))] };
  },
});

const after = (ms: number, now: Date) => new Date(now.getTime() + ms);

const lookAfter = ({ declaredAt }: Incident, now: Date) =>
  now.getTime() - declaredAt.getTime() > 3 * day ? day : hour;

/** From its opening on, and again once it is reopened. */
export const watching = (incident: Incident, runAt?: Date): Effect => ({
  kind: watch.kind,
  key: `capture-watch:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, ...(!runAt && { first: true }) },
  lane: 'cosmetic',
  gate: 'capture',
  ...(runAt && { runAt }),
});
