import type { Incident } from '../../incident/incident.ts';
import type { Severity } from '../../incident/severity.ts';
import type { PagerIncident } from '../../integrations/pager-shapes.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, cut, escape, type Message, section, time } from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';
import { servicesFor, severityFor } from './match.ts';
import type { Started } from './started.ts';

/** What the form begins with, and what it carries along. */
export interface Offered extends Started {
  severity?: Severity | undefined;
  services: string[];
}

/** In a channel: what rings there and whom, until somebody declares it or it is over. `there`: as it stands, where that can be asked. */
export function offerMessage(started: Started, there: PagerIncident | undefined, policy: Policy): Message {
  const { number, title, service, url, began } = started;
  const name = `PagerDuty${number === undefined ? '' : ` #${number}`}`;
  const link = url ? ` · <${url}|Open in PagerDuty>` : '';
  const isOver = there?.status === 'resolved';
  const what = `*${name}* ${escape(cut(title, 150))}`;
  const where = `${service ? `${escape(service.name)} · ` : ''}since ${time(began)}${link}`;
  return {
    text: `${name}: ${escape(cut(title, 150))}`,
    blocks: [
      section(`${isOver ? ':white_check_mark:' : ':bell:'} ${what}\n${where}\n${standing(started, there)}`),
      ...(isOver ? [] : [actions('pagerduty-offer', [declareOffered(started, policy)])]),
    ],
  };
}

function standing({ assigned }: Started, there: PagerIncident | undefined): string {
  const names = (all: string[]) =>
    all
      .slice(0, 3)
      .map((name) => escape(cut(name, 60)))
      .join(', ');
  if (there?.mergedInto) return 'It was merged into another one in PagerDuty; nobody declared an incident.';
  if (there?.status === 'resolved')
    return `Resolved in PagerDuty${there.resolvedBy ? ` by ${names([there.resolvedBy.name])}` : ''}; nobody declared an incident.`;
  const takers = there?.acknowledged.map(({ person }) => person.name) ?? [];
  if (there?.status === 'acknowledged') return `${names(takers) || 'Somebody'} has it.`;
  const rung = there?.assigned.map(({ name }) => name) ?? assigned;
  return rung.length > 0 ? `It rings ${names(rung)}.` : 'It rings.';
}

const declareOffered = (started: Started, policy: Policy) => {
  const severity = severityFor(started, policy);
  const offered: Offered = { ...started, services: servicesFor(started, policy), ...(severity && { severity }) };
  return button('declare-offered', 'Declare an incident', JSON.stringify(offered), 'primary');
};

/** The same message afterwards. Of a private incident it says nothing, and what it said before goes. */
export function declaredMessage(incident: Incident): Message {
  const said = incident.isPrivate ? 'It is being looked after.' : `Declared: ${incidentName(incident)}`;
  return { text: said, blocks: [section(`${incident.isPrivate ? ':lock:' : ':white_check_mark:'} ${said}`)] };
}

/** To whoever pressed too late. */
export const declaredAlready = (incident: Incident, isVisible: boolean): string =>
  isVisible ? `That is declared already: ${incidentName(incident)}.` : 'Somebody is looking after that already.';
