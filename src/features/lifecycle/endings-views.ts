import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { cut, escape, field, type Message, option, plain, section, time } from '../../slack/blocks.ts';
import { withQuote } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';

type Modal = ReturnType<IncidentForm['modal']>;

function modal(title: string, submit: string, incident: Incident, says: string, blocks: KnownBlock[]): Modal {
  return {
    type: 'modal',
    title: plain(title),
    submit: plain(submit),
    // "Cancel" is something else here.
    close: plain('Back'),
    blocks: [section(`${incidentName(incident)}\n${says}`), ...blocks],
  };
}

const words = (name: string, label: string, typed: string): KnownBlock =>
  field(
    name,
    label,
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: 3000,
      ...(typed && { initial_value: cut(typed, 3000) }),
    },
    { optional: true },
  );

export const reopenModal = (incident: Incident, typed: string): Modal =>
  modal('Reopen', 'Reopen', incident, 'It goes back to *Investigating*; updates are due again.', [
    words('reason', 'What happened?', typed),
    field('felt', 'Do customers feel it again?', {
      type: 'radio_buttons',
      options: [option('yes', 'Yes'), option('no', 'No'), option('unknown', 'Not known')],
      initial_option: option('unknown', 'Not known'),
    }),
    field(
      'started',
      'If yes: since when?',
      { type: 'datetimepicker' },
      { optional: true, hint: 'Leave it empty if nobody knows.' },
    ),
  ]);

export const closeModal = (incident: Incident, typed: string): Modal =>
  modal('Close', 'Close', incident, 'Nothing is left to do about it. It can still be reopened.', [
    words('note', 'Anything to remember?', typed),
  ]);

export const declineModal = (incident: Incident, typed: string): Modal =>
  modal('Decline', 'Decline', incident, 'It turned out to be no incident. It is not counted in any figure.', [
    words('reason', 'What was it?', typed),
  ]);

export const cancelModal = (incident: Incident, typed: string): Modal =>
  modal(
    'Cancel the incident',
    'Cancel incident',
    incident,
    'It was declared by mistake. It is not counted in any figure. Is it fixed? Then resolve it instead.',
    [words('reason', 'Why?', typed)],
  );

function line(incident: Incident, is: string, text: string, reason: string): Message {
  return { text: `#${incident.number} is ${is}`, blocks: withQuote(text, reason) };
}

export const reopenedMessage = (incident: Incident, by: string, reason: string): Message =>
  line(
    incident,
    'open again',
    `:rotating_light: ${mention(by)} reopened this incident. It is *Investigating* again.`,
    reason,
  );

/** `by` is absent when it closed by itself. */
export const closedMessage = (incident: Incident, by: string | undefined, note: string): Message =>
  line(
    incident,
    'closed',
    by
      ? `:lock: ${mention(by)} closed this incident. If it comes back: \`/incident reopen\`.`
      : 'Closed, as it was resolved a while ago. If it comes back: `/incident reopen`.',
    note,
  );

export const declinedMessage = (incident: Incident, by: string, reason: string): Message =>
  line(incident, 'declined', `${mention(by)} declined this: it is no incident.`, reason);

export const cancelledMessage = (incident: Incident, by: string, reason: string): Message =>
  line(incident, 'cancelled', `${mention(by)} cancelled this incident.`, reason);

/** What the headline says of how it ended; nothing while it goes on. */
export function endLines(incident: Incident): string[] {
  const { status, reached, mergedInto, postmortemOwner, absorbed } = incident;
  const at = reached[status];
  return [
    ...(incident.resolvedAt ? [`Resolved by ${mention(incident.resolvedBy ?? '')} ${time(incident.resolvedAt)}`] : []),
    ...(mergedInto
      ? [mergedInto.isPrivate ? 'It goes on in a private incident' : `It goes on as *#${mergedInto.number}*`]
      : []),
    ...(at && (status === 'closed' || status === 'declined' || status === 'cancelled')
      ? [`${status.charAt(0).toUpperCase()}${status.slice(1)} ${time(at)}`]
      : []),
    ...(postmortemOwner ? [`*Postmortem* <@${postmortemOwner}>`] : []),
    ...(absorbed.length > 0 ? [`*Merged into this* ${numbers(absorbed)}`] : []),
  ];
}

export const numbers = (all: { number: number }[]): string => {
  const shown = all.slice(0, 10).map(({ number }) => `#${number}`);
  return [...shown, ...(all.length > shown.length ? [`and ${all.length - shown.length} more`] : [])].join(', ');
};

export const archivedByHand = (incident: Incident): Message => {
  const channel = incident.channel ? `<#${incident.channel.id}>` : 'its channel';
  const name = `*#${incident.number}* ${escape(cut(incident.title, 150))}`;
  return {
    text: `#${incident.number} is open again, and its channel is in the archive`,
    blocks: [
      section(
        `${name} is open again. Slack lets only people take ${channel} out of the archive: open it, press its name, *Settings*, *Unarchive channel*, then type \`/invite @tocsin\` there. Or go on in a new channel.`,
      ),
    ],
  };
};
