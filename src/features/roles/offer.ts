import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { type OfferState, offerMessage } from './handover-views.ts';

const Offer = z.object({
  role: z.string(),
  to: z.string(),
  by: z.string(),
  state: z.string(),
  thinking: z.string(),
  watch: z.string(),
});
type Offer = z.infer<typeof Offer>;

const Payload = z.object({ incident: z.string(), offer: Offer });
const Which = z.object({ incident: z.string(), role: z.string(), to: z.string(), declined: z.boolean() });
const Place = z.object({ channel: z.string(), ts: z.string() });

const keyOf = (incident: string, role: string, to: string) => `handover-${role}-${to}:${incident}`;

/** To whom a role is offered, with *Accept* and *Decline*. */
export const offerHandover = definePost('roles.offer', Payload, {
  purpose: 'tell somebody that a role is offered to them',
  compose: async ({ incident: id, offer }, outside) => {
    const incident = await incidentOf(outside, id);
    // Declined, withdrawn or taken before it could be said.
    if (incident.handovers[offer.role]?.to !== offer.to) return undefined;
    const channel = await directChannel(outside, offer.to);
    return { channel, ...offerMessage(incident, offer, 'open', outside.policy, outside.now()) };
  },
});

/** The same message once it is settled: what was written in it stays, as the new holder needs it now. */
export const settleOffer = defineEdit('roles.offer-settled', Which, {
  compose: async ({ incident: id, role, to, declined }, outside) => {
    const rows = await outside.store.read((tx) => tx.outbox.byKey(keyOf(id, role, to)));
    const posted = rows.find((row) => row.state === 'done' && row.result);
    if (!posted) return undefined;
    const incident = await incidentOf(outside, id);
    const { offer } = Payload.parse(posted.payload);
    const message = offerMessage(incident, offer, stateOf(incident, offer, declined), outside.policy, outside.now());
    return { at: Place.parse(posted.result), ...message };
  },
});

function stateOf({ roles, handovers }: Incident, { role, to }: Offer, declined: boolean): OfferState {
  if (handovers[role]?.to === to) return 'open';
  if (roles[role]?.person === to) return 'accepted';
  return declined ? 'declined' : 'withdrawn';
}

function about(
  incident: Incident,
  role: string,
  to: string,
  rest: Pick<Effect, 'kind' | 'key' | 'payload' | 'gate'>,
): Effect {
  return { ...rest, incident: incident.id, lane: 'channel', orderKey: keyOf(incident.id, role, to) };
}

export const offered = (incident: Incident, offer: Offer): Effect =>
  about(incident, offer.role, offer.to, {
    kind: offerHandover.kind,
    key: keyOf(incident.id, offer.role, offer.to),
    payload: { incident: incident.id, offer },
    gate: `tell:${offer.to}`,
  });

export const offerSettled = (incident: Incident, role: string, to: string, { declined = false } = {}): Effect =>
  about(incident, role, to, {
    kind: settleOffer.kind,
    key: `settled-${keyOf(incident.id, role, to)}`,
    payload: { incident: incident.id, role, to, declined },
    gate: 'chat.update',
  });
