import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import {
  actions,
  button,
  context,
  cut,
  escape,
  field,
  type Message,
  plain,
  section,
  time,
} from '../../slack/blocks.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import type { Document } from './document.ts';
import { datesText, nameOwner, read, reopen, statusWords } from './messages.ts';
import type { Draft } from './sections.ts';

/** Slack takes 50 blocks in a message. */
const mostSections = 40;

/** The state of it, and each section with how far it is. */
export function postmortemMessage(incident: Incident, drafts: Draft[]): Message {
  const { status = 'draft', publishedAt } = incident.postmortem ?? {};
  const owner = incident.postmortemOwner ? `<@${incident.postmortemOwner}> writes it` : 'nobody was named to write it';
  const since = publishedAt ? ` ${time(publishedAt)}` : '';
  const more = drafts.length - mostSections;
  return {
    text: `Postmortem of #${incident.number}: ${statusWords[status]}`,
    blocks: [
      section(
        `*Postmortem* of ${incidentName(incident)}\n*${statusWords[status]}*${since} · ${owner}. ${datesText(incident)}`,
      ),
      ...drafts.slice(0, mostSections).map((draft) => sectionLine(incident, draft, status !== 'published')),
      ...(more > 0 ? [context(`and ${more} more sections, on the page`)] : []),
      actions('postmortem', lifeButtons(incident)),
    ],
  };
}

function sectionLine(incident: Incident, draft: Draft, editable: boolean): KnownBlock {
  const line = section(`*${escape(cut(draft.title, 150))}*\n${howFilled(draft)}`);
  const value = JSON.stringify([incident.id, draft.key]);
  return editable && value.length <= longestValue
    ? { ...line, accessory: button('edit-postmortem', 'Edit', value) }
    : line;
}

/** Slack's limit for what a button carries. */
const longestValue = 2000;

function howFilled({ revision, by, at, questions }: Draft): string {
  const left = questions === 0 ? '' : questions === 1 ? '1 question is open' : `${questions} questions are open`;
  if (revision === 0 || !by || !at) return left || 'filled in by itself';
  return `written by <@${by}> ${time(at)}${left && ` · ${left}`}`;
}

/** Those of the panel: what comes of a press takes its place. */
function lifeButtons(incident: Incident): ActionsBlockElement[] {
  const { status } = incident.postmortem ?? {};
  const { id } = incident;
  if (status === 'published') return [read(incident), reopen(incident)];
  return [
    read(incident),
    ...(status === 'draft' ? [button('panel-review-postmortem', 'Send for review', id, 'primary')] : []),
    button('panel-publish-postmortem', 'Publish', id, status === 'in-review' ? 'primary' : undefined),
    nameOwner(incident, incident.postmortemOwner ? 'Change the owner' : 'Name the owner'),
  ];
}

export function ownerModal(incident: Incident): ReturnType<IncidentForm['modal']> {
  const { postmortemOwner: owner } = incident;
  return {
    type: 'modal',
    title: plain('Postmortem'),
    submit: plain('Name'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      field(
        'person',
        'Who writes the postmortem?',
        { type: 'users_select', ...(owner && { initial_user: owner }) },
        { hint: 'They are told privately. Everybody else can still write.' },
      ),
    ],
  };
}

export function reopenModal(incident: Incident, typed: string): ReturnType<IncidentForm['modal']> {
  return {
    type: 'modal',
    title: plain('Re-open'),
    submit: plain('Re-open'),
    close: plain('Cancel'),
    blocks: [
      section(`The postmortem of ${incidentName(incident)} goes back to *Draft*; it can be written again.`),
      field('reason', 'What has to change?', {
        type: 'plain_text_input',
        multiline: true,
        max_length: 3000,
        ...(typed && { initial_value: cut(typed, 3000) }),
      }),
    ],
  };
}

/** Characters that a message may have in its blocks of Markdown; some are left for the words around. */
const longestMarkdown = 11_500;

/** All of it, as far as a message of Slack's takes it. */
export function readMessage({ incident, sections, status }: Document): Message {
  const parts: string[] = [];
  let left = longestMarkdown;
  let cutOff = false;
  for (const { title, markdown } of sections) {
    const part = `## ${title}\n\n${withoutImages(markdown)}`;
    const kept = part.length <= left ? part : atLine(part, left);
    cutOff ||= kept !== part;
    if (kept) parts.push(kept);
    left -= kept.length + 2;
  }
  return {
    text: `The postmortem of #${incident.number}`,
    blocks: [
      section(`*Postmortem* of ${incidentName(incident)} · ${statusWords[status]}`),
      ...(parts.length > 0 ? [{ type: 'markdown' as const, text: parts.join('\n\n') }] : []),
      ...(cutOff
        ? [context('It is longer than a message can be; the page and `/incident export` have all of it.')]
        : []),
    ],
  };
}

/** A message cannot show them; the page and the export do. */
const withoutImages = (markdown: string): string =>
  markdown.replace(/!\[((?:\\.|[^\]\\])*)\]\(image:[^)]*\)/g, '(image: $1)');

function atLine(text: string, length: number): string {
  if (length <= 0) return '';
  const end = text.slice(0, length).lastIndexOf('\n');
  return end > 0 ? `${text.slice(0, end)}\n…` : '';
}

export const noPostmortem = (incident: Incident): Message => ({
  text: `There is no postmortem of ${incidentName(incident)} yet: the draft is made when the incident is resolved.`,
});

export const whichSection = (typed: string, titles: string[]): Message => ({
  text: `There is no section *${escape(cut(typed, 60))}*. There are: ${escape(cut(titles.join(', '), 1500))}.`,
});
