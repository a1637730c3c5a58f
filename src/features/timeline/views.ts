import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { EventOf } from '../../incident/events.ts';
import { longestText } from '../../incident/fields.ts';
import type { Incident, Place } from '../../incident/incident.ts';
import {
  actions,
  button,
  context,
  cut,
  escape,
  field,
  type Message,
  option,
  plain,
  seconds,
  section,
  time,
} from '../../slack/blocks.ts';
import { withQuote } from '../../slack/incident-words.ts';
import { isPerson } from '../../slack/mention.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { whichIncident } from '../tasks/views.ts';
import type { Page } from './page.ts';
import type { Line } from './read.ts';

export type LinkTo = (place: Place) => string;

/** Words of the timeline for mrkdwn: people are named, and times are the reader's own. */
const shown = (text: string, longest: number) =>
  escape(cut(text.replace(/\s+/g, ' '), longest))
    .replace(/@([UW](?=[A-Z0-9]*\d)[A-Z0-9]{3,})\b/g, '<@$1>')
    .replace(/\b(\d{4}-\d\d-\d\d \d\d:\d\d) UTC\b/g, (written) => inOwnZone(written));

function inOwnZone(written: string): string {
  const at = new Date(written.replace(' UTC', 'Z').replace(' ', 'T'));
  return Number.isNaN(at.getTime()) ? written : time(at);
}

export interface Showing {
  page: Page;
  linkTo: LinkTo;
  mayAdd: boolean;
  mayEdit: boolean;
}

/** To one person. Slack takes 50 blocks in a message. */
export function timelineMessage(incident: Incident, { page, linkTo, mayAdd, mayEdit }: Showing): Message {
  const { lines, all, start } = page;
  const last = start + lines.length;
  const which = all > lines.length ? `${start + 1}–${last} of ${all}` : `${all} ${all === 1 ? 'entry' : 'entries'}`;
  return {
    text: `Timeline of #${incident.number}`,
    blocks: [
      section(`*Timeline* ${which} · ${incidentName(incident)}`),
      ...(lines.length === 0 ? [section('All that there is was hidden.')] : []),
      ...lines.map((line) => lineBlock(incident, line, page, linkTo, mayEdit)),
      ...buttons(incident, page, mayAdd),
      context(':pushpin: a message to keep it · `/incident timeline restarted the API at 14:05`'),
    ],
  };
}

function lineBlock(incident: Incident, line: Line, page: Page, linkTo: LinkTo, mayEdit: boolean): KnownBlock {
  const facts = [
    isPerson(line.author ?? line.by) ? `<@${line.author ?? line.by}>` : '',
    line.source ? `<${linkTo(line.source)}|message>` : '',
    line.files.length > 0 ? `${line.files.length} ${line.files.length === 1 ? 'file' : 'files'}` : '',
    line.changes.length > 0 ? 'changed' : '',
  ].filter(Boolean);
  const text = shown(line.text, 300);
  const value = JSON.stringify([incident.id, line.id, page.start, page.hidden]);
  return {
    ...section(`${time(line.at)} · ${line.hidden ? `_hidden_ ~${text}~` : text}\n${facts.join(' · ')}`.trim()),
    ...(mayEdit && { accessory: button('timeline-edit', 'Edit', value) }),
  };
}

function buttons(incident: Incident, page: Page, mayAdd: boolean): KnownBlock[] {
  const to = (start: number | undefined, hidden: boolean) => JSON.stringify([incident.id, start ?? null, hidden]);
  const { older, newer, hidden, hiddenCount } = page;
  const row: ActionsBlockElement[] = [
    ...(older === undefined ? [] : [button('timeline-older', 'Older', to(older, hidden))]),
    ...(newer === undefined ? [] : [button('timeline-newer', 'Newer', to(newer, hidden))]),
    ...(hiddenCount === 0 || hidden
      ? []
      : [button('timeline-hidden', `Show hidden (${hiddenCount})`, to(page.start, true))]),
    ...(hidden ? [button('timeline-hidden', 'Leave out what is hidden', to(page.start, false))] : []),
    ...(mayAdd ? [button('open-timeline-entry', 'Add an entry', incident.id)] : []),
  ];
  return row.length > 0 ? [actions('timeline', row)] : [];
}

const textField = (written: string) =>
  field('text', 'What happened?', {
    type: 'plain_text_input',
    multiline: true,
    max_length: longestText,
    ...(written && { initial_value: cut(written, longestText) }),
  });

export function entryModal(
  incident: Incident,
  { text = '', at }: { text?: string; at?: Date | undefined } = {},
): ReturnType<IncidentForm['modal']> {
  return {
    type: 'modal',
    title: plain('Add to the timeline'),
    submit: plain('Add'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      textField(text),
      field(
        'at',
        'When?',
        { type: 'datetimepicker', ...(at && { initial_date_time: seconds(at) }) },
        { optional: true, hint: 'Empty means now.' },
      ),
    ],
  };
}

const mostChanges = 5;

/** What an entry says in the form; unless this is edited, it stays as it is. */
export const written = ({ text }: Line): string => cut(text, longestText);

export function changeModal(incident: Incident, line: Line, metadata: string): ModalView {
  const choices = [option('shown', 'Shown'), option('hidden', 'Hidden')] as const;
  return {
    type: 'modal',
    callback_id: 'change-timeline',
    private_metadata: metadata,
    title: plain('Change an entry'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      ...(line.changes.length > 0 ? [context(line.changes.slice(-mostChanges).map(changeLine).join('\n'))] : []),
      textField(written(line)),
      field('at', 'When?', { type: 'datetimepicker', initial_date_time: seconds(line.at) }),
      field('shown', 'In the timeline and the postmortem', {
        type: 'radio_buttons',
        options: [...choices],
        initial_option: choices[line.hidden ? 1 : 0],
      }),
      field(
        'reason',
        'Why?',
        { type: 'plain_text_input', max_length: longestText },
        { hint: 'People have read what was there before. The record keeps both.' },
      ),
    ],
  };
}

function changeLine({ by, at, reason, before }: Line['changes'][number]): string {
  const who = isPerson(by) ? ` by <@${by}>` : '';
  const said = before.text ? `, said “${shown(before.text, 100)}”` : '';
  return `Changed ${time(at)}${who}${reason ? `: ${shown(reason, 100)}` : ''} (was at ${time(before.at)}${said})`;
}

/** From a message in another channel: which incident it belongs to. */
export function keepMessageModal(choose: Incident[], text: string, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'keep-message',
    private_metadata: metadata,
    title: plain('Add to the timeline'),
    submit: plain('Add'),
    close: plain('Cancel'),
    blocks: [section(`> ${shown(text, 300) || 'A message without words'}`), whichIncident(choose)],
  };
}

export const keptText = (incident: Incident): Message => ({ text: `Kept in the timeline of #${incident.number}.` });
export const keptAlready = (incident: Incident): Message => ({
  text: `It is in the timeline of #${incident.number} already.`,
});
export const goneText = 'That entry was taken out of the timeline meanwhile.';

export const noIncidentForMessage: Message = {
  text: 'No incident that you can see is going on, so there is no timeline to add it to. `/incident timeline` in the channel of an earlier one shows its own.',
};

export function notATime(when: string, typed: string): Message {
  return {
    text: 'When was it?',
    blocks: [
      section(
        `I do not understand the time *${escape(cut(when, 60))}*. Try \`at 14:05\`, \`at 9:30 yesterday\` or \`20 minutes ago\`.`,
      ),
      context(`You typed: ${escape(cut(typed, 300))}`),
    ],
  };
}

export function addedNote({ text = '', at, source }: EventOf<'timelineAdded'>, by: string): Message {
  const what = source ? 'kept a message from elsewhere in the timeline' : `added to the timeline, ${time(at)}`;
  return { text: 'Added to the timeline', blocks: withQuote(`:round_pushpin: <@${by}> ${what}`, text) };
}

export function changedNote({ text, at, hidden, reason }: EventOf<'timelineChanged'>, by: string): Message {
  const done = [
    ...(text === undefined ? [] : ['reworded']),
    ...(at ? [`moved to ${time(at)}`] : []),
    ...(hidden === undefined ? [] : [hidden ? 'hidden' : 'shown again']),
  ];
  return {
    text: 'The timeline was changed',
    blocks: withQuote(`<@${by}> changed an entry of the timeline: ${done.join(', ')}`, reason),
  };
}
