import type { IncidentEvent } from './events.ts';
import type { ImpactProblem } from './impact.ts';

export type Refusal =
  | 'incident-over'
  | 'nothing-to-change'
  | 'resolve-by-form'
  | 'ends-by-its-own-command'
  | 'no-way-back-to-triage'
  | 'not-resolved'
  | 'only-triage-is-declined'
  | 'merge-into-itself'
  | 'merge-into-one-that-is-over'
  | 'merge-private-into-public'
  | 'no-such-incident'
  | 'reason-needed'
  | 'time-in-the-future'
  | 'unknown-service'
  | 'unknown-role'
  | 'role-taken'
  | 'no-such-handover'
  | 'no-update-due'
  | 'asked-already'
  | 'no-such-task'
  | 'no-such-link'
  | 'timeline-full'
  | 'no-such-follow-up'
  | 'too-many-follow-ups'
  | 'no-postmortem'
  | 'private-already'
  | 'practice-pages-nobody'
  | 'practice-of-a-page'
  | 'unknown-target'
  | 'paged-already'
  | 'too-many-pages'
  | 'no-such-page'
  | 'page-over'
  | 'request-goes-no-further'
  | ImpactProblem;

/** Nothing to refuse and nothing new is a decision too: no events (a report that came twice). */
export type Decision = { events: IncidentEvent[] } | { refused: Refusal };

export const nothing: Decision = { events: [] };
export const one = (event: IncidentEvent): Decision => ({ events: [event] });
