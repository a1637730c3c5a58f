import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import type { Message } from '../../slack/blocks.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { absorbedMessage, mergedMessage } from './merge-views.ts';

const Payload = z.object({ incident: z.string(), other: z.string(), by: z.string(), way: z.enum(['into', 'from']) });

/** Said openly in both channels, with the name and the channel of the other as they are when it is said. */
export const mergeNote = definePost('lifecycle.merged', Payload, {
  purpose: 'say in the channel that it was merged',
  compose: async ({ incident: id, other: otherId, by, way }, outside) => {
    const [incident, other] = [await incidentOf(outside, id), await incidentOf(outside, otherId)];
    if (!incident.channel) return undefined;
    return { channel: incident.channel.id, ...messageOf(other, by, way) };
  },
});

function messageOf(other: Incident, by: string, way: 'into' | 'from'): Message {
  // People of the one need not be people of the other, private or not.
  const named = other.isPrivate ? undefined : other;
  return way === 'from' ? absorbedMessage(by, other.number, named) : mergedMessage(by, named);
}

export const sayMerged = (incident: Incident, other: string, by: string, way: 'into' | 'from'): Effect =>
  channelWork(mergeNote.kind, `merged-${way}-${other}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: { other, by, way },
  });
