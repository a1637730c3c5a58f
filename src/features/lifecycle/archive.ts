import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { tellPerson } from '../../slack/answer.ts';
import { actions, button, type Message } from '../../slack/blocks.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { whoRunsIt } from '../channel/who.ts';
import { channelOrder } from '../channel/work.ts';
import { archivedByHand } from './endings-views.ts';

const Payload = z.object({ incident: z.string(), behind: z.number().int() });

/** What is still to be said in the channel goes by these orders; nothing can be written once it is archived. */
const orders = (incident: Incident) => [
  channelOrder(incident),
  `headline:${incident.id}`,
  `topic:${incident.id}`,
  channelOrder(incident),
];

/** Passes through the orders one by one, so that each has finished what was asked of it before, then archives. */
export const archive = defineEffect('lifecycle.archive', Payload, {
  purpose: 'archive the channel',
  async run({ incident: id, behind }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const { channel, channelGone, status } = incident;
    if (!outside.policy.archiveOnClose || status !== 'closed' || !channel || channelGone) return {};
    if (behind + 1 < orders(incident).length) return { next: [archiveOf(incident, behind + 1)] };
    try {
      await outside.slack.call('conversations.archive', { channel: channel.id });
    } catch (error) {
      if (!(error instanceof Impossible) || error.code !== 'already_archived') throw error;
    }
    return { report: { type: 'reportChannelGone', how: 'archived', ours: true } };
  },
});

export const archiveOf = (incident: Incident, behind = 0): Effect => ({
  kind: archive.kind,
  key: `archive:${incident.id}`,
  incident: incident.id,
  lane: 'cosmetic',
  gate: 'conversations.archive',
  orderKey: orders(incident)[behind] ?? channelOrder(incident),
  payload: { incident: incident.id, behind },
});

/**
 * Slack removes bots from a channel when it is archived, and refuses to take it out again for a bot that is not in it; then people
 * are told how to. https://docs.slack.dev/reference/methods/conversations.unarchive
 */
export const unarchive = defineEffect('lifecycle.unarchive', z.object({ incident: z.string() }), {
  purpose: 'take the channel out of the archive',
  async run({ incident: id }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const { channel, channelGone } = incident;
    if (!channel || channelGone !== 'archived') return {};
    try {
      await outside.slack.call('conversations.unarchive', { channel: channel.id });
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      if (error.code !== 'not_archived') return { next: tellHowToUnarchive(incident) };
    }
    return { report: { type: 'reportChannelBack' } };
  },
});

export function tellHowToUnarchive(incident: Incident): Effect[] {
  const { blocks = [], text } = archivedByHand(incident);
  const another = actions('channel-gone', [button('another-channel', 'Open a new channel', incident.id)]);
  const message: Message = { text, blocks: [...blocks, another] };
  return whoRunsIt(incident).map((person) =>
    tellPerson(person, `archived:${incident.id}:${incident.version}:${person}`, message),
  );
}

export const unarchiveOf = (incident: Incident): Effect => ({
  kind: unarchive.kind,
  key: `unarchive:${incident.id}`,
  incident: incident.id,
  lane: 'declare',
  gate: 'conversations.unarchive',
  orderKey: channelOrder(incident),
  payload: { incident: incident.id },
});
