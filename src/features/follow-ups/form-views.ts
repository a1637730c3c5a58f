import type { KnownBlock, ModalView } from '@slack/types';
import { longestText } from '../../incident/fields.ts';
import {
  type FollowUpKind,
  followUpKinds,
  longestFollowUp,
  priorities as order,
} from '../../incident/follow-up-commands.ts';
import type { FollowUp, Incident } from '../../incident/incident.ts';
import { context, cut, field, option, plain, seconds, section } from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';
import type { Hint } from './hints.ts';
import { followUpLine, kinds, priorities } from './lines.ts';
import { hintLine } from './messages.ts';

export interface FollowUpDraft {
  /** The one that is changed; none: a new one. */
  followUp?: FollowUp | undefined;
  text?: string;
  /** When it is due unless somebody says otherwise. */
  due?: Date | undefined;
  metadata: string;
  /** Asked from outside of an incident's channel: which one it belongs to. */
  choose?: Incident[];
  /** It was kept just now; this is what would make it better. */
  hints?: Hint[];
}

export function followUpModal(
  incident: Incident | undefined,
  { followUp, text = '', due, metadata, choose, hints = [] }: FollowUpDraft,
): ModalView {
  const until = followUp?.due ?? due;
  const kept = hints.length > 0;
  return {
    type: 'modal',
    callback_id: 'follow-up',
    private_metadata: metadata,
    title: plain(followUp ? `Follow-up ${followUp.number}` : 'Add a follow-up'),
    submit: plain(followUp ? 'Save' : 'Add'),
    close: plain(kept ? 'Leave it so' : 'Cancel'),
    blocks: [
      ...(kept
        ? [
            section('*It is kept.* It is likelier to be done with a little more:'),
            context(hints.map(hintLine).join('\n')),
          ]
        : []),
      ...(incident ? [section(incidentName(incident))] : []),
      ...(choose ? [whichIncident(choose)] : []),
      written('text', 'What is to be done?', followUp?.text ?? text, longestFollowUp, {
        hint: 'Begin with what is done: “Add an alert on …”, “Refuse a deploy that …”.',
      }),
      field(
        'owner',
        'Who owns it?',
        { type: 'users_select', ...(followUp?.owner && { initial_user: followUp.owner }) },
        { optional: true },
      ),
      field(
        'due',
        'Until when?',
        { type: 'datetimepicker', ...(until && { initial_date_time: seconds(until) }) },
        { optional: true, hint: 'Its owner is reminded before, and until it is done.' },
      ),
      chosen(
        'kind',
        'What does it do?',
        followUpKinds.map((kind) => option(kind, kinds[kind].name, kinds[kind].what)),
        followUp?.kind ?? 'process',
      ),
      chosen(
        'priority',
        'How much does it matter?',
        order.map((one) => option(one, priorities[one])),
        followUp?.priority ?? 'medium',
      ),
      written('proof', 'How will people see that it is done?', followUp?.proof ?? '', longestText, {
        optional: true,
        hint: 'Such as: “the alert fires within 5 minutes when we break it on purpose”.',
      }),
    ],
  };
}

function written(
  name: string,
  label: string,
  begins: string,
  longest: number,
  rest: { optional?: boolean; hint?: string },
): KnownBlock {
  const initial = begins && { initial_value: cut(begins, longest) };
  return field(name, label, { type: 'plain_text_input', multiline: true, max_length: longest, ...initial }, rest);
}

function chosen(
  name: string,
  label: string,
  options: ReturnType<typeof option>[],
  value: FollowUpKind | string,
): KnownBlock {
  const [first] = options;
  const initial = options.find((one) => one.value === value) ?? first;
  return field(name, label, { type: 'static_select', options, ...(initial && { initial_option: initial }) });
}

const whichIncident = (incidents: Incident[]): KnownBlock =>
  field('incident', 'Of which incident?', {
    type: 'static_select',
    options: incidents.slice(0, 100).map(({ id, number, title }) => option(id, `#${number} ${title}`)),
  });

const about = (incident: Incident, followUp: FollowUp, metadata: string) => ({
  type: 'modal' as const,
  private_metadata: metadata,
  title: plain(`Follow-up ${followUp.number}`),
  close: plain('Cancel'),
  blocks: [section(`${incidentName(incident)}\n${followUpLine(followUp, { longest: 500 })}`)],
});

export function dateModal(incident: Incident, followUp: FollowUp, metadata: string): ModalView {
  const form = about(incident, followUp, metadata);
  const until = field('due', 'Until when?', { type: 'datetimepicker', initial_date_time: seconds(followUp.due) });
  return { ...form, callback_id: 'follow-up-date', submit: plain('Save'), blocks: [...form.blocks, until] };
}

export function dropModal(incident: Incident, followUp: FollowUp, metadata: string): ModalView {
  const form = about(incident, followUp, metadata);
  const why = written('reason', 'Why will nobody do it?', '', longestText, {
    optional: true,
    hint: 'It stays in the record.',
  });
  return { ...form, callback_id: 'follow-up-drop', submit: plain('Drop'), blocks: [...form.blocks, why] };
}
