import type { Incident } from '../../incident/incident.ts';
import { context, type Message, plain, section } from '../../slack/blocks.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';

/** https://slack.com/help/articles/213185467-Convert-a-channel-to-private-or-public */
const who = 'A workspace owner or admin, or who manages the channel,';
const how = 'press its name, *Settings*, *Change to a private channel*';

const hides = [
  ':white_check_mark: The announcement says only that there is a private incident.',
  ':white_check_mark: Lists, search and suggestions show it to the people in its channel and to incident admins, and to nobody else.',
  ':white_check_mark: The channel gets a name and a topic that say nothing.',
];
const stays = [
  ':warning: No bot can make a channel private: anybody in the workspace can still open this one and read it.',
  ':warning: Updates under the announcement stay, and whoever read or was sent something has it.',
];

/** Says what it does and what it does not, before it is done: there is no way back. */
export function privateModal(incident: Incident): ReturnType<IncidentForm['modal']> {
  return {
    type: 'modal',
    title: plain('Make it private'),
    submit: plain('Make it private'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      section(`*Hidden from now on*\n${hides.join('\n')}`),
      section(`*What was public stays public in Slack*\n${stays.join('\n')}`),
      section(`${who} can convert the channel: ${how}.`),
      context('It cannot be made public again.'),
    ],
  };
}

export function madePrivateMessage(incident: Incident, by: string): Message {
  const text = `:lock: <@${by}> made this incident private.`;
  const rest = incident.channelIsPublic
    ? ` *This channel is still public.* ${who} can convert it: ${how}. Until then, write nothing here that others must not read.`
    : '';
  return { text: `#${incident.number} is private now`, blocks: [section(`${text}${rest}`)] };
}

/** On the headline, for as long as nobody has told us otherwise. */
export const privacyLine = (incident: Incident): string[] =>
  incident.isPrivate && incident.channelIsPublic
    ? [':lock: *Private*, in a channel that was public. Is it still? An owner or admin can convert it.']
    : [];
