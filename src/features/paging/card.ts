import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import type { Outside } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { cardMessage } from './views.ts';
import { pageIn } from './where.ts';

const Payload = z.object({ incident: z.string(), page: z.number() });
type Payload = z.infer<typeof Payload>;

async function composed(payload: Payload, outside: Outside) {
  const found = await pageIn(outside, payload);
  const headline = found?.incident.headline;
  return found && headline && { ...found, headline, message: cardMessage(found.incident, found.page) };
}

/** One living message for each page, in the thread of the headline. */
export const postCard = definePost('paging.card', Payload, {
  purpose: 'say in the channel who is paged',
  compose: async (payload, outside) => {
    const found = await composed(payload, outside);
    return found && { channel: found.headline.channel, thread: found.headline.ts, ...found.message };
  },
  report: (at, { page }) => ({ type: 'reportPageShown', page, at }),
});

export const editCard = defineEdit('paging.card-edit', Payload, {
  compose: async (payload, outside) => {
    const found = await composed(payload, outside);
    return found?.page.card && { at: found.page.card, ...found.message };
  },
});

/** Posted and edited one after the other, so that a change made while it is being posted is not missed. */
const order = (incident: Incident, page: number) => `page-card-${page}:${incident.id}`;

/** Without a headline there is no thread yet; the headline asks for it then. */
export const cardOf = (incident: Incident, page: number): Effect[] =>
  incident.headline
    ? [
        channelWork(postCard.kind, `page-card-${page}`, incident, {
          lane: 'channel',
          gate: postGate(incident),
          orderKey: order(incident, page),
          payload: { page },
        }),
      ]
    : [];

export const cardAnew = (incident: Incident, page: number): Effect =>
  channelWork(editCard.kind, `page-card-edit-${page}`, incident, {
    lane: 'channel',
    gate: 'chat.update',
    orderKey: order(incident, page),
    payload: { page },
  });
