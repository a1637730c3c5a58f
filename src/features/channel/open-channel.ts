import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Attempt, type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { channelWork } from './work.ts';

const Payload = z.object({ incident: z.string() });
const Channel = z.object({ id: z.string(), name: z.string() });

/**
 * Slack refuses a second channel of the same name only when the two are not made at the same moment
 * (https://github.com/slackapi/node-slack-sdk/issues/1589), so the name alone protects from nothing: one worker asks, and an
 * attempt without an answer is looked for among our own channels before another is made.
 */
export const openChannel = defineEffect('channel.open', Payload, {
  purpose: 'open a channel for this incident',
  async run(payload, outside: Outside, attempt) {
    const incident = await incidentOf(outside, payload.incident);
    if (hasChannel(incident)) return {};
    const asked = { name: incident.channelName, is_private: incident.isPrivate };
    try {
      const { channel } = await outside.slack.call('conversations.create', asked, z.object({ channel: Channel }));
      return opened(channel);
    } catch (error) {
      if (error instanceof Impossible && error.code === 'name_taken') return taken(incident, outside, attempt);
      throw error;
    }
  },
  async find(payload, outside, attempt) {
    const incident = await incidentOf(outside, payload.incident);
    if (hasChannel(incident)) return {};
    return ours(incident, outside, attempt);
  },
});

const hasChannel = ({ channel, channelGone }: Incident) => channel !== undefined && channelGone === undefined;

/** The name is in use: by the channel that an earlier attempt of ours made, or by somebody else's. */
async function taken(incident: Incident, outside: Outside, attempt: Attempt): Promise<Done> {
  const found = attempt.firstSentAt && (await ours(incident, outside, attempt));
  return found ?? { report: { type: 'reportChannelNameTaken', name: incident.channelName } };
}

const opened = (channel: z.infer<typeof Channel>): Done => ({
  result: { channel: channel.id },
  report: { type: 'reportChannelOpened', channel: { id: channel.id, name: channel.name } },
});

const Mine = z.object({
  channels: z.array(Channel.extend({ creator: z.string().optional(), created: z.number() })),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});

/** How far our clock may be ahead of Slack's. Seconds. */
const skew = 600;

/** A channel of that name that we made since the first attempt; of twins, the older. The bot is in every channel it made. */
async function ours(
  { channelName: name, isPrivate, channel: gone }: Incident,
  outside: Outside,
  { firstSentAt }: Attempt,
): Promise<Done | undefined> {
  // Only the kind that was asked for: to see the other takes a scope that the app may lack, and Slack would refuse both.
  const types = isPrivate ? 'private_channel' : 'public_channel';
  const since = (firstSentAt?.getTime() ?? 0) / 1000 - skew;
  const found: z.infer<typeof Mine>['channels'] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: z.infer<typeof Mine> = await outside.slack.call(
      'users.conversations',
      { types, exclude_archived: false, limit: 200, ...(cursor && { cursor }) },
      Mine,
    );
    found.push(
      ...page.channels.filter(
        (channel) =>
          channel.name === name &&
          channel.id !== gone?.id &&
          channel.created >= since &&
          channel.creator === outside.identity().botUser,
      ),
    );
    cursor = page.response_metadata?.next_cursor || undefined;
  }
  const [first] = found.sort((one, other) => one.created - other.created);
  return first && opened(first);
}

export const openChannelFor = (incident: Incident): Effect =>
  channelWork(openChannel.kind, 'open', incident, { lane: 'declare', gate: 'conversations.create' });
