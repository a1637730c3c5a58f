import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { type News, newsMessage } from './messages.ts';

const Said = z.custom<News>((value) => typeof value === 'object' && value !== null && 'what' in value);

/** A line about roles in the channel: in the headline's thread; a handover in the open, as everybody must know whom to turn to. */
export const news = definePost('roles.news', z.object({ incident: z.string(), news: Said }), {
  purpose: 'write in the channel who has a role',
  compose: async ({ incident: id, news: said }, outside) => {
    const { channel, headline } = await incidentOf(outside, id);
    if (!channel) throw new Impossible('no_channel', 'the incident has no channel');
    return {
      channel: channel.id,
      ...(headline && said.what !== 'handed-over' && { thread: headline.ts }),
      ...newsMessage(said, outside.policy),
    };
  },
});

export const newsIn = (incident: Incident, said: News): Effect =>
  channelWork(news.kind, `role-news-${said.what}-${said.role}-${incident.version}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: { news: said },
  });
