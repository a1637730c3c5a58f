import type { Named, PagerIncident, PagerPerson, PagerStatus, ResponderAnswer } from '../pager-shapes.ts';
import type { Incident, Reference } from './schema.ts';

/** PagerDuty's words as ours. */

export const statuses: Record<Incident['status'], PagerStatus> = {
  triggered: 'ringing',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
};

/** PagerDuty names no list of these states; a request that is cancelled becomes `user_cancelled`. */
export function answerOf(state: string | null | undefined): ResponderAnswer {
  if (state === 'joined' || state === 'accepted') return 'accepted';
  if (state === 'user_cancelled' || state === 'cancelled') return 'cancelled';
  return state === 'declined' ? 'declined' : 'asked';
}

export function named({ id, name, summary }: Reference): Named {
  return { id, name: name ?? summary ?? id };
}

export const namedIf = (reference: Reference | null | undefined): Named | undefined =>
  reference ? named(reference) : undefined;

export function personOf(reference: Reference): PagerPerson {
  return { ...named(reference), email: reference.email ?? undefined };
}

/** Undefined for whatever is not a person: a service, an integration, a rule. */
export function personIf(reference: Reference | null | undefined): PagerPerson | undefined {
  return reference && (reference.type === 'user_reference' || reference.type === 'user')
    ? personOf(reference)
    : undefined;
}

export function incidentOf(incident: Incident): PagerIncident {
  const changed = incident.last_status_change_at ?? incident.created_at;
  return {
    id: incident.id,
    number: incident.incident_number,
    title: incident.title,
    url: incident.html_url,
    status: statuses[incident.status],
    key: incident.incident_key ?? undefined,
    urgency: incident.urgency,
    priority: namedIf(incident.priority),
    service: namedIf(incident.service),
    escalationPolicy: namedIf(incident.escalation_policy),
    assigned: incident.assignments.map(({ assignee }) => personOf(assignee)),
    acknowledged: incident.acknowledgements.flatMap(({ acknowledger, at }) => {
      const person = personIf(acknowledger);
      return person ? [{ person, at }] : [];
    }),
    resolvedBy: incident.status === 'resolved' ? personIf(incident.last_status_change_by) : undefined,
    mergedInto: incident.resolve_reason?.incident?.id,
    createdAt: incident.created_at,
    changedAt: changed,
  };
}

/** As much as fits: `most` counts characters, as PagerDuty's limits do. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
