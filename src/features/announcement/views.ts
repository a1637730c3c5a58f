import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, escape, type Message, section, time } from '../../slack/blocks.ts';
import { quote, quoteWhole, severityName, statusName } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import { goneWords } from '../channel/gone-views.ts';
import { impactLine } from '../impact/views.ts';
import { numbers } from '../lifecycle/endings-views.ts';
import { joinOther } from '../lifecycle/headline.ts';
import { follow } from '../subscriptions/views.ts';
import { nextUpdateLine, type Promised, promiseText } from '../updates/promise.ts';

/** The one message about an incident in the updates channel, edited in place. Of a private one it says only that there is one. */
export function announcementMessage(incident: Incident, policy: Policy, now: Date): Message {
  if (incident.isPrivate) return privateAnnouncement(incident);
  const name = `#${incident.number} ${escape(cut(incident.title, 150))}`;
  const status = `${escape(severityName(incident, policy))} · ${statusName(incident.status)}`;
  const update = incident.latestUpdate;
  const next = nextUpdateLine(incident, now);
  return {
    text: `${status}: ${name}`,
    blocks: [
      section(
        [
          `${sign(incident)} *${name}*`,
          status,
          ...ending(incident),
          `Customers ${impactLine(incident, policy, now)}`,
          ...(next ? [next] : []),
          ...(incident.channel ? [`Channel <#${incident.channel.id}>${goneWords(incident)}`] : []),
        ].join('\n'),
      ),
      ...(update ? [section(`*Latest update* ${time(update.at)}`), section(quote(cut(update.text, 1000)))] : []),
      context(`Declared by ${mention(incident.declaredBy)} ${time(incident.declaredAt)}`),
      ...buttons(incident),
    ],
  };
}

/** Only what was resolved was put right; the others are neither good nor bad news. */
function sign({ status }: Incident): string {
  if (status === 'resolved' || status === 'closed') return ':white_check_mark:';
  if (status === 'triage') return ':eyes:';
  return isOver({ status }) ? ':heavy_minus_sign:' : ':rotating_light:';
}

function ending({ mergedInto, absorbed }: Incident): string[] {
  return [
    ...(mergedInto
      ? [mergedInto.isPrivate ? 'It goes on in a private incident' : `It goes on as *#${mergedInto.number}*`]
      : []),
    ...(absorbed.length > 0 ? [`Merged into this: ${numbers(absorbed)}`] : []),
  ];
}

function buttons(incident: Incident): KnownBlock[] {
  const { mergedInto } = incident;
  if (!isOver(incident))
    return [
      actions('announcement', [
        button('join', 'Join', incident.id),
        follow(incident),
        button('ask-update', 'Ask for an update', incident.id),
      ]),
    ];
  return mergedInto && !mergedInto.isPrivate ? [actions('announcement', [joinOther(mergedInto)])] : [];
}

function privateAnnouncement(incident: Incident): Message {
  const text = `#${incident.number} A private incident ${isOver(incident) ? 'is over' : 'was declared'}.`;
  const way = 'Only people who are invited can see it. Is it yours? Ask whoever told you about it to invite you.';
  return { text, blocks: [section(`:lock: ${text}`), context(way)] };
}

export const updateReply = ({ text, by, promised }: { text: string; by: string; promised: Promised }): Message => ({
  text: escape(cut(text, 3000)),
  blocks: [section(`*Update* by <@${by}>`), ...quoteWhole(text), ...(promised ? [context(promiseText(promised))] : [])],
});
