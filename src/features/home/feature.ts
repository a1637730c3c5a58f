import type { Feature } from '../../feature.ts';
import { publishHome, refresh, refreshHomes } from './publish.ts';
import { listen } from './slack.ts';

const changed = () => [refresh];

/** App Home: what is mine, what is going on, what I follow. */
export const home: Feature = {
  name: 'home',
  listeners: listen,
  effects: [publishHome, refreshHomes],
  reactions: {
    declared: changed,
    channelOpened: changed,
    nextUpdateDueChanged: changed,
    statusChanged: changed,
    severityChanged: changed,
    impactStated: changed,
    impactBegan: changed,
    resolved: changed,
    reopened: changed,
    closed: changed,
    declined: changed,
    cancelled: changed,
    merged: changed,
    roleAssigned: changed,
    roleFreed: changed,
    handoverOffered: changed,
    handoverDeclined: changed,
    taskAdded: changed,
    taskChanged: changed,
    taskFinished: changed,
    taskReopened: changed,
    taskDropped: changed,
    followUpAdded: changed,
    followUpChanged: changed,
    followUpFinished: changed,
    followUpReopened: changed,
    followUpDropped: changed,
    followUpTicketed: changed,
    postmortemOwnerNamed: changed,
    postmortemDrafted: changed,
    postmortemInReview: changed,
    postmortemPublished: changed,
    postmortemReopened: changed,
    renamed: changed,
    madePrivate: changed,
    personJoined: changed,
    personLeft: changed,
  },
};
