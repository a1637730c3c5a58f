import * as z from 'zod';
import type { EventOf } from '../../incident/events.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { inChannel } from '../channel/gone.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { Promised, promisedBy } from './promise.ts';
import { updateMessage } from './views.ts';

const Payload = z.object({ incident: z.string(), text: z.string(), by: z.string(), promised: Promised });

export const postUpdate = inChannel(
  definePost('updates.post', Payload, {
    purpose: 'post an update in the channel',
    compose: async ({ incident: id, promised, ...update }, outside) => {
      const { channel } = await incidentOf(outside, id);
      if (!channel) throw new Impossible('no_channel', 'the incident has no channel');
      return { channel: channel.id, ...updateMessage({ ...update, promised }) };
    },
  }),
);

export const updateInChannel = (event: EventOf<'updatePosted'>, incident: Incident, by: string): Effect =>
  channelWork(postUpdate.kind, `update-${event.number}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: { text: event.text, by, promised: promisedBy(event, incident) },
  });
