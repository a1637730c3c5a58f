import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, escape, type Message, section, time } from '../../slack/blocks.ts';
import { impactSentence, quote, quoteWhole, severityName, statusName } from '../channel/views.ts';

/** The one message about an incident in the updates channel, edited in place. Of a private one it says only that there is one. */
export function announcementMessage(incident: Incident, policy: Policy, now: Date): Message {
  if (incident.isPrivate) return privateAnnouncement(incident);
  const name = `#${incident.number} ${escape(cut(incident.title, 150))}`;
  const status = `${escape(severityName(incident, policy))} · ${statusName(incident.status)}`;
  const update = incident.latestUpdate;
  return {
    text: `${status}: ${name}`,
    blocks: [
      section(
        [
          `${isOver(incident) ? ':white_check_mark:' : ':rotating_light:'} *${name}*`,
          status,
          `Customers ${impactSentence(incident, now)}`,
          ...(incident.channel ? [`Channel <#${incident.channel.id}>`] : []),
        ].join('\n'),
      ),
      ...(update ? [section(`*Latest update* ${time(update.at)}`), section(quote(cut(update.text, 1000)))] : []),
      context(`Declared by <@${incident.declaredBy}> ${time(incident.declaredAt)}`),
      ...(isOver(incident) ? [] : [actions('announcement', [button('join', 'Join', incident.id)])]),
    ],
  };
}

function privateAnnouncement(incident: Incident): Message {
  const text = `#${incident.number} A private incident ${isOver(incident) ? 'is over' : 'was declared'}.`;
  const way = 'Only people who are invited can see it. Is it yours? Ask whoever told you about it to invite you.';
  return { text, blocks: [section(`:lock: ${text}`), context(way)] };
}

export const updateReply = ({ text, by }: { text: string; by: string }): Message => ({
  text: escape(cut(text, 3000)),
  blocks: [section(`*Update* by <@${by}>`), ...quoteWhole(text)],
});
