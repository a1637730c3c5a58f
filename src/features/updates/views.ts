import type { KnownBlock, ModalView } from '@slack/types';
import { updateDue } from '../../incident/cadence.ts';
import { longestText } from '../../incident/fields.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import {
  actions,
  button,
  context,
  cut,
  divider,
  duration,
  escape,
  field,
  type Message,
  option,
  plain,
  section,
} from '../../slack/blocks.ts';
import { quote, quoteWhole, severityName, statusName } from '../../slack/incident-words.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { type Promised, promiseText } from './promise.ts';

/** `typed`: an update that is too long for Slack, to be shortened. */
export function updateModal(
  incident: Incident,
  policy: Policy,
  now: Date,
  typed = '',
): ReturnType<IncidentForm['modal']> {
  const begins = typed || policy.updateTemplate;
  return {
    type: 'modal',
    title: plain('Post an update'),
    submit: plain('Post'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      ...questions(incident),
      field('text', 'What should people know?', {
        type: 'plain_text_input',
        multiline: true,
        max_length: longestText,
        placeholder: plain('What customers feel, what we know, what we do next', 150),
        ...(begins && { initial_value: cut(begins, longestText) }),
      }),
      ...(isOver(incident) ? [] : [nextField(incident, policy, now)]),
      actions('preview', [button('preview-update', 'Preview', incident.id)]),
      ...(incident.isPrivate ? [context('It stays in this channel: the incident is private.')] : []),
    ],
  };
}

/** More would push the field out of sight. */
const mostQuestions = 5;

function questions({ updateRequests: requests }: Incident): KnownBlock[] {
  if (requests.length === 0) return [];
  const asked = requests.filter(({ question }) => question !== '').slice(-mostQuestions);
  return [
    context(`${requests.length === 1 ? 'One person has' : `${requests.length} people have`} asked for an update.`),
    ...asked.map(({ by, question }) => context(`<@${by}>\n${quote(cut(question, 300))}`)),
  ];
}

/** Minutes that can be promised besides what the policy says. */
const choices = [15, 30, 60, 120, 240, 480, 1440];
const minute = 60_000;

function nextField(incident: Incident, policy: Policy, now: Date): KnownBlock {
  const usual = updateDue({ ...incident, updateCount: incident.updateCount + 1 }, now, policy);
  const rhythm = usual ? `In ${duration(usual.getTime() - now.getTime())}` : 'When something changes';
  const asAgreed = option(
    'usual',
    `${rhythm}, as for ${severityName(incident, policy)} · ${statusName(incident.status)}`,
  );
  const others = choices.map((count) => option(String(count), `In ${duration(count * minute)}`));
  const options = [asAgreed, ...(usual ? [option('0', 'When something changes')] : []), ...others];
  return field('next', 'When is the next one?', { type: 'static_select', options, initial_option: asAgreed });
}

/** An update as the channel shows it, word for word. */
export const updateMessage = ({ text, by, promised }: { text: string; by: string; promised: Promised }): Message => ({
  text: escape(cut(text, 3000)),
  blocks: [
    section(`:mega: *Update* by <@${by}>`),
    ...quoteWhole(text),
    ...(promised ? [context(promiseText(promised))] : []),
  ],
});

export interface Preview {
  incident: Incident;
  policy: Policy;
  /** Undefined: nothing is written yet. */
  here: Message | undefined;
  /** Under the announcement; undefined: it is not said there. */
  outside: Message | undefined;
}

/** Exactly what will be posted, and where. */
export function previewModal({ incident, policy, here, outside }: Preview): ModalView {
  const asked = incident.updateRequests.map(({ by }) => `<@${by}>`).slice(0, 20);
  const channel = incident.channel ? `<#${incident.channel.id}>` : 'The channel of the incident';
  const blocks = here
    ? [
        section(`*${channel}*`),
        ...(here.blocks ?? []),
        ...(outside
          ? [divider, section(`*${updatesChannel(policy)}*, under the announcement`), ...(outside.blocks ?? [])]
          : []),
        ...(asked.length > 0 ? [divider, context(`Told that it is there, privately: ${asked.join(' ')}`)] : []),
      ]
    : [section('Nothing is written yet. Go back and write a sentence or two.')];
  return { type: 'modal', callback_id: 'update-preview', title: plain('Preview'), close: plain('Back'), blocks };
}

const updatesChannel = ({ updatesChannel: named }: Policy) => (named.startsWith('#') ? named : `<#${named}>`);
