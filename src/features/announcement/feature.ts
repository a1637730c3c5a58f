import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import {
  announce,
  announcementEdit,
  announceNow,
  editAnnouncement,
  planAnnouncement,
  replyWithUpdate,
  updateUnderAnnouncement,
} from './announce.ts';

/** The updates channel: one living message for each incident, its updates in the thread. Practice runs are nobody's news. */
export const announcement: Feature = {
  name: 'announcement',
  effects: [announce, editAnnouncement, replyWithUpdate],
  reactions: {
    declared: (_, incident) => unlessPractice(incident, planAnnouncement),
    channelOpened: (_, incident) => unlessPractice(incident, incident.announcement ? announcementEdit : announceNow),
    updatePosted: ({ number, text }, incident, by) => {
      if (incident.isPractice || incident.isPrivate) return [];
      return [announcementEdit(incident), updateUnderAnnouncement(incident, { number, text, by })];
    },
    statusChanged: (_, incident) => unlessPrivate(incident),
    severityChanged: (_, incident) => unlessPrivate(incident),
    resolved: (_, incident) => unlessPractice(incident, announcementEdit),
  },
};

const unlessPractice = (incident: Incident, effect: (incident: Incident) => Effect): Effect[] =>
  incident.isPractice ? [] : [effect(incident)];

/** A private incident's announcement has nothing to bring up to date until it is over. */
const unlessPrivate = (incident: Incident): Effect[] =>
  incident.isPrivate ? [] : unlessPractice(incident, announcementEdit);
