import type { ActionsBlockElement } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import type { PostmortemStatus } from '../../incident/postmortem.ts';
import { actions, button, context, type Message, section, time } from '../../slack/blocks.ts';
import { withQuote } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import { incidentName } from '../../slack/views.ts';
import { dueOf, type Owed, writerOfPostmortem } from './due.ts';

export const statusWords: Record<PostmortemStatus, string> = {
  draft: 'Draft',
  'in-review': 'In review',
  published: 'Published',
};

export const open = ({ id }: Incident, label = 'Open the draft') => button('open-postmortem', label, id, 'primary');
export const read = ({ id }: Incident) => button('read-postmortem', 'Read it', id);
const review = ({ id }: Incident) => button('review-postmortem', 'Send for review', id);
const publish = ({ id }: Incident) => button('publish-postmortem', 'Publish', id);
export const nameOwner = ({ id }: Incident, label = 'Name the owner') => button('open-postmortem-owner', label, id);
export const reopen = ({ id }: Incident) => button('open-postmortem-reopen', 'Re-open', id);

/** Nothing of whom nobody asked anything. */
export function datesText(incident: Incident): string {
  const review = dueOf(incident, 'review');
  const publish = dueOf(incident, 'publish');
  const { status } = incident.postmortem ?? {};
  const parts = [
    ...(review && status === 'draft' ? [`in review by ${time(review)}`] : []),
    ...(publish && status !== 'published' ? [`published by ${time(publish)}`] : []),
  ];
  return parts.length > 0 ? `It is owed ${parts.join(' and ')}.` : '';
}

const ownerText = ({ postmortemOwner: owner, postmortem }: Incident): string => {
  if (owner) return `<@${owner}> writes it.`;
  return postmortem?.publishDue ? 'Nobody was named to write it.' : 'Whoever wants to may write it.';
};

/** In the channel, when the incident is resolved. */
export function draftedMessage(incident: Incident): Message {
  const text = `:memo: The draft of the postmortem is there, with timeline and numbers filled in. ${ownerText(incident)} ${datesText(incident)}`;
  return {
    text: `The draft of the postmortem of #${incident.number} is there`,
    blocks: [
      section(text.trim()),
      actions('postmortem-drafted', [
        open(incident),
        review(incident),
        ...(incident.postmortemOwner ? [] : [nameOwner(incident)]),
      ]),
    ],
  };
}

/** In the channel, when it was resolved before and has come back. */
export function goesOnMessage(incident: Incident): Message {
  const published = incident.postmortem?.status === 'published';
  const text = published
    ? ':memo: The postmortem was published before this came back. Its timeline and numbers are up to date; re-open it to write about what happened since.'
    : ':memo: The postmortem goes on where it was; its timeline and numbers are up to date.';
  const buttons: ActionsBlockElement[] = published
    ? [open(incident, 'Open the postmortem'), reopen(incident)]
    : [open(incident), review(incident)];
  return {
    text: `The postmortem of #${incident.number} goes on`,
    blocks: [section(text), actions('postmortem-goes-on', buttons)],
  };
}

export function inReviewMessage(incident: Incident, by: string): Message {
  const text = `:memo: <@${by}> asks you to read the postmortem: is it what happened, and what is missing?`;
  return {
    text: `The postmortem of #${incident.number} is in review`,
    blocks: [section(text), actions('postmortem-in-review', [open(incident), read(incident), publish(incident)])],
  };
}

export function publishedMessage(incident: Incident, by: string): Message {
  const text = `:memo: <@${by}> published the postmortem.`;
  return {
    text: `The postmortem of #${incident.number} is published`,
    blocks: [section(text), actions('postmortem-published', [read(incident), reopen(incident)])],
  };
}

export function reopenedMessage(incident: Incident, by: string, reason: string): Message {
  return {
    text: `The postmortem of #${incident.number} is re-opened`,
    blocks: [
      ...withQuote(`:memo: <@${by}> re-opened the postmortem.`, reason),
      actions('postmortem-reopened', [open(incident)]),
    ],
  };
}

export const ownerMessage = ({ number }: Incident, owner: string, by: string): Message => {
  const text =
    owner === by ? `<@${owner}> writes the postmortem.` : `<@${by}> asked <@${owner}> to write the postmortem.`;
  return { text: `Who writes the postmortem of #${number}`, blocks: [section(text)] };
};

/** In the updates channel. */
export function announcedMessage(incident: Incident): Message {
  const text = `:memo: The postmortem of ${incidentName(incident)} is published.`;
  return {
    text: `The postmortem of #${incident.number} is published`,
    blocks: [section(text), actions('postmortem-announced', [read(incident)])],
  };
}

const privately = (incident: Incident, text: string, hint: string): Message => ({
  text: `${incidentName(incident)}: ${text}`,
  blocks: [
    section(`:memo: ${incidentName(incident)}\n${text}`),
    ...(hint ? [context(hint)] : []),
    actions('postmortem-mine', [open(incident), review(incident), nameOwner(incident, 'Somebody else writes it')]),
  ],
});

/** To whoever writes it. */
export const yoursMessage = (incident: Incident): Message =>
  privately(
    incident,
    `You write the postmortem. ${datesText(incident)}`.trim(),
    'Timeline, numbers, people and follow-ups are filled in; it asks you what nobody but people can know.',
  );

const owedWords: Record<Owed, string> = { review: 'in review', publish: 'published' };

export function soonMessage(incident: Incident, what: Owed): Message {
  const due = dueOf(incident, what);
  return privately(incident, `Its postmortem is owed ${owedWords[what]}${due ? ` by ${time(due)}` : ' soon'}.`, '');
}

/** `own`: to whoever writes it; else to whoever should know that it does not come. */
export function lateMessage(incident: Incident, what: Owed, own: boolean): Message {
  const due = dueOf(incident, what);
  const text = `Its postmortem was owed ${owedWords[what]}${due ? ` by ${time(due)}` : ''}.`;
  if (own) return privately(incident, text, 'Short and true is enough; what is not known may stay not known.');
  return {
    text: `${incidentName(incident)}: ${text}`,
    blocks: [
      section(
        `:memo: ${incidentName(incident)}\n${text} ${mention(writerOfPostmortem(incident))} writes it and was reminded.`,
      ),
      context('They may need time, help, or somebody else to take it. You are told once.'),
      actions('postmortem-late', [open(incident), nameOwner(incident, 'Somebody else writes it')]),
    ],
  };
}
