import { impactDuration } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { duration, visible } from '../../slack/blocks.ts';
import { statusName } from '../../slack/incident-words.ts';
import type { Document } from '../postmortem/document.ts';
import { nameOf } from './named.ts';

/** A line of what stands at the top: plain text, for each format to escape. */
export interface Fact {
  label: string;
  text: string;
}

/** As everybody reads it, wherever they are. */
export const moment = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function headOf({ incident, title }: Document): string {
  return `#${incident.number} ${visible(title)}`;
}

/** What somebody wants to know who has never heard of the incident. */
export function factsOf(document: Document): Fact[] {
  const { incident, names } = document;
  const { severity, highestSeverity, roles, resolvedAt } = incident;
  const commander = roles.commander?.person;
  const fact = (label: string, text: string | undefined | false): Fact[] =>
    text ? [{ label, text: visible(text) }] : [];
  return [
    ...fact('Status', statusName(incident.status)),
    ...fact(
      'Severity',
      severity.toUpperCase() + (severity === highestSeverity ? '' : `, at worst ${highestSeverity.toUpperCase()}`),
    ),
    ...fact('Customers', impactWords(incident, document.madeAt)),
    ...fact('Declared', moment(incident.declaredAt)),
    ...fact('Resolved', resolvedAt && moment(resolvedAt)),
    ...fact('Services', document.services.join(', ')),
    ...fact('Incident commander', commander && nameOf(names, commander)),
    ...fact('Postmortem', postmortemWords(document)),
    ...fact('Practice', incident.isPractice && 'This was a practice run.'),
    ...fact('Private', incident.isPrivate && 'Only those in the incident may see this.'),
  ];
}

const states: Record<Document['status'], string> = {
  draft: 'Draft',
  'in-review': 'In review',
  published: 'Published',
};

function postmortemWords({ status, owner, names }: Document): string {
  return states[status] + (owner ? `, owned by ${nameOf(names, owner)}` : '');
}

function impactWords(incident: Incident, now: Date): string {
  const { impact } = incident;
  if (impact.felt === 'no') return 'Did not feel it';
  if (impact.felt === 'unknown') return 'Unknown whether they felt it';
  const { started, ended } = impact;
  const from = started ? moment(started) : 'unknown';
  const until = ended ? moment(ended) : isOver(incident) ? 'unknown' : 'now';
  const length = started && ended ? ` for ${duration(impactDuration(impact, now) ?? 0)}` : '';
  return `Felt it${length}: from ${from} until ${until}`;
}

/** Where it comes from and when it was true, at the end of every format. */
export const madeWords = ({ madeAt }: Document): string =>
  `Made by Tocsin on ${moment(madeAt)} from the record of the incident. What is corrected or erased later is not in this file.`;
