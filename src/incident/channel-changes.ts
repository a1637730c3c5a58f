import type { ReportChannelGone } from './channel-commands.ts';
import { nextChannelName } from './channel-name.ts';
import { type Decision, nothing, one } from './decision.ts';
import type { Incident } from './incident.ts';

export function channelNameTaken(incident: Incident, name: string): Decision {
  // A report that came late: another name is being tried already, or the channel has this one.
  if (name !== incident.channelName || (!incident.channelGone && incident.channel?.name === name)) return nothing;
  return one({ type: 'channelNameTaken', name, next: nextChannelName(incident.firstChannelName, name) });
}

/** Also in place of a channel that is gone, when somebody asked for another. */
export function channelOpened(incident: Incident, channel: { id: string; name: string }): Decision {
  const isThere = incident.channel && (!incident.channelGone || incident.channel.id === channel.id);
  return isThere ? nothing : one({ type: 'channelOpened', channel, ...(incident.channel && { instead: true }) });
}

export function channelGone(incident: Incident, { how, ours }: ReportChannelGone): Decision {
  if (!incident.channel || incident.channelGone === how) return nothing;
  // Slack removes bots from a channel that is archived; that it is archived says more.
  if (incident.channelGone && how === 'bot-removed') return nothing;
  return one({ type: 'channelGone', how, ...(ours && { ours }) });
}
