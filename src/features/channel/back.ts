import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import type { Recorded } from '../../store/record.ts';
import { backMessage } from './gone-views.ts';
import { channelWork, postGate } from './work.ts';

const keyOf = (incident: string) => `back:${incident}`;

/** In the open: what happened while nothing could be said in the channel, so that nobody who reads there misses it. */
export const sayBack = definePost('channel.back', z.object({ incident: z.string(), moved: z.boolean() }), {
  purpose: 'say in the channel what happened meanwhile',
  compose: async ({ incident: id, moved }, outside) => {
    const incident = await incidentOf(outside, id);
    if (!incident.channel) return undefined;
    const [record, said] = await outside.store.read(
      async (tx) => [await tx.record.of(id), await tx.outbox.byKey(keyOf(id))] as const,
    );
    // What was said of an earlier absence is not said again; a try that found the channel still closed said nothing.
    const last = said.find((row) => row.state === 'done' && row.result)?.settledAt;
    const happened = meanwhile(record, last ?? undefined);
    return { channel: incident.channel.id, ...backMessage(happened, outside.policy, { moved }) };
  },
});

/** The events since the channel was first gone, of all that nobody has been told in it. */
export function meanwhile(record: Recorded[], told: Date | undefined): Recorded[] {
  const untold = told ? record.filter(({ at }) => at > told) : record;
  const start = untold.findIndex(({ event }) => event.type === 'channelGone');
  return start < 0 ? [] : untold.slice(start);
}

/** `moved`: in another channel, in place of the one that is gone. */
export const sayBackIn = (incident: Incident, { moved = false } = {}): Effect =>
  channelWork(sayBack.kind, 'back', incident, { lane: 'channel', gate: postGate(incident), payload: { moved } });
