import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { headlineMessage } from './views.ts';
import { channelWork, postGate } from './work.ts';

const Payload = z.object({ incident: z.string() });

export const postHeadline = definePost('channel.headline', Payload, {
  purpose: 'post the headline',
  compose: async (payload, outside) => {
    const incident = await incidentOf(outside, payload.incident);
    if (!incident.channel) throw new Impossible('no_channel', 'the incident has no channel');
    return {
      channel: incident.channel.id,
      ...headlineMessage(incident, outside.policy, outside.now(), outside.publicUrl),
    };
  },
  report: (at) => ({ type: 'reportHeadlinePosted', at }),
});

export const editHeadline = defineEdit('channel.headline-edit', Payload, {
  purpose: 'bring the headline up to date',
  gone: { type: 'reportHeadlineGone' },
  compose: async (payload, outside) => {
    const incident = await incidentOf(outside, payload.incident);
    return (
      incident.headline && {
        at: incident.headline,
        ...headlineMessage(incident, outside.policy, outside.now(), outside.publicUrl),
      }
    );
  },
});

/** Posted and edited one after the other, so that a change made while it is being posted is not missed. */
const order = (incident: Incident) => `headline:${incident.id}`;

export const postHeadlineFor = (incident: Incident): Effect =>
  channelWork(postHeadline.kind, 'headline', incident, {
    lane: 'declare',
    gate: postGate(incident),
    orderKey: order(incident),
  });

/** Any number of changes while it waits make one edit: it shows the incident as it is when it runs. */
export const editHeadlineOf = (incident: Incident): Effect =>
  channelWork(editHeadline.kind, 'headline-edit', incident, {
    lane: 'channel',
    gate: 'chat.update',
    orderKey: order(incident),
  });
