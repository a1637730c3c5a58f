import * as z from 'zod';
import { Impossible } from '../../outbox/failures.ts';
import { Gone } from '../http.ts';
import type { PagerPerson, ResponderRequest } from '../pager-shapes.ts';
import { at } from './acts.ts';
import type { Client } from './client.ts';
import type { Pages } from './pages.ts';
import type { Incident } from './schema.ts';

export interface ResponderParts {
  client: Client;
  pages: Pick<Pages, 'get'>;
  personByEmail: (email: string) => Promise<PagerPerson | undefined>;
}

/** Pages more people to an incident, each of them once. */
export function createResponders({ client, pages, personByEmail }: ResponderParts) {
  return async (
    id: string,
    { as = client.from, message, people, escalationPolicies }: ResponderRequest,
  ): Promise<void> => {
    const incident = await pages.get(id);
    if (!incident) throw new Gone(`PagerDuty knows no incident ${id}`);
    const asked = askedOf(incident);
    const targets = [
      ...people.map((person) => ({ id: person, type: 'user_reference' })),
      ...escalationPolicies.map((policy) => ({ id: policy, type: 'escalation_policy_reference' })),
    ].filter((target) => !asked.has(target.id));
    if (targets.length === 0) return;
    // Here PagerDuty takes no e-mail for an answer.
    const requester = await personByEmail(as);
    if (!requester) throw new Impossible('unknown_person', `PagerDuty knows nobody with the e-mail ${as}`);
    const body = {
      requester_id: requester.id,
      message,
      responder_request_targets: targets.map((target) => ({ responder_request_target: target })),
    };
    await client.call('POST', `${at(id)}/responder_requests`, z.object({}), { body, as });
  };
}

/** Who need not be asked: those who were, unless they said no. */
function askedOf({ incidents_responders: responders, responder_requests: requests }: Incident): Set<string> {
  const declined = new Set(
    (responders ?? []).flatMap(({ state, user }) =>
      user && (state === 'declined' || state === 'user_cancelled') ? [user.id] : [],
    ),
  );
  const targets = (requests ?? []).flatMap(({ responder_request_targets: targets }) =>
    targets.map(({ responder_request_target: { id } }) => id),
  );
  const users = (responders ?? []).flatMap(({ user }) => (user ? [user.id] : []));
  return new Set([...targets, ...users].filter((id) => !declined.has(id)));
}
