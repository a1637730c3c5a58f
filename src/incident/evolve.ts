import type { EventOf, Happened, IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { worse } from './severity.ts';

/** The incident after an event. Pure, and total: every event ever recorded can be read again. */
export function evolve(incident: Incident, event: IncidentEvent, happened: Happened): Incident {
  return { ...incident, ...change(incident, event, happened), version: incident.version + 1 };
}

function change(incident: Incident, event: IncidentEvent, { by, at }: Happened): Partial<Incident> {
  switch (event.type) {
    case 'declared':
      return declared(event, { by, at });
    case 'channelNameTaken':
      return { channelName: event.next };
    case 'channelOpened':
      return { channel: event.channel, channelName: event.channel.name };
    case 'headlinePosted':
      return { headline: event.at };
    case 'headlineGone':
      return { headline: undefined };
    case 'announcementPosted':
      return { announcement: event.at };
    case 'updatePosted':
      return { updateCount: event.number, latestUpdate: { number: event.number, text: event.text, by, at } };
    case 'statusChanged':
      return { status: event.to };
    case 'severityChanged':
      return { severity: event.to, highestSeverity: worse(event.to, incident.highestSeverity) };
    case 'impactStated':
      return { impact: event.impact };
    case 'resolved':
      return { status: 'resolved', resolvedBy: by, resolvedAt: at };
    case 'troubleReported':
      return {
        troubles: [...without(incident, event.effect), { effect: event.effect, what: event.what, why: event.why, at }],
      };
    case 'troubleCleared':
      return { troubles: without(incident, event.effect) };
    case 'personJoined':
      return { members: [...incident.members, event.person] };
    case 'personLeft':
      return { members: incident.members.filter((member) => member !== event.person) };
  }
}

function declared({ type: _, ...event }: EventOf<'declared'>, { by, at }: Happened): Partial<Incident> {
  return {
    ...event,
    highestSeverity: event.severity,
    firstChannelName: event.channelName,
    declaredBy: by,
    declaredAt: at,
  };
}

const without = (incident: Incident, effect: string) =>
  incident.troubles.filter((trouble) => trouble.effect !== effect);
