import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import type { Message } from '../../slack/blocks.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { channelWork, postGate } from './work.ts';

const Said = z.looseObject({ text: z.string() });

/** A line in the channel about what just changed: in the headline's thread, where it takes no room, or in the open. */
export const note = definePost('channel.note', z.object({ incident: z.string(), message: Said, open: z.boolean() }), {
  purpose: 'write in the channel what changed',
  compose: async ({ incident: id, message, open }, outside) => {
    const { channel, headline } = await incidentOf(outside, id);
    if (!channel) throw new Impossible('no_channel', 'the incident has no channel');
    return {
      channel: channel.id,
      ...(headline && !open && { thread: headline.ts }),
      ...(message as unknown as Message),
    };
  },
});

/** Each note is a piece of work of its own: the version of the incident tells them apart. */
export function noteIn(incident: Incident, what: string, message: Message, { open = false } = {}): Effect {
  return channelWork(note.kind, `note-${what}-${incident.version}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: { message, open },
  });
}
