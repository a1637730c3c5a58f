import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { incidentOf, type Outside, permalink } from '../../slack/outside.ts';
import { topic } from './views.ts';
import { channelWork } from './work.ts';

const Payload = z.object({ incident: z.string() });

async function channelOf(id: string, outside: Outside): Promise<{ incident: Incident; channel: string }> {
  const incident = await incidentOf(outside, id);
  if (!incident.channel) throw new Impossible('no_channel', 'the incident has no channel');
  return { incident, channel: incident.channel.id };
}

/** Does what Slack may say is done already; doing it twice leaves it done once. */
async function unless(code: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Impossible) || error.code !== code) throw error;
  }
}

export const invite = defineEffect('channel.invite', Payload.extend({ person: z.string() }), {
  purpose: 'add somebody to the channel',
  async run({ incident: id, person }, outside: Outside) {
    const { channel } = await channelOf(id, outside);
    await unless('already_in_channel', () => outside.slack.call('conversations.invite', { channel, users: person }));
    return {};
  },
});

/** Setting a topic leaves a line in the channel each time, so an attempt without an answer is looked up first. */
export const setTopic = defineEffect('channel.topic', Payload, {
  purpose: 'set the topic',
  async run(payload, outside: Outside) {
    const { incident, channel } = await channelOf(payload.incident, outside);
    await outside.slack.call('conversations.setTopic', { channel, topic: topic(incident, outside.policy) });
    return {};
  },
  async find(payload, outside) {
    const { incident, channel } = await channelOf(payload.incident, outside);
    const Info = z.object({ channel: z.object({ topic: z.object({ value: z.string() }) }) });
    const info = await outside.slack.call('conversations.info', { channel }, Info);
    const [set, wanted] = [info.channel.topic.value, topic(incident, outside.policy)].map(withoutEntities);
    return set === wanted ? {} : undefined;
  },
});

const withoutEntities = (text = '') => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const pin = defineEffect('channel.pin', Payload, {
  purpose: 'pin the headline',
  async run(payload, outside: Outside) {
    const { headline } = await incidentOf(outside, payload.incident);
    if (!headline) return {};
    const at = { channel: headline.channel, timestamp: headline.ts };
    await unless('already_pinned', () => outside.slack.call('pins.add', at));
    return {};
  },
});

const bookmarkTitle = 'Headline';

export const bookmark = defineEffect('channel.bookmark', Payload, {
  purpose: 'bookmark the headline',
  async run(payload, outside: Outside) {
    const { headline } = await incidentOf(outside, payload.incident);
    if (!headline) return {};
    const link = permalink(outside.identity(), headline);
    await outside.slack.call('bookmarks.add', {
      channel_id: headline.channel,
      title: bookmarkTitle,
      type: 'link',
      link,
    });
    return {};
  },
  async find(payload, outside) {
    const { headline } = await incidentOf(outside, payload.incident);
    if (!headline) return {};
    const Bookmarks = z.object({ bookmarks: z.array(z.object({ link: z.string().nullish() })) });
    const { bookmarks } = await outside.slack.call('bookmarks.list', { channel_id: headline.channel }, Bookmarks);
    const link = permalink(outside.identity(), headline);
    return bookmarks.some((one) => one.link === link) ? {} : undefined;
  },
});

export const inviteTo = (incident: Incident, person: string): Effect =>
  channelWork(invite.kind, `invite:${person}`, incident, {
    lane: 'declare',
    gate: 'conversations.invite',
    orderKey: `invite:${person}:${incident.id}`,
    payload: { person },
  });

export const setTopicOf = (incident: Incident): Effect =>
  channelWork(setTopic.kind, 'topic', incident, {
    lane: 'declare',
    gate: 'conversations.setTopic',
    orderKey: `topic:${incident.id}`,
  });

export const pinHeadline = (incident: Incident): Effect =>
  channelWork(pin.kind, 'pin', incident, { lane: 'cosmetic', gate: 'pins.add', orderKey: `pin:${incident.id}` });

export const bookmarkHeadline = (incident: Incident): Effect =>
  channelWork(bookmark.kind, 'bookmark', incident, {
    lane: 'cosmetic',
    gate: 'bookmarks.add',
    orderKey: `bookmark:${incident.id}`,
  });
