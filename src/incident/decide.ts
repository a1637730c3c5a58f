import type { Policy } from '../policy.ts';
import { channelName, nextChannelName } from './channel-name.ts';
import type { ChangeSeverity, ChangeStatus, Command, Declare, PostUpdate, Resolve } from './commands.ts';
import type { IncidentEvent } from './events.ts';
import { type Impact, type ImpactProblem, problemWith } from './impact.ts';
import type { Incident } from './incident.ts';
import { isOver } from './lifecycle.ts';

export type Refusal =
  | 'incident-over'
  | 'nothing-to-change'
  | 'resolve-by-form'
  | 'no-way-back-to-triage'
  | 'unknown-service'
  | ImpactProblem;

/** Nothing to refuse and nothing new is a decision too: no events (a report that came twice). */
export type Decision = { events: IncidentEvent[] } | { refused: Refusal };

/** What an incident answers to a command. Pure: the whole rule book is below and in the files this imports. */
export function decide(incident: Incident, command: Command, now: Date, policy: Policy): Decision {
  switch (command.type) {
    case 'declare':
      return declare(incident, command, now, policy);
    case 'postUpdate':
      return postUpdate(incident, command);
    case 'changeStatus':
      return changeStatus(incident, command);
    case 'changeSeverity':
      return changeSeverity(incident, command);
    case 'resolve':
      return resolve(incident, command, now);
    case 'reportChannelOpened':
      return incident.channel ? nothing : one({ type: 'channelOpened', channel: command.channel });
    case 'reportChannelNameTaken':
      return channelNameTaken(incident, command.name);
    case 'reportHeadlinePosted':
      return incident.headline ? nothing : one({ type: 'headlinePosted', at: command.at });
    case 'reportHeadlineGone':
      return incident.headline ? one({ type: 'headlineGone' }) : nothing;
    case 'reportAnnouncementPosted':
      return incident.announcement ? nothing : one({ type: 'announcementPosted', at: command.at });
    case 'reportTrouble':
      return one({ type: 'troubleReported', effect: command.effect, what: command.what, why: command.why });
    case 'reportTroubleOver':
      return incident.troubles.some((trouble) => trouble.effect === command.effect)
        ? one({ type: 'troubleCleared', effect: command.effect })
        : nothing;
    case 'reportJoined':
      return incident.members.includes(command.person)
        ? nothing
        : one({ type: 'personJoined', person: command.person });
    case 'reportLeft':
      return incident.members.includes(command.person) ? one({ type: 'personLeft', person: command.person }) : nothing;
  }
}

const nothing: Decision = { events: [] };
const one = (event: IncidentEvent): Decision => ({ events: [event] });

function declare(incident: Incident, command: Declare, now: Date, policy: Policy): Decision {
  // An incident is declared once; a second time would undo all that happened since.
  if (incident.version > 0) return nothing;
  // Own keys only: every object has a `constructor`.
  if (command.services.some((service) => !Object.hasOwn(policy.services, service)))
    return { refused: 'unknown-service' };
  const problem = problemWith(command.impact, now);
  if (problem) return { refused: problem };

  const { type: _, ...asked } = command;
  return one({
    type: 'declared',
    ...asked,
    // Nobody feels it yet: a warm issue, which has a rhythm of its own.
    status: command.impact.felt === 'no' ? 'triage' : 'investigating',
    channelName: channelName(policy.channelName, { ...command, number: incident.number }),
    policyVersion: policy.version,
  });
}

/** Also after the end: a last word to the people who followed it is always welcome. */
function postUpdate(incident: Incident, { text }: PostUpdate): Decision {
  return one({ type: 'updatePosted', number: incident.updateCount + 1, text });
}

function changeStatus(incident: Incident, { to, note }: ChangeStatus): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (to === 'resolved') return { refused: 'resolve-by-form' };
  if (to === incident.status) return { refused: 'nothing-to-change' };
  if (to === 'triage') return { refused: 'no-way-back-to-triage' };
  return one({ type: 'statusChanged', from: incident.status, to, note });
}

function changeSeverity(incident: Incident, { to, reason }: ChangeSeverity): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (to === incident.severity) return { refused: 'nothing-to-change' };
  return one({ type: 'severityChanged', from: incident.severity, to, reason });
}

function resolve(incident: Incident, { impact, note }: Resolve, now: Date): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  const problem = problemWith(impact, now);
  if (problem) return { refused: problem };

  const stated: IncidentEvent[] = sameImpact(impact, incident.impact) ? [] : [{ type: 'impactStated', impact }];
  return { events: [...stated, { type: 'resolved', from: incident.status, note }] };
}

function channelNameTaken(incident: Incident, name: string): Decision {
  // A report that came late: another name is being tried already.
  if (incident.channel || name !== incident.channelName) return nothing;
  return one({ type: 'channelNameTaken', name, next: nextChannelName(incident.firstChannelName, name) });
}

function sameImpact(one: Impact, other: Impact): boolean {
  if (one.felt !== 'yes' || other.felt !== 'yes') return one.felt === other.felt;
  return one.started?.getTime() === other.started?.getTime() && one.ended?.getTime() === other.ended?.getTime();
}
