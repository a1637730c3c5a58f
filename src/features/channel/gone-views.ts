import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, escape, type Message, section, time } from '../../slack/blocks.ts';
import { quote, statusName } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import type { Recorded } from '../../store/record.ts';

/** To those who run the incident, in private: nobody can be told in the channel. */
export function goneMessage(incident: Incident): Message {
  const name = `*#${incident.number}* ${escape(cut(incident.title, 150))}`;
  const channel = incident.channel ? `<#${incident.channel.id}>` : 'its channel';
  const text = `I can no longer write in the channel of #${incident.number}`;
  const update = button('open-update', 'Post update', incident.id);
  const another = button('another-channel', 'Open a new channel', incident.id);
  return {
    text,
    blocks: [
      section(`:warning: ${name}: ${what[incident.channelGone ?? 'bot-removed'](channel)}`),
      actions('channel-gone', incident.channelGone === 'bot-removed' ? [update] : [another, update]),
    ],
  };
}

const what = {
  archived: (channel: string) =>
    `${channel} was archived while the incident is open. Open it, press its name, *Settings*, *Unarchive channel*, then type \`/invite @tocsin\` there; or go on in a new channel.`,
  deleted: () =>
    'its channel was deleted, or I can no longer see it. What I know of the incident is kept; go on in a new channel.',
  'bot-removed': (channel: string) =>
    `I was removed from ${channel}, so the headline stands still and updates do not show there. Type \`/invite @tocsin\` in it, and I bring everything up to date.`,
};

/** Slack takes 50 blocks in a message; who was away for long reads the rest in the record. */
const mostLines = 20;

/** `moved`: it is another channel. */
export function backMessage(happened: Recorded[], policy: Policy, { moved = false } = {}): Message {
  const all = happened.flatMap((one) => lineOf(one, policy) ?? []);
  const left = all.length - mostLines;
  const text = moved ? 'The incident goes on here, since its channel is gone' : 'I am back in this channel';
  const first =
    all.length > 0 ? `${text}. Meanwhile:` : `${text}. Nothing was missed; the headline says how things stand.`;
  return {
    text,
    blocks: [
      section(first),
      ...(left > 0 ? [context(`${left} earlier ones are in the record`)] : []),
      ...all.slice(-mostLines).map((line) => section(line)),
    ],
  };
}

/** What people would have read in the channel. */
function lineOf({ event, by, at }: Recorded, policy: Policy): string | undefined {
  const said = (what: string, words = '') => `${what} by ${mention(by)} ${time(at)}${words ? `\n${quote(words)}` : ''}`;
  switch (event.type) {
    case 'updatePosted':
      return said(':mega: *Update*', event.text);
    case 'statusChanged':
      return said(`*${statusName(event.to)}*`, event.note);
    case 'severityChanged':
      return said(`*${escape(policy.severities[event.to].name)}*`, event.reason);
    case 'resolved':
    case 'closed':
      return said(`*${statusName(event.type)}*`, event.note);
    case 'reopened':
    case 'cancelled':
    case 'declined':
      return said(`*${statusName(event.type)}*`, event.reason);
    default:
      return undefined;
  }
}

/** What the announcement says of where people are; nothing while the channel is there. */
export function goneWords({ channelGone }: Incident): string {
  if (channelGone === 'archived') return ', which is archived';
  return channelGone === 'deleted' ? ', which is gone' : '';
}

/** An archived channel of what is over is how it should be. */
export const isMissed = (incident: Incident): boolean => !isOver(incident);
