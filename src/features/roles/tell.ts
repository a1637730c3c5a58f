import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import type { Policy } from '../../policy.ts';
import { directChannel } from '../../slack/answer.ts';
import type { Message } from '../../slack/blocks.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { declinedMessage, dutiesMessage, relievedMessage } from './messages.ts';

const role = z.string();
const by = z.string();

/** What one person is told about a role. */
const About = z.discriminatedUnion('what', [
  z.object({ what: z.literal('duties'), role, by }),
  z.object({ what: z.literal('relieved'), role, by, next: z.string().optional() }),
  z.object({ what: z.literal('declined'), role, by, reason: z.string() }),
]);
type About = z.infer<typeof About>;

const Payload = z.object({ incident: z.string(), person: z.string(), about: About });

export const tellOfRole = definePost('roles.tell', Payload, {
  compose: async ({ incident: id, person, about }, outside) => {
    const message = say(await incidentOf(outside, id), person, about, outside.policy);
    return message && { channel: await directChannel(outside, person), ...message };
  },
});

function say(incident: Incident, person: string, about: About, policy: Policy): Message | undefined {
  switch (about.what) {
    case 'duties':
      // Given on to somebody else meanwhile: what to do first is their business.
      if (incident.roles[about.role]?.person !== person) return undefined;
      return dutiesMessage(incident, about.role, about.by, policy);
    case 'relieved':
      return relievedMessage(incident, about.role, about.next, about.by, policy);
    case 'declined':
      return declinedMessage(incident, about.role, about.by, about.reason, policy);
  }
}

/** Once for each change: the version of the incident tells them apart. */
function toldOf(incident: Incident, person: string, about: About): Effect {
  return {
    kind: tellOfRole.kind,
    key: `role-${about.what}-${about.role}-${incident.version}:${incident.id}`,
    payload: { incident: incident.id, person, about },
    lane: 'channel',
    gate: `tell:${person}`,
    orderKey: `tell:${person}:${incident.id}`,
  };
}

/** The duties and the first things to do, to the new holder. */
export const duties = (incident: Incident, role: string, person: string, by: string): Effect =>
  toldOf(incident, person, { what: 'duties', role, by });

/** To whoever had it, unless it was their own doing. */
export function relieved(
  incident: Incident,
  role: string,
  from: string | undefined,
  by: string,
  next?: string,
): Effect[] {
  if (!from || from === by) return [];
  return [toldOf(incident, from, { what: 'relieved', role, by, ...(next && { next }) })];
}

export function declined(
  incident: Incident,
  { role, person, reason, offeredBy }: { role: string; person: string; reason: string; offeredBy?: string },
): Effect[] {
  return offeredBy ? [toldOf(incident, offeredBy, { what: 'declined', role, by: person, reason })] : [];
}
