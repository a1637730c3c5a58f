import type { KnownBlock, ModalView } from '@slack/types';
import { longestText, longestTitle } from '../../incident/fields.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Severity, severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
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
  section,
  time,
} from '../../slack/blocks.ts';
import { troubleText } from '../../slack/refusals.ts';
import { incidentName } from '../../slack/views.ts';
import type { Carried } from '../from-pagerduty/started.ts';

/** What the form carries through from where it was opened. */
export interface DeclareMetadata {
  /** The delivery whose `response_url` shows the progress; absent where Slack gave none. */
  answerTo?: string;
  source?: { channel: string; ts: string };
  /** What rings in PagerDuty, and is to be its first page. */
  pager?: Carried;
  /** Similar incidents that the person has seen in this form. */
  seen: string[];
}

export interface DeclareDraft {
  title: string;
  summary: string;
  /** Taken when nothing was said: as severe as the form begins, and that nobody knows what customers feel. */
  severity?: Severity;
  felt?: 'yes' | 'no' | 'unknown';
  /** Their keys. */
  services?: string[];
  /** Who would be woken by what is chosen, in words. */
  woken?: string | undefined;
  metadata: DeclareMetadata;
  similar: Incident[];
}

/** As severe as the form begins. */
export const startsAs: Severity = 'sev2';

export function declareModal({ metadata, similar, ...draft }: DeclareDraft, policy: Policy): ModalView {
  return {
    type: 'modal',
    callback_id: 'declare',
    private_metadata: JSON.stringify(metadata),
    title: plain('Declare an incident'),
    submit: plain(similar.length > 0 ? 'Declare a new one' : 'Declare'),
    close: plain('Cancel'),
    blocks: [...similarNotice(similar), ...fields(draft, policy)],
  };
}

function fields(
  {
    title,
    summary,
    severity = startsAs,
    felt = 'unknown',
    services: chosenServices = [],
    woken,
  }: Omit<DeclareDraft, 'metadata' | 'similar'>,
  policy: Policy,
): KnownBlock[] {
  const severityOptions = severities.map((key) =>
    option(key, policy.severities[key].name, policy.severities[key].meaning),
  );
  const chosen = severityOptions[severities.indexOf(severity)];
  const feltOptions = [option('yes', 'Yes'), option('no', 'No, not yet'), option('unknown', 'Not known')];
  const feltChosen = feltOptions.find(({ value }) => value === felt);
  const services = Object.entries(policy.services)
    .slice(0, 100)
    .map(([key, service]) => option(key, service.name));
  const about = services.filter(({ value }) => value !== undefined && chosenServices.includes(value));
  return [
    field(
      'title',
      'What is wrong?',
      {
        type: 'plain_text_input',
        max_length: longestTitle,
        placeholder: plain('Checkout fails for some customers', 150),
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
        // The field has one line; a command and a message may have more.
        ...(title && { initial_value: cut(title.replace(/\s+/g, ' '), longestTitle) }),
      },
      { dispatch: true },
    ),
    field(
      'severity',
      'How severe?',
      {
        type: 'static_select',
        options: severityOptions,
        ...(chosen && { initial_option: chosen }),
      },
      { hint: 'Unsure? Take the higher one; it can be lowered later.', dispatch: true },
    ),
    field('felt', 'Do customers feel it?', {
      type: 'radio_buttons',
      options: feltOptions,
      ...(feltChosen && { initial_option: feltChosen }),
    }),
    field(
      'since',
      'If yes: since when?',
      { type: 'datetimepicker' },
      {
        optional: true,
        hint: 'The clock starts here. Leave it empty if nobody knows.',
      },
    ),
    ...(services.length > 0
      ? [
          field(
            'services',
            'Which service?',
            {
              type: 'multi_static_select',
              options: services,
              ...(about.length > 0 && { initial_options: about }),
            },
            { optional: true, dispatch: true },
          ),
        ]
      : []),
    ...(woken ? [{ ...context(woken), block_id: 'woken' }] : []),
    field(
      'summary',
      'What do you know so far?',
      {
        type: 'plain_text_input',
        multiline: true,
        max_length: longestText,
        ...(summary && { initial_value: cut(summary, longestText) }),
      },
      { optional: true },
    ),
    field(
      'kind',
      'Anything special?',
      {
        type: 'checkboxes',
        options: [
          option('private', 'Private', 'Only people who are invited can see it'),
          option('practice', 'Practice', 'A drill: not announced, not counted'),
        ],
      },
      { optional: true, dispatch: true },
    ),
  ];
}

function similarNotice(similar: Incident[]): KnownBlock[] {
  if (similar.length === 0) return [];
  return [
    section(`:eyes: *Is it one of these?* They are open already.`),
    ...similar.map(
      (incident): KnownBlock => ({
        ...section(`${incidentName(incident)}\n${statusWord(incident)}, declared ${time(incident.declaredAt)}`),
        accessory: button('join', 'Join', incident.id),
      }),
    ),
    { type: 'divider' },
  ];
}

const statusWord = (incident: Incident) => incident.status[0]?.toUpperCase() + incident.status.slice(1);

/** What the person who declared sees, from the first moment until everything is in place. */
export function progressMessage(incident: Incident): Message {
  const { channel, headline, troubles } = incident;
  // After a trouble nobody knows what is still under way and what waits for *Try again*.
  const stuck = troubles.length > 0;
  const waiting = (fact: string, doing: string) =>
    stuck ? `:white_large_square: ${fact}` : `:hourglass_flowing_sand: ${doing}`;
  const steps = [
    `:white_check_mark: Declared as *#${incident.number}*, ${incident.severity.toUpperCase()}`,
    channel
      ? `:white_check_mark: Channel <#${channel.id}>, you are invited`
      : waiting('No channel yet', 'Opening a channel'),
    headline ? ':white_check_mark: Headline posted' : waiting('No headline yet', 'Posting the headline'),
    ...troubles.map((trouble) => `:warning: Could not ${escape(trouble.what)}: ${troubleText(trouble.why)}`),
  ];
  const soon = stuck ? 'it has no channel yet.' : 'I am opening its channel.';
  const text = `#${incident.number} is declared${channel ? `: <#${channel.id}>` : `; ${soon}`}`;
  const retry = troubles.length > 0 ? [actions('progress', [button('retry', 'Try again', incident.id)])] : [];
  return {
    text,
    blocks: [section(`*${escape(cut(incident.title, 150))}*\n${steps.join('\n')}`), ...retry],
  };
}
