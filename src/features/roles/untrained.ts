import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isUntrained } from '../../incident/roles.ts';
import type { Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { type Trained, untrainedMessage } from './messages.ts';

const Payload = z.object({ incident: z.string(), role: z.string(), person: z.string() });

/** On a grave incident, somebody not trained for it has a role: said in the open, with those who are. */
export const untrained = definePost('roles.untrained', Payload, {
  purpose: 'say who is trained for a role',
  compose: async ({ incident: id, role, person }, outside) => {
    const incident = await incidentOf(outside, id);
    const { policy } = outside;
    const holds = incident.roles[role]?.person === person;
    if (!incident.channel || !holds || !isUntrained(incident, role, person, policy)) return undefined;
    const trained = await named(policy.roles[role]?.qualified ?? [], outside);
    return { channel: incident.channel.id, ...untrainedMessage(incident, { role, person }, trained, policy) };
  },
});

const Profile = z.object({
  user: z.object({ name: z.string(), real_name: z.string().optional(), deleted: z.boolean().default(false) }),
});

/** More than this nobody looks through, and each is a call. */
const mostNamed = 20;

/** Options of a select hold no mentions, so people are called by name; who has left is left out. */
async function named(ids: string[], outside: Outside): Promise<Trained[]> {
  const found = await Promise.all(ids.slice(0, mostNamed).map((id) => nameOf(id, outside)));
  return found.filter((one) => one !== undefined);
}

async function nameOf(id: string, outside: Outside): Promise<Trained | undefined> {
  try {
    const { user } = await outside.slack.call('users.info', { user: id }, Profile);
    return user.deleted ? undefined : { id, name: user.real_name || user.name };
  } catch (error) {
    // An id in the policy that is nobody's any more.
    if (error instanceof Impossible) return undefined;
    throw error;
  }
}

export const sayUntrained = (incident: Incident, role: string, person: string): Effect =>
  channelWork(untrained.kind, `untrained-${role}-${incident.version}`, incident, {
    lane: 'channel',
    gate: postGate(incident),
    payload: { role, person },
  });
