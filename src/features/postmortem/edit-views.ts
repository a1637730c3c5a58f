import type { ModalView } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import {
  context,
  cut,
  divider,
  escape,
  field,
  type Message,
  option,
  plain,
  section,
  time,
} from '../../slack/blocks.ts';
import { quoteWhole } from '../../slack/incident-words.ts';
import { incidentName } from '../../slack/views.ts';
import type { Revision } from '../../store/postmortem-texts.ts';
import { hintLine } from '../follow-ups/messages.ts';
import type { Pointed } from './pointed.ts';
import type { Draft } from './sections.ts';
import type { Weak } from './weak-follow-ups.ts';

/** Slack's limit for what is typed into a form. */
export const longestInForm = 3000;

const textField = (label: string, text: string, hint?: string) =>
  field(
    'text',
    label,
    { type: 'plain_text_input', multiline: true, max_length: longestInForm, ...(text && { initial_value: text }) },
    { optional: true, ...(hint && { hint }) },
  );

/** One section, as it stands between the template and the reader. */
export function editModal(incident: Incident, draft: Draft, metadata: string): ModalView {
  const aside = draft.asides.findLast(({ revision }) => revision > draft.revision);
  return {
    type: 'modal',
    callback_id: 'postmortem-section',
    private_metadata: metadata,
    title: plain('Edit a section', 24),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(`*${escape(cut(draft.title, 150))}* · ${incidentName(incident)}`),
      textField(
        'Text',
        draft.text,
        'Markdown. What is in {{…}} fills itself in: leave it where it is good. Replace each {{? question }} by an answer.',
      ),
      ...(aside ? asideBlocks(aside) : []),
    ],
  };
}

function asideBlocks({ by, at, text }: Revision) {
  return [
    divider,
    context(`Kept aside: what <@${by}> wrote ${time(at)}, over a text they had not seen.`),
    ...quoteWhole(cut(text, longestInForm) || ' '),
  ];
}

export const tooLongForForm = (draft: Draft): Message => ({
  text: `*${escape(cut(draft.title, 150))}* has ${draft.text.length.toLocaleString('en')} characters by now, and a form of Slack’s takes ${longestInForm.toLocaleString('en')}. Edit it on the incident’s page.`,
});

/** Somebody else wrote while this person did: both texts, and three ways on. */
export function clashModal(title: string, theirs: Revision, mine: string, metadata: string): ModalView {
  const choices = [
    option('mine', 'What stands in the field above', 'Theirs stays in the history'),
    option('theirs', 'Theirs', 'Mine is kept aside'),
    option('both', 'Both: theirs, then the field'),
  ];
  return {
    type: 'modal',
    callback_id: 'postmortem-clash',
    private_metadata: metadata,
    title: plain('Written meanwhile', 24),
    submit: plain('Save'),
    // Both are kept already.
    close: plain('Leave theirs'),
    blocks: [
      section(
        `<@${theirs.by}> wrote *${escape(cut(title, 150))}* ${time(theirs.at)}, while you did. Nothing is lost: yours is kept aside. Theirs:`,
      ),
      ...quoteWhole(cut(theirs.text, longestInForm) || ' '),
      textField('Yours', cut(mine, longestInForm)),
      field('choice', 'What shall it be?', { type: 'radio_buttons', options: choices, initial_option: choices[0] }),
    ],
  };
}

/** As many as somebody goes through, of each kind. */
const mostPointed = 10;

/** It is saved as it is; some of it may read as blame or never be done, and the writer alone is told. */
export function pointedModal(title: string, { pointed, weak }: { pointed: Pointed[]; weak: Weak[] }): ModalView {
  const hints = weak.map(({ words, hints: said }) => ({ words, line: said.map(hintLine).join('\n') }));
  return {
    type: 'modal',
    callback_id: 'postmortem-pointed',
    title: plain('Saved', 24),
    close: plain('Done'),
    blocks: [
      section(`*${escape(cut(title, 150))}* is saved. Nothing has to change; to reword, open the section again.`),
      ...listed(
        'Some of it may read as blame, and people who fear blame tell less.',
        pointed.map(({ words, why, rewrite }) => ({ words, line: `${why} ${rewrite}` })),
      ),
      ...listed('These follow-ups are likelier to be done with a little more.', hints),
    ],
  };
}

function listed(head: string, all: { words: string; line: string }[]) {
  if (all.length === 0) return [];
  const left = all.length - mostPointed;
  return [
    section(head),
    ...all.slice(0, mostPointed).map(({ words, line }) => section(`“${escape(cut(words, 200))}”\n${cut(line, 2_500)}`)),
    ...(left > 0 ? [context(`and ${left} more`)] : []),
  ];
}
