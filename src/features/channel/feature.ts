import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { tellPerson } from '../../slack/answer.ts';
import { isPerson } from '../../slack/mention.ts';
import { sayBack, sayBackIn } from './back.ts';
import { bookmark, bookmarkHeadline, invite, inviteTo, pin, pinHeadline, setTopic, setTopicOf } from './furnish.ts';
import { inChannel } from './gone.ts';
import { goneMessage, isMissed } from './gone-views.ts';
import { editHeadline, editHeadlineOf, postHeadline, postHeadlineFor } from './headline.ts';
import { note } from './note.ts';
import { openChannel, openChannelFor } from './open-channel.ts';
import { renameChannel, renameChannelOf } from './rename-channel.ts';
import { listen } from './slack.ts';
import { trouble, troublePost } from './trouble.ts';
import { whoRunsIt } from './who.ts';

/** The channel of an incident: opened, furnished, and its headline kept true. */
export const channel: Feature = {
  name: 'channel',
  listeners: listen,
  effects: [
    openChannel,
    trouble,
    ...[renameChannel, invite, setTopic, postHeadline, editHeadline, pin, bookmark, note, sayBack].map(inChannel),
  ],
  reactions: {
    declared: (_, incident) => [openChannelFor(incident)],
    channelNameTaken: (_, incident) => [isThere(incident) ? renameChannelOf(incident) : openChannelFor(incident)],
    // The three at once: two calls after submitting, people can work.
    channelOpened: ({ instead }, incident) => [
      ...whoBelongs(incident).map((person) => inviteTo(incident, person)),
      setTopicOf(incident),
      postHeadlineFor(incident),
      ...(instead ? [sayBackIn(incident, { moved: true })] : []),
    ],
    headlinePosted: (_, incident) => [pinHeadline(incident), bookmarkHeadline(incident)],
    headlineGone: (_, incident) => [postHeadlineFor(incident)],
    updatePosted: (_, incident) => [editHeadlineOf(incident)],
    updateClaimed: (_, incident) => [editHeadlineOf(incident)],
    updateFellDue: (_, incident) => [editHeadlineOf(incident)],
    updateEscalated: (_, incident) => [editHeadlineOf(incident)],
    statusChanged: (_, incident) => [editHeadlineOf(incident), ...topicOf(incident)],
    severityChanged: (_, incident) => [editHeadlineOf(incident), ...topicOf(incident)],
    impactStated: (_, incident) => [editHeadlineOf(incident)],
    roleAssigned: (_, incident) => [editHeadlineOf(incident)],
    roleFreed: (_, incident) => [editHeadlineOf(incident)],
    shadowingStarted: (_, incident) => [editHeadlineOf(incident)],
    shadowingEnded: (_, incident) => [editHeadlineOf(incident)],
    handoverOffered: (_, incident) => [editHeadlineOf(incident)],
    handoverDeclined: (_, incident) => [editHeadlineOf(incident)],
    handoverWithdrawn: (_, incident) => [editHeadlineOf(incident)],
    impactBegan: (_, incident) => [editHeadlineOf(incident)],
    timeCorrected: (_, incident) => [editHeadlineOf(incident)],
    resolved: stands,
    reopened: stands,
    closed: stands,
    declined: stands,
    cancelled: stands,
    merged: stands,
    absorbed: (_, incident) => [editHeadlineOf(incident)],
    renamed: (_, incident) => [...stands(_, incident), ...nameOf(incident)],
    madePrivate: (_, incident) => [...stands(_, incident), ...nameOf(incident)],
    channelGone: (_, incident) => (isMissed(incident) ? tellGone(incident) : []),
    channelBack: (_, incident) => [
      incident.headline ? editHeadlineOf(incident) : postHeadlineFor(incident),
      ...topicOf(incident),
      sayBackIn(incident),
    ],
    taskAdded: (_, incident) => [editHeadlineOf(incident)],
    taskFinished: (_, incident) => [editHeadlineOf(incident)],
    taskReopened: (_, incident) => [editHeadlineOf(incident)],
    taskDropped: (_, incident) => [editHeadlineOf(incident)],
    followUpAdded: (_, incident) => [editHeadlineOf(incident)],
    followUpFinished: (_, incident) => [editHeadlineOf(incident)],
    followUpReopened: (_, incident) => [editHeadlineOf(incident)],
    followUpDropped: (_, incident) => [editHeadlineOf(incident)],
    troubleReported: ({ effect, what, why }, incident) => [
      editHeadlineOf(incident),
      troublePost(incident, effect, what, why),
    ],
    troubleCleared: (_, incident) => [editHeadlineOf(incident)],
  },
};

/** How it stands changed: the headline and the topic say so. */
function stands(_: unknown, incident: Incident): Effect[] {
  return [editHeadlineOf(incident), ...topicOf(incident)];
}

const isThere = ({ channel, channelGone }: Incident) => channel !== undefined && channelGone === undefined;

const nameOf = (incident: Incident): Effect[] => (isThere(incident) ? [renameChannelOf(incident)] : []);

const mostInvited = 50;

/** The declarer, who has a role, who took a page; in a channel that takes the place of one that is gone, everybody who was in that one. */
const whoBelongs = ({ declaredBy, roles, pages, members }: Incident): string[] => {
  const holders = Object.values(roles).map(({ person }) => person);
  const awake = pages.flatMap(({ takers }) => takers.flatMap(({ person }) => person ?? []));
  return [...new Set([declaredBy, ...holders, ...awake, ...members])].filter(isPerson).slice(0, mostInvited);
};

const tellGone = (incident: Incident): Effect[] =>
  whoRunsIt(incident).map((person) =>
    tellPerson(person, `gone:${incident.id}:${incident.version}:${person}`, goneMessage(incident)),
  );

const topicOf = (incident: Incident): Effect[] => (incident.channel ? [setTopicOf(incident)] : []);
