import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, escape, type Message, option, plain, section, time } from '../../slack/blocks.ts';
import { quote } from '../../slack/incident-words.ts';
import { incidentName } from '../../slack/views.ts';
import { duty } from './views.ts';
import { bold } from './words.ts';

/** What the channel is told about roles. `by` did it. */
export type News = { role: string; person: string; by: string } & (
  | { what: 'assigned' | 'taken' | 'handed-over'; from?: string | undefined }
  | { what: 'freed' | 'shadowing' | 'no-longer-shadowing' | 'offered' }
  | { what: 'declined'; reason: string }
);

/** Who gave what to whom. */
export function newsMessage(news: News, policy: Policy): Message {
  const text = sentence(news, bold(news.role, policy));
  const reason = news.what === 'declined' ? news.reason : '';
  return { text, blocks: [section(text), ...(reason ? [section(quote(reason))] : [])] };
}

function sentence(news: News, role: string): string {
  const { what, person, by } = news;
  switch (what) {
    case 'assigned':
    case 'taken': {
      const after = news.from ? `, after <@${news.from}>` : '';
      return by === person ? `<@${person}> took ${role}${after}` : `<@${by}> made <@${person}> ${role}${after}`;
    }
    case 'handed-over':
      return news.from
        ? `<@${person}> is ${role} now: <@${news.from}> handed over`
        : `<@${person}> is ${role} now: the offer is accepted`;
    case 'freed':
      return by === person
        ? `<@${by}> gave up ${role}; nobody has it now`
        : `<@${by}> took ${role} from <@${person}>; nobody has it now`;
    case 'shadowing':
      return `<@${person}> shadows ${role}: watching to learn`;
    case 'no-longer-shadowing':
      return `<@${person}> no longer shadows ${role}`;
    case 'offered':
      return `<@${by}> offered ${role} to <@${person}>`;
    case 'declined':
      return `<@${person}> declined ${role}`;
  }
}

/** Privately, to whoever has a role from now on: what it is about and what to do first. */
export function dutiesMessage(incident: Incident, role: string, by: string, policy: Policy): Message {
  const { first = [] } = policy.roles[role] ?? {};
  const holder = incident.roles[role]?.person;
  const given =
    holder && holder !== by ? `<@${by}> made you ${bold(role, policy)}` : `You are ${bold(role, policy)} now`;
  const due = incident.nextUpdateDue ? [`The next update is due ${time(incident.nextUpdateDue)}.`] : [];
  return {
    text: `${given} of #${incident.number}`,
    blocks: [
      section(`${given}\n${incidentName(incident)}`),
      section(
        [duty(role, policy), ...numbered(first)].filter(Boolean).join('\n') || 'Ask in the channel what is needed.',
      ),
      ...(due.length > 0 ? [context(due.join(' '))] : []),
      actions('duties', [handoverButton(incident, role)]),
    ],
  };
}

const numbered = (lines: string[]) => lines.map((line, index) => `${index + 1}. ${escape(line)}`);

/** Carries the role too, unlike the other buttons that open a form. */
const handoverButton = (incident: Incident, role: string) =>
  button('open-handover', 'Hand over', `${incident.id}:${role}`);

/**
 * Privately, to whoever is on call for it while nobody has it; once somebody has, it says who. Whoever reads it may not be in the
 * incident, so of one that became private it says the number.
 */
export function commandOfferMessage(incident: Incident, role: string, policy: Policy): Message {
  if (incident.isPrivate) {
    const over = `#${incident.number} is private now, so I no longer ask you to take command of it.`;
    return { text: over, blocks: [section(over)] };
  }
  const { commanders, targets } = policy.paging;
  const schedule = escape((commanders && targets[commanders]?.name) || 'it');
  const holder = incident.roles[role]?.person;
  const text = `You are on call for *${schedule}*: take command of #${incident.number}?`;
  return {
    text,
    blocks: [
      section(`${text}\n${incidentName(incident)}`),
      ...(duty(role, policy) ? [context(`${bold(role, policy)}: ${duty(role, policy)}`)] : []),
      holder
        ? context(`:white_check_mark: <@${holder}> is ${bold(role, policy)}.`)
        : actions('command-offer', [button(`take-role-${role}`, 'Take the role', incident.id, 'primary')]),
    ],
  };
}

/** Privately, to whoever had it before. */
export function relievedMessage(
  incident: Incident,
  role: string,
  next: string | undefined,
  by: string,
  policy: Policy,
): Message {
  const text = next
    ? `<@${next}> is ${bold(role, policy)} now, in your place.`
    : `<@${by}> took ${bold(role, policy)} from you; nobody has it now.`;
  return { text, blocks: [section(`${text}\n${incidentName(incident)}`)] };
}

/** Privately, to whoever offered it. */
export function declinedMessage(
  incident: Incident,
  role: string,
  person: string,
  reason: string,
  policy: Policy,
): Message {
  const text = `<@${person}> declined ${bold(role, policy)}.`;
  return {
    text,
    blocks: [
      section(`${text}\n${incidentName(incident)}`),
      ...(reason ? [section(quote(reason))] : []),
      actions('declined', [handoverButton(incident, role)]),
    ],
  };
}

/** Privately, to a commander who has been at it for long. */
export function longDutyMessage(incident: Incident, role: string, hours: string, policy: Policy): Message {
  const text = `You have been ${bold(role, policy)} for ${hours}. Does somebody take over?`;
  return {
    text,
    blocks: [
      section(`${text}\n${incidentName(incident)}`),
      context('Tired people decide badly. The form asks what the next one must know; they accept with a button.'),
      actions('long-duty', [handoverButton(incident, role)]),
    ],
  };
}

export interface Trained {
  id: string;
  name: string;
}

/** Said aloud: it is allowed, and there are others. */
export function untrainedMessage(
  incident: Incident,
  { role, person }: { role: string; person: string },
  trained: Trained[],
  policy: Policy,
): Message {
  const severity = escape(policy.severities[incident.severity].name);
  const text = `<@${person}> is ${bold(role, policy)} of a ${severity} and is not on the list of those trained for it. That is allowed.`;
  return { text, blocks: [section(text), ...offer(incident, role, trained)] };
}

function offer(incident: Incident, role: string, trained: Trained[]): KnownBlock[] {
  if (trained.length === 0) return [];
  return [
    actions('trained', [
      {
        type: 'static_select',
        action_id: 'give-role',
        placeholder: plain('Somebody trained instead', 150),
        options: trained.map(({ id, name }) => option(`${incident.id}:${role}:${id}`, name)),
      },
    ]),
  ];
}
