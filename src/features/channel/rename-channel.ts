import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { channelWork } from './work.ts';

const Payload = z.object({ incident: z.string() });
const Channel = z.object({ channel: z.object({ name: z.string() }) });

const renamed = (name: string): Done => ({ report: { type: 'reportChannelRenamed', name } });

/** Renaming leaves a line in the channel each time, so an attempt without an answer is looked up first. */
export const renameChannel = defineEffect('channel.rename', Payload, {
  purpose: 'rename the channel',
  async run(payload, outside: Outside) {
    const { channel, channelGone, channelName: name } = await incidentOf(outside, payload.incident);
    if (!channel || channelGone || channel.name === name) return {};
    try {
      const asked = { channel: channel.id, name };
      return renamed((await outside.slack.call('conversations.rename', asked, Channel)).channel.name);
    } catch (error) {
      if (error instanceof Impossible && error.code === 'name_taken')
        return { report: { type: 'reportChannelNameTaken', name } };
      throw error;
    }
  },
  async find(payload, outside) {
    const { channel, channelName } = await incidentOf(outside, payload.incident);
    if (!channel) return {};
    const info = await outside.slack.call('conversations.info', { channel: channel.id }, Channel);
    return info.channel.name === channelName ? renamed(channelName) : undefined;
  },
});

export const renameChannelOf = (incident: Incident): Effect =>
  channelWork(renameChannel.kind, 'rename', incident, { lane: 'cosmetic', gate: 'conversations.rename' });
