import * as z from 'zod';
import type { FollowUp, Incident, Place } from '../../incident/incident.ts';
import { placeKey } from '../../incident/timeline.ts';
import type { Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { openTasks } from '../tasks/views.ts';
import { hintsFor } from './hints.ts';
import { givenMessage, hintsMessage, offerMessage } from './messages.ts';
import { openFollowUp } from './remind.ts';

const Given = z.object({ incident: z.string(), number: z.number(), owner: z.string(), by: z.string() });

export const tellOwner = definePost('follow-ups.given', Given, {
  compose: async ({ incident: id, number, owner, by }, outside) => {
    const incident = await incidentOf(outside, id);
    const followUp = openFollowUp(incident, number);
    // Somebody else's by now.
    if (followUp?.owner !== owner) return undefined;
    return { channel: await directChannel(outside, owner), ...givenMessage(incident, followUp, by) };
  },
});

/** `version` of the incident: whoever is given it once more hears of it once more. */
export const givenTo = (incident: Incident, { number }: FollowUp, owner: string, by: string): Effect => ({
  kind: tellOwner.kind,
  key: `follow-up-given-${number}-${incident.version}:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, number, owner, by },
  lane: 'channel',
  gate: `tell:${owner}`,
});

const Hinting = z.object({
  incident: z.string(),
  source: z.object({ channel: z.string(), ts: z.string() }),
  person: z.string(),
});

/** A message says what happened and seldom what is to be done: whoever made a follow-up of it hears what is missing. */
export const tellHints = definePost('follow-ups.hints', Hinting, {
  compose: async ({ incident: id, source, person }, outside) => {
    const incident = await incidentOf(outside, id);
    const made = incident.followUps.find((one) => one.source && placeKey(one.source) === placeKey(source));
    const hints = made && !made.done ? hintsFor(made) : [];
    if (!made || hints.length === 0) return undefined;
    return { channel: await directChannel(outside, person), ...hintsMessage(incident, made, hints) };
  },
});

export const hintsTo = (incident: Incident, source: Place, person: string): Effect => ({
  kind: tellHints.kind,
  key: `follow-up-hints:${placeKey(source)}`,
  incident: incident.id,
  payload: { incident: incident.id, source, person },
  lane: 'cosmetic',
  gate: `tell:${person}`,
});

const Offer = z.object({ incident: z.string(), person: z.string() });

/** To whoever resolved it, and not in their form: at that moment nobody wants to go through a list. */
export const offerTasks = definePost('follow-ups.offer', Offer, {
  compose: async ({ incident: id, person }, outside) => {
    const incident = await incidentOf(outside, id);
    const left = openTasks(incident);
    if (left.length === 0 || incident.status !== 'resolved') return undefined;
    return { channel: await directChannel(outside, person), ...offerMessage(incident, left) };
  },
});

export const offerTo = (incident: Incident, person: string): Effect => ({
  kind: offerTasks.kind,
  key: `follow-up-offer-${incident.version}:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, person },
  lane: 'channel',
  gate: `tell:${person}`,
});
