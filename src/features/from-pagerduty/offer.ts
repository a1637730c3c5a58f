import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { PagerIncident } from '../../integrations/pager-shapes.ts';
import type { Effect } from '../../outbox/effect.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import type { Outside } from '../../slack/outside.ts';
import { Started } from './started.ts';
import { declaredMessage, offerMessage } from './views.ts';

const Place = z.object({ channel: z.string(), ts: z.string() });

/** What there is to be said of it now: an incident here, or how it stands there. */
async function stands(id: string, outside: Outside): Promise<{ incident?: Incident; there?: PagerIncident }> {
  const incident = await outside.store.read((tx) => tx.incidents.byPage(id));
  if (incident) return { incident };
  const there = await outside.paging?.pager?.incidents?.get(id);
  return there ? { there } : {};
}

export const postOffer = definePost('from-pagerduty.offer', Started, {
  compose: async (started, outside) => {
    const { incident, there } = await stands(started.id, outside);
    // Somebody was quicker, or it is over: there is nothing to offer.
    if (incident || there?.status === 'resolved') return undefined;
    return { channel: await outside.offersChannel(), ...offerMessage(started, there, outside.policy) };
  },
});

export const editOffer = defineEdit('from-pagerduty.offer-edit', z.object({ id: z.string() }), {
  compose: async ({ id }, outside) => {
    const rows = await outside.store.read((tx) => tx.outbox.byKey(offerKey(id)));
    const posted = rows.find((row) => row.state === 'done' && row.result);
    if (!posted) return undefined;
    const at = Place.parse(posted.result);
    const { incident, there } = await stands(id, outside);
    if (incident) return { at, ...declaredMessage(incident) };
    return { at, ...offerMessage(Started.parse(posted.payload), there, outside.policy) };
  },
});

export const offerKey = (id: string): string => `pagerduty-offer:${id}`;

export const offerOf = (started: Started): Effect => ({
  kind: postOffer.kind,
  key: offerKey(started.id),
  lane: 'channel',
  gate: 'chat.postMessage:offers',
  orderKey: offerKey(started.id),
  payload: started,
});

/** After the offer itself; where there is none it does nothing. */
export const offerAnew = (id: string): Effect => ({
  kind: editOffer.kind,
  key: `pagerduty-offer-edit:${id}`,
  lane: 'channel',
  gate: 'chat.update',
  orderKey: offerKey(id),
  payload: { id },
});
