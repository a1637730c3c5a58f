import * as z from 'zod';
import { Impact } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { impactMessage } from './views.ts';

const Said = z.object({ by: z.string(), reason: z.string(), again: z.boolean().optional(), impact: Impact });

/** In the headline's thread, with the names that the policy has for journeys. */
export const impactNote = definePost('impact.note', Said.extend({ incident: z.string() }), {
  purpose: 'write in the channel what customers feel',
  compose: async ({ incident: id, by, reason, again, impact }, outside) => {
    const incident = { ...(await incidentOf(outside, id)), impact };
    const { channel, headline } = incident;
    if (!channel) return undefined;
    const said = { reason, ...(again && { again }) };
    const message = impactMessage(said, incident, outside.policy, by, outside.now());
    return { channel: channel.id, ...(headline && { thread: headline.ts }), ...message };
  },
});

export const noteOfImpact = (incident: Incident, said: z.infer<typeof Said>): Effect =>
  channelWork(impactNote.kind, `note-impact-${incident.version}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: said,
  });
