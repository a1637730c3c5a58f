import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { promisedBy } from '../updates/promise.ts';
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
    updatePosted: (event, incident, by) => {
      if (incident.isPractice || incident.isPrivate) return [];
      const { number, text } = event;
      const update = { number, text, by, promised: promisedBy(event, incident) };
      return [announcementEdit(incident), updateUnderAnnouncement(incident, update)];
    },
    // Those who were promised it see that it is late.
    updateClaimed: (_, incident) => unlessPrivate(incident),
    updateFellDue: (_, incident) => unlessPrivate(incident),
    statusChanged: (_, incident) => unlessPrivate(incident),
    severityChanged: (_, incident) => unlessPrivate(incident),
    impactStated: (_, incident) => unlessPrivate(incident),
    impactBegan: (_, incident) => unlessPrivate(incident),
    timeCorrected: (_, incident) => unlessPrivate(incident),
    renamed: (_, incident) => unlessPrivate(incident),
    absorbed: (_, incident) => unlessPrivate(incident),
    channelGone: (_, incident) => unlessPrivate(incident),
    channelBack: (_, incident) => unlessPrivate(incident),
    // What was said of it in the open is taken back as far as it can be.
    madePrivate: (_, incident) => unlessPractice(incident, announcementEdit),
    resolved: (_, incident) => unlessPractice(incident, announcementEdit),
    reopened: (_, incident) => unlessPractice(incident, announcementEdit),
    closed: (_, incident) => unlessPrivate(incident),
    declined: (_, incident) => unlessPractice(incident, announcementEdit),
    cancelled: (_, incident) => unlessPractice(incident, announcementEdit),
    merged: (_, incident) => unlessPractice(incident, announcementEdit),
  },
};

const unlessPractice = (incident: Incident, effect: (incident: Incident) => Effect): Effect[] =>
  incident.isPractice ? [] : [effect(incident)];

/** A private incident's announcement has nothing to bring up to date until it is over. */
const unlessPrivate = (incident: Incident): Effect[] =>
  incident.isPrivate ? [] : unlessPractice(incident, announcementEdit);
