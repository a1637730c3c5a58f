import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { type OpenStatus, openStatuses } from '../../incident/lifecycle.ts';
import { standsFor } from '../../incident/stands-for.ts';
import type { Policy } from '../../policy.ts';
import { actions, cut, field, type Message, option, plain, seconds, section } from '../../slack/blocks.ts';
import { impactSentence, statusName, withQuote } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { declareThis, incidentName } from '../../slack/views.ts';

const meanings: Record<string, string> = {
  investigating: 'We are looking for the cause',
  identified: 'The cause is known, a fix is under way',
  monitoring: 'A fix is in; we watch whether it holds',
};

/** Where it can go by a change of status: triage is only where it starts, resolving has a form of its own. */
export const nextStatuses = openStatuses.filter((status) => status !== 'triage');

const note = (label: string, typed = ''): KnownBlock => {
  const written = typed && { initial_value: cut(typed, 3000) };
  return field(
    'note',
    label,
    { type: 'plain_text_input', multiline: true, max_length: 3000, ...written },
    { optional: true },
  );
};

export function statusModal(incident: Incident): ReturnType<IncidentForm['modal']> {
  const options = nextStatuses.map((status) => option(status, statusName(status), meanings[status]));
  const now = options.find(({ value }) => value === incident.status);
  return {
    type: 'modal',
    title: plain('Change status'),
    submit: plain('Change'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      field('to', 'Where does it stand?', { type: 'radio_buttons', options, ...(now && { initial_option: now }) }),
      note('What did you find?'),
    ],
  };
}

/** `fix` and `ended`: what was typed after `/incident resolve`. */
export function resolveModal(
  incident: Incident,
  policy: Policy,
  now: Date,
  { fix = '', ended: saidEnded }: { fix?: string; ended?: Date } = {},
): ReturnType<IncidentForm['modal']> {
  const { impact } = incident;
  const felt = [option('yes', 'Yes'), option('no', 'No'), option('unknown', 'Not known')];
  const known = felt.find(({ value }) => value === impact.felt);
  const started = impact.felt === 'yes' ? impact.started : undefined;
  const ended = saidEnded ?? (impact.felt === 'yes' ? impact.ended : undefined);
  return {
    type: 'modal',
    title: plain('Resolve'),
    submit: plain('Resolve'),
    close: plain('Cancel'),
    blocks: [
      section(`${incidentName(incident)}\nCustomers ${impactSentence(incident, now)}.`),
      field('felt', 'Did customers feel it?', {
        type: 'radio_buttons',
        options: felt,
        ...(known && { initial_option: known }),
      }),
      field(
        'started',
        'Since when?',
        { type: 'datetimepicker', ...(started && { initial_date_time: seconds(started) }) },
        {
          optional: true,
          hint: 'Leave it empty if nobody knows.',
        },
      ),
      field(
        'ended',
        'When did they stop feeling it?',
        { type: 'datetimepicker', ...(ended && { initial_date_time: seconds(ended) }) },
        {
          optional: true,
          hint: 'Often earlier than now. Leave it empty if nobody knows.',
        },
      ),
      note('What fixed it?', fix),
      ...(needsPostmortem(incident, policy) ? [ownerField(incident)] : []),
    ],
  };
}

/** Practice is practice: nobody writes about it. */
export const needsPostmortem = ({ isPractice, highestSeverity }: Incident, policy: Policy): boolean =>
  !isPractice && policy.postmortemRequired.includes(highestSeverity);

function ownerField(incident: Incident): KnownBlock {
  const owner = incident.postmortemOwner ?? incident.roles.commander?.person ?? standsFor(incident);
  return field(
    'owner',
    'Who writes the postmortem?',
    { type: 'users_select', ...(owner && { initial_user: owner }) },
    { hint: 'It was severe enough to learn from. They can ask others to help.' },
  );
}

/** People forget to say it; it is filled in, and said. */
const skippedText = (skipped: OpenStatus[] = []): string =>
  skipped.length > 0 ? `. Skipped ${skipped.map((status) => `*${statusName(status)}*`).join(' and ')}` : '';

export function statusMessage(to: string, by: string, note: string, skipped?: OpenStatus[]): Message {
  const text = `${mention(by)} changed status to *${statusName(to)}*${skippedText(skipped)}`;
  return { text: `Status is ${statusName(to)} now`, blocks: withQuote(text, note) };
}

export function resolvedMessage(
  incident: Incident,
  by: string,
  { note, skipped, owner }: { note: string; skipped?: OpenStatus[]; owner?: string },
  now: Date,
): Message {
  const postmortem = owner ? ` <@${owner}> writes the postmortem.` : '';
  const left = skippedText(skipped).replace(/^\. (.*)$/, ' $1.');
  const text = `:white_check_mark: ${mention(by)} resolved this incident. Customers ${impactSentence(incident, now)}.${left}${postmortem}`;
  return { text: `#${incident.number} is resolved`, blocks: withQuote(text, note) };
}

/** `typed` may be something new that only begins like the command. */
export function whichStatus(typed: string): Message {
  const lines = nextStatuses.map((status) => `\`/incident status ${status}\` ${meanings[status]}`);
  return {
    text: 'Which status?',
    blocks: [
      section(`Which status?\n${lines.join('\n')}\n\`/incident resolve\` when it is over`),
      actions('which-status', [declareThis(`status ${typed}`)]),
    ],
  };
}
