import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { bookmark, bookmarkHeadline, invite, inviteTo, pin, pinHeadline, setTopic, setTopicOf } from './furnish.ts';
import { editHeadline, editHeadlineOf, postHeadline, postHeadlineFor } from './headline.ts';
import { note } from './note.ts';
import { openChannel, openChannelFor } from './open-channel.ts';
import { listen } from './slack.ts';
import { trouble, troublePost } from './trouble.ts';

/** The channel of an incident: opened, furnished, and its headline kept true. */
export const channel: Feature = {
  name: 'channel',
  listeners: listen,
  effects: [openChannel, invite, setTopic, postHeadline, editHeadline, pin, bookmark, note, trouble],
  reactions: {
    declared: (_, incident) => [openChannelFor(incident)],
    channelNameTaken: (_, incident) => [openChannelFor(incident)],
    // The three at once: two calls after submitting, people can work.
    channelOpened: (_, incident) => [
      inviteTo(incident, incident.declaredBy),
      setTopicOf(incident),
      postHeadlineFor(incident),
    ],
    headlinePosted: (_, incident) => [pinHeadline(incident), bookmarkHeadline(incident)],
    headlineGone: (_, incident) => [postHeadlineFor(incident)],
    updatePosted: (_, incident) => [editHeadlineOf(incident)],
    statusChanged: (_, incident) => [editHeadlineOf(incident), ...topicOf(incident)],
    severityChanged: (_, incident) => [editHeadlineOf(incident), ...topicOf(incident)],
    impactStated: (_, incident) => [editHeadlineOf(incident)],
    resolved: (_, incident) => [editHeadlineOf(incident), ...topicOf(incident)],
    troubleReported: ({ effect, what, why }, incident) => [
      editHeadlineOf(incident),
      troublePost(incident, effect, what, why),
    ],
    troubleCleared: (_, incident) => [editHeadlineOf(incident)],
  },
};

const topicOf = (incident: Incident): Effect[] => (incident.channel ? [setTopicOf(incident)] : []);
