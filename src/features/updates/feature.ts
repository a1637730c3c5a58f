import { z } from 'zod';
import type { Feature } from '../../feature.ts';
import { Impossible } from '../../outbox/failures.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { listen, updateSubcommand } from './slack.ts';
import { updateMessage } from './views.ts';

const Payload = z.object({ incident: z.string(), text: z.string(), by: z.string() });

const postUpdate = definePost('updates.post', Payload, {
  purpose: 'post an update in the channel',
  compose: async ({ incident: id, ...update }, outside) => {
    const { channel } = await incidentOf(outside, id);
    if (!channel) throw new Impossible('no_channel', 'the incident has no channel');
    return { channel: channel.id, ...updateMessage(update) };
  },
});

/** Updates to stakeholders: said in the channel word for word, one after the other. */
export const updates: Feature = {
  name: 'updates',
  subcommands: [updateSubcommand],
  listeners: listen,
  effects: [postUpdate],
  reactions: {
    updatePosted: ({ number, text }, incident, by) => [
      channelWork(postUpdate.kind, `update-${number}`, incident, {
        lane: 'channel',
        gate: postGate(incident),
        payload: { text, by },
      }),
    ],
  },
};
