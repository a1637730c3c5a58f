import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import type { Recorded } from '../../store/record.ts';
import { catchUpOffer } from './views.ts';

/** Who comes so soon has missed nothing. Milliseconds. */
const soon = 5 * 60_000;

const Payload = z.object({ incident: z.string(), person: z.string(), seq: z.number() });

/** Shown to that person alone, in the channel. An offer that may have arrived is not made again. */
export const offer = defineEffect('catchup.offer', Payload, {
  whenUnknown: 'once',
  async run({ incident: id, person, seq }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const { channel } = incident;
    if (!channel || isOver(incident) || !incident.members.includes(person)) return {};
    const record = await outside.store.read((tx) => tx.record.of(id));
    if (!isFirstLate(record, incident, person, seq)) return {};
    const message = catchUpOffer(incident, outside.now());
    await outside.slack.call('chat.postEphemeral', { channel: channel.id, user: person, ...message });
    return {};
  },
});

/** Once for each person and incident: by the record, which also knows of joins whose offers are long forgotten. */
function isFirstLate(record: Recorded[], { declaredAt }: Incident, person: string, seq: number): boolean {
  const [first] = record.filter(
    ({ event, at }) =>
      event.type === 'personJoined' && event.person === person && at.getTime() - declaredAt.getTime() >= soon,
  );
  return first?.seq === seq;
}

export const offerTo = (incident: Incident, person: string): Effect => ({
  kind: offer.kind,
  key: `catch-up:${person}:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, person, seq: incident.version },
  lane: 'cosmetic',
  gate: 'chat.postEphemeral',
});
