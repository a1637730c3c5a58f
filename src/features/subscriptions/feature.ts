import type { Feature, Reactions } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { editDigest, sendDigest } from './digest.ts';
import { bringFor, bringSoon, bringToFollowers, updateFollowers, updateForAll } from './fan-out.ts';
import { editMessage, replyToFollower, sendMessage } from './message.ts';
import { recheck } from './recheck.ts';
import { listen, subscribe, unsubscribe } from './slack.ts';

const bring = (_: unknown, incident: Incident): Effect[] => [bringFor(incident)];

/** Whatever the message of a follower shows; any number of changes while they wait are brought at once. */
const shown: Reactions = {
  channelOpened: bring,
  nextUpdateDueChanged: (_, incident) => (incident.channel ? [bringFor(incident)] : []),
  updateFellDue: bring,
  statusChanged: bring,
  severityChanged: bring,
  impactStated: bring,
  impactBegan: bring,
  timeCorrected: bring,
  resolved: bring,
  reopened: bring,
  closed: bring,
  declined: bring,
  cancelled: bring,
  merged: bring,
  renamed: bring,
  madePrivate: bring,
  // Of a private one: whoever is no longer in it loses sight of it.
  personLeft: (_, incident) => (incident.isPrivate ? [bringFor(incident)] : []),
};

/** Stakeholders: one living direct message for each incident they follow, its updates in the thread. */
export const subscriptions: Feature = {
  name: 'subscriptions',
  subcommands: [subscribe, unsubscribe],
  listeners: listen,
  effects: [
    bringToFollowers,
    updateFollowers,
    sendMessage,
    editMessage,
    replyToFollower,
    sendDigest,
    editDigest,
    recheck,
  ],
  reactions: {
    ...shown,
    declared: (_, incident) => [bringSoon(incident)],
    updatePosted: ({ number, text }, incident, by) => [
      bringFor(incident),
      updateForAll(incident, { number, text, by }),
    ],
  },
};
