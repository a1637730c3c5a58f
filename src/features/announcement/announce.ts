import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { Promised } from '../updates/promise.ts';
import { announcementMessage, updateReply } from './views.ts';

const Payload = z.object({ incident: z.string() });

export const announce = definePost('announcement.post', Payload, {
  purpose: 'announce this incident in the updates channel',
  compose: async (payload, outside) => {
    const incident = await incidentOf(outside, payload.incident);
    if (incident.announcement) return undefined;
    const channel = await outside.updatesChannel();
    return { channel, ...announcementMessage(incident, outside.policy, outside.now()) };
  },
  report: (at) => ({ type: 'reportAnnouncementPosted', at }),
});

export const editAnnouncement = defineEdit('announcement.edit', Payload, {
  purpose: 'bring the announcement up to date',
  compose: async (payload, outside) => {
    const incident = await incidentOf(outside, payload.incident);
    const { announcement } = incident;
    return announcement && { at: announcement, ...announcementMessage(incident, outside.policy, outside.now()) };
  },
});

/** An update in the announcement's thread, for those who follow along without joining. */
export const replyWithUpdate = definePost(
  'announcement.update',
  z.object({ incident: z.string(), number: z.number(), text: z.string(), by: z.string(), promised: Promised }),
  {
    purpose: 'post an update under the announcement',
    compose: async ({ incident: id, promised, ...update }, outside) => {
      const { announcement } = await incidentOf(outside, id);
      // The announcement never came to be, and that was said; the channel has the update.
      if (!announcement) return undefined;
      return { channel: announcement.channel, thread: announcement.ts, ...updateReply({ ...update, promised }) };
    },
  },
);

/** Announced and kept up to date in order, one incident beside the other. */
const order = (incident: Incident) => `announcement:${incident.id}`;

function about(
  kind: string,
  what: string,
  incident: Incident,
  gate: string,
  payload: Record<string, unknown> = {},
): Effect {
  return {
    kind,
    key: `${what}:${incident.id}`,
    incident: incident.id,
    lane: 'channel',
    gate,
    orderKey: order(incident),
    payload: { incident: incident.id, ...payload },
  };
}

/** When the channel is not open by then, people are told without a link to it. Milliseconds. */
const patience = 60_000;

/** Planned when the incident is declared, so that whatever is said about it comes after. */
export const planAnnouncement = (incident: Incident): Effect => ({
  ...announceNow(incident),
  runAt: new Date(incident.declaredAt.getTime() + patience),
});

export const announceNow = (incident: Incident): Effect =>
  about(announce.kind, 'announce', incident, 'chat.postMessage:updates');

export const announcementEdit = (incident: Incident): Effect =>
  about(editAnnouncement.kind, 'announce-edit', incident, 'chat.update');

export const updateUnderAnnouncement = (
  incident: Incident,
  update: { number: number; text: string; by: string; promised: Promised },
): Effect =>
  about(replyWithUpdate.kind, `announce-update-${update.number}`, incident, 'chat.postMessage:updates', update);
