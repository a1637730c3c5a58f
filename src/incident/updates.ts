import type { Policy } from '../policy.ts';
import { promise, updateDue } from './cadence.ts';
import type { Decision } from './decision.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOver } from './lifecycle.ts';
import type { PostUpdate, RequestUpdate } from './update-commands.ts';

const minute = 60_000;

/** Also after the end: a last word to the people who followed it is always welcome, and then none is owed. */
export function postUpdate(
  incident: Incident,
  { text, nextInMinutes }: PostUpdate,
  now: Date,
  policy: Policy,
): Decision {
  const number = incident.updateCount + 1;
  const promised = nextInMinutes && new Date(now.getTime() + nextInMinutes * minute);
  const usual = updateDue({ ...incident, updateCount: number }, now, policy);
  const nextDue = isOver(incident) || nextInMinutes === 0 ? undefined : promised || usual;
  const answers = incident.updateRequests.map(({ by }) => by);
  const posted: IncidentEvent = {
    type: 'updatePosted',
    number,
    text,
    ...(nextDue && { nextDue }),
    ...(answers.length > 0 && { answers }),
  };
  // Also where it is due at the same minute as before: it is another promise, with a reminder of its own.
  const owed = nextDue ?? incident.nextUpdateDue;
  return { events: [posted, ...(owed ? [promise(nextDue, incident.severity, now, policy)] : [])] };
}

/** A stakeholder asks; once is enough until the next update answers. */
export function requestUpdate(incident: Incident, { person, question }: RequestUpdate): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (incident.updateRequests.some(({ by }) => by === person)) return { refused: 'asked-already' };
  return { events: [{ type: 'updateRequested', person, question }] };
}
