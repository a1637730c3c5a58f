import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { announcedMessage } from './messages.ts';

/** In the updates channel, for everybody who followed it. Of a private incident, and of practice, nobody hears there. */
export const announce = definePost('postmortem.announce', z.object({ incident: z.string() }), {
  purpose: 'announce the postmortem in the updates channel',
  compose: async ({ incident: id }, outside) => {
    const incident = await incidentOf(outside, id);
    if (incident.isPrivate || incident.isPractice || incident.postmortem?.status !== 'published') return undefined;
    return { channel: await outside.updatesChannel(), ...announcedMessage(incident) };
  },
});

export const announceOf = (incident: Incident): Effect[] =>
  incident.isPrivate || incident.isPractice
    ? []
    : [
        {
          kind: announce.kind,
          // Re-opened and published again is news again.
          key: `postmortem-published-${incident.version}:${incident.id}`,
          incident: incident.id,
          lane: 'channel',
          gate: 'chat.postMessage:updates',
          payload: { incident: incident.id },
        },
      ];
