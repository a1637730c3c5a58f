import type { KnownBlock, ModalView } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, escape, type Message, plain, section, time } from '../../slack/blocks.ts';
import { impactSentence, severityName, statusName } from '../../slack/incident-words.ts';
import { declareThis, incidentName } from '../../slack/views.ts';
import { type Filter, wordsOf } from './filter.ts';

export interface Listed {
  filter: Filter;
  incidents: Incident[];
  /** The number below which the next page begins. */
  older?: number | undefined;
  /** The first page; further ones show nothing but incidents. */
  first: boolean;
  /** How many are open, where that was asked. */
  open: number | undefined;
  resolved: Incident[];
}

export function listMessage(listed: Listed, policy: Policy, now: Date): Message {
  const { filter, incidents, open, resolved } = listed;
  const text = open === undefined ? titleOf(listed) : openCount(open, filter);
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...incidents.map((incident) => lineOf(incident, policy, now)),
      ...(resolved.length > 0 ? [section('*Resolved lately*')] : []),
      ...resolved.map((incident) => overLine(incident, policy)),
      ...buttons(listed),
    ],
  };
}

function openCount(open: number, filter: Filter): string {
  const those = wordsOf(filter);
  const of = those ? ` (${escape(those)})` : '';
  return open === 1 ? `One incident is open${of}` : `${open === 0 ? 'No' : open} incidents are open${of}`;
}

function titleOf({ filter, incidents, first }: Listed): string {
  const those = escape(wordsOf(filter)) || 'open';
  if (incidents.length === 0) return first ? `No incidents (${those})` : `No more incidents (${those})`;
  return first ? `Incidents, newest first (${those})` : `Older incidents (${those})`;
}

export const pageAfter = (kind: 'list' | 'find', words: string, before: number) =>
  button(`${kind}-page`, 'Older', JSON.stringify([words, before]));

function buttons({ filter, older, first, open }: Listed): KnownBlock[] {
  const shown = [
    ...(older === undefined ? [] : [pageAfter('list', wordsOf(filter), older)]),
    ...(first && !filter.all
      ? [button('list-all', 'Also those that are over', wordsOf({ ...filter, all: true }))]
      : []),
    ...(open === 0 ? [button('declare-this', 'Declare an incident', '')] : []),
  ];
  return shown.length > 0 ? [actions('list', shown)] : [];
}

const lineOf = (incident: Incident, policy: Policy, now: Date): KnownBlock =>
  isOver(incident) ? overLine(incident, policy) : openLine(incident, policy, now);

function openLine(incident: Incident, policy: Policy, now: Date): KnownBlock {
  const facts = `${escape(severityName(incident, policy))} · ${statusName(incident.status)} · customers ${impactSentence(incident, now)}`;
  return {
    ...section(`${incidentName(incident)}\n${facts} · declared ${time(incident.declaredAt)}`),
    accessory: button('join', 'Join', incident.id),
  };
}

function overLine(incident: Incident, policy: Policy): KnownBlock {
  const { status, resolvedAt, reached, declaredAt } = incident;
  const at = (status === 'resolved' ? resolvedAt : reached[status]) ?? declaredAt;
  return context(
    `${incidentName(incident)} · ${escape(severityName(incident, policy))} · ${statusName(status)} ${time(at)}`,
  );
}

export function unknownFilter(word: string, near: string | undefined, policy: Policy): Message {
  const meant = near ? ` Did you mean \`/incident list ${near}\`?` : '';
  const services = cut(Object.keys(policy.services).join(', '), 1000);
  return {
    text: `I do not know that list.${meant}`,
    blocks: [
      section(`I do not know *${escape(cut(word, 60))}*.${meant}`),
      context(
        `I know: mine, all, practice, sev1 to sev4${services ? `, and the services ${escape(services)}` : ''}. \`/incident find ${escape(cut(word, 60)).replaceAll('`', '')}\` looks for words.`,
      ),
    ],
  };
}

export interface Found {
  words: string;
  incidents: Incident[];
  older?: number | undefined;
}

export function foundMessage({ words, incidents, older }: Found, policy: Policy, now: Date): Message {
  const said = escape(cut(words, 100));
  const text = incidents.length === 0 ? `Nothing found for “${said}”` : `Found for “${said}”, newest first`;
  const none = context('I look at titles, summaries, updates, notes, services and numbers of what you may see.');
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...(incidents.length === 0 ? [none] : incidents.map((incident) => lineOf(incident, policy, now))),
      ...(older === undefined ? [] : [actions('find', [pageAfter('find', cut(words, 1000), older)])]),
      ...(incidents.length === 0 ? [actions('found-nothing', [declareThis(words)])] : []),
    ],
  };
}

export const whatToFind: Message = {
  text: 'What are you looking for? `/incident find checkout timeout` finds incidents by their words, `/incident find 12` by number.',
};

/** The global shortcut: what is going on, wherever one is. */
export function incidentsModal(listed: Listed, policy: Policy, now: Date): ModalView {
  // A press in a form is answered by direct message, so there is nothing here to turn pages with.
  const { text, blocks = [] } = listMessage(listed, policy, now);
  const more = listed.older === undefined ? [] : [context('`/incident list` in any channel shows the others.')];
  return {
    type: 'modal',
    title: plain('Incidents'),
    close: plain('Close'),
    blocks: [...(blocks.length > 0 ? blocks : [section(text)]).filter(({ type }) => type !== 'actions'), ...more],
  };
}
