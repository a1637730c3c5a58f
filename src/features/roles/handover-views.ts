import type { KnownBlock } from '@slack/types';
import { longestText } from '../../incident/fields.ts';
import type { HandoverNotes, Incident } from '../../incident/incident.ts';
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
import { impactSentence, quote, severityName, statusName } from '../../slack/incident-words.ts';
import { incidentName } from '../../slack/views.ts';
import { bold, roleName, rolesOf } from './words.ts';

/** How a handover form begins: what was typed, or nothing. */
export interface HandoverDraft {
  role: string;
  to?: string | undefined;
}

export function handoverModal(incident: Incident, policy: Policy, now: Date, { role, to }: HandoverDraft) {
  const options = rolesOf(incident, policy).map((key) => option(key, roleName(key, policy)));
  const chosen = options.find(({ value }) => value === role);
  return {
    type: 'modal' as const,
    title: plain('Hand over'),
    submit: plain('Offer'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      field('role', 'Which role?', {
        type: 'static_select',
        options,
        ...(chosen && { initial_option: chosen }),
      }),
      field(
        'to',
        'To whom?',
        { type: 'users_select', ...(to && { initial_user: to }) },
        { hint: 'It is theirs once they accept.' },
      ),
      notes('state', 'How does it stand?', stateNow(incident, policy)),
      notes('thinking', 'What do we think it is?'),
      notes('watch', 'What should they watch?'),
      context('They are told this too:'),
      ...facts(incident, policy, now).map((line) => context(line)),
    ],
  };
}

/** Where the form begins, to be gone over: as it stands by status and the latest update. */
function stateNow(incident: Incident, policy: Policy): string {
  const update = incident.latestUpdate ? `\n${incident.latestUpdate.text}` : '';
  return cut(`${severityName(incident, policy)}, ${statusName(incident.status)}.${update}`, longestText);
}

const notes = (name: string, label: string, written = ''): KnownBlock =>
  field(
    name,
    label,
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: longestText,
      ...(written && { initial_value: written }),
    },
    { optional: true },
  );

const mostTasks = 10;

/** What the bot knows by itself and the next holder needs. */
export function facts(incident: Incident, policy: Policy, now: Date): string[] {
  const due = incident.nextUpdateDue;
  const open = incident.tasks.filter((task) => !task.done);
  const held = rolesOf(incident, policy).filter((role) => incident.roles[role]);
  const tasks = open
    .slice(0, mostTasks)
    .map(({ number, text, owner }) => `${number}. ${escape(cut(text, 100))}${owner ? ` (<@${owner}>)` : ''}`);
  const more = open.length > mostTasks ? [`and ${open.length - mostTasks} more`] : [];
  return [
    `Customers ${impactSentence(incident, now)}`,
    due ? `The next update is due ${time(due)}` : 'The next update comes when something changes',
    open.length > 0 ? `Open tasks: ${[...tasks, ...more].join(' · ')}` : 'No task is open',
    held.length > 0
      ? held
          .slice(0, 20)
          .map((role) => `${bold(role, policy)} <@${incident.roles[role]?.person}>`)
          .join(' · ')
      : 'Nobody has a role yet',
  ];
}

export interface Offer extends HandoverNotes {
  role: string;
  to: string;
  by: string;
}

/** What became of an offer. */
export type OfferState = 'open' | 'accepted' | 'declined' | 'withdrawn';

/** To whom a role is offered, privately: everything they need to say yes. Without its buttons once it is settled. */
export function offerMessage(incident: Incident, offer: Offer, state: OfferState, policy: Policy, now: Date): Message {
  const { role, by } = offer;
  const text = `<@${by}> offers you ${bold(role, policy)} of #${incident.number}`;
  const value = `${incident.id}:${role}`;
  const ends: Record<Exclude<OfferState, 'open'>, string> = {
    accepted: ':white_check_mark: You have it.',
    declined: 'You declined.',
    withdrawn: 'This offer no longer stands.',
  };
  return {
    text,
    blocks: [
      section(`${text}\n${incidentName(incident)}`),
      ...written('How it stands', offer.state),
      ...written('What we think it is', offer.thinking),
      ...written('What to watch', offer.watch),
      ...facts(incident, policy, now).map((line) => context(line)),
      state === 'open'
        ? actions('handover', [
            button('accept-handover', 'Accept', value, 'primary'),
            button('decline-handover', 'Decline', value),
          ])
        : context(ends[state]),
    ],
  };
}

const written = (label: string, text: string): KnownBlock[] =>
  text ? [section(`*${label}*`), section(quote(text))] : [];
