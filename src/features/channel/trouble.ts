import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { standsFor } from '../../incident/stands-for.ts';
import type { Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { troubleMessage } from './views.ts';
import { channelWork, postGate } from './work.ts';

/**
 * Says what the bot could not do, where people are: in the channel, or to the declarer when there is none; of one that
 * PagerDuty declared, to who took its page or an incident admin. It has no purpose of
 * its own: a failure to tell of a failure is told by the headline and by `/readyz`, not by another of these.
 */
export const trouble = definePost(
  'channel.trouble',
  z.object({ incident: z.string(), what: z.string(), why: z.string() }),
  {
    compose: async ({ incident: id, what, why }, outside) => {
      const incident = await incidentOf(outside, id);
      const here = incident.channelGone ? undefined : incident.channel?.id;
      const person = standsFor(incident) ?? outside.policy.incidentAdmins[0];
      const channel = here ?? (person && (await directChannel(outside, person)));
      return channel ? { channel, ...troubleMessage(what, why, incident) } : undefined;
    },
  },
);

export const troublePost = (incident: Incident, effect: string, what: string, why: string): Effect =>
  channelWork(trouble.kind, `trouble:${effect}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: { what, why },
  });
