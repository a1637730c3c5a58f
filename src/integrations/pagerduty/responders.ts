import * as z from 'zod';
import { Impossible } from '../../outbox/failures.ts';
import type { PagerIncidents } from '../contracts.ts';
import type { Helper, PagerPerson, Rung } from '../pager-shapes.ts';
import { at } from './acts.ts';
import { type Client, orGone } from './client.ts';
import { reference } from './pages.ts';
import { Responder, ResponderRequest } from './schema.ts';
import { answerOf, personOf } from './words.ts';

export interface RespondersParts {
  client: Client;
  personByEmail: (email: string) => Promise<PagerPerson | undefined>;
}

/** Asks more people to an incident. https://developer.pagerduty.com/api-reference: Create a responder request for an incident */
export function createResponders({
  client,
  personByEmail,
}: RespondersParts): Pick<PagerIncidents, 'askForHelp' | 'helpers' | 'cancelHelp'> {
  /** Here PagerDuty takes no e-mail for an answer. */
  async function requester(as = client.from): Promise<{ requester_id: string }> {
    const person = await personByEmail(as);
    if (!person) throw new Impossible('unknown_person', `PagerDuty knows nobody with the e-mail ${as}`);
    return { requester_id: person.id };
  }

  return {
    async askForHelp(id, { as, whom, message }) {
      const target = { responder_request_target: targetOf(whom) };
      const body = { ...(await requester(as)), message, responder_request_targets: [target] };
      const answer = await client.call('POST', `${at(id)}/responder_requests`, Asked, { body, as });
      const { responder_request: request } = answer;
      return { people: helpersOf([request], []).map(({ person }) => person), at: request.requested_at };
    },

    async helpers(id) {
      const found = await orGone(client.call('GET', at(id), WithHelpers));
      return found ? helpersOf(found.incident.responder_requests ?? [], found.incident.incidents_responders ?? []) : [];
    },

    async cancelHelp(id, { as, whom }) {
      const body = { ...(await requester(as)), responder_request_targets: [targetOf(whom)] };
      await client.call('PUT', `${at(id)}/responder_requests/cancel`, z.object({}), { body, as });
    },
  };
}

const targetOf = (whom: Rung) =>
  'person' in whom ? reference('user')(whom.person) : reference('escalation_policy')(whom.escalationPolicy);

const Asked = z.object({ responder_request: ResponderRequest });
/** Read for this alone: what cannot be read of it concerns nobody who is paged by an incident of their own. */
const WithHelpers = z.object({
  incident: z.object({
    incidents_responders: z.array(Responder).nullish(),
    responder_requests: z.array(ResponderRequest).nullish(),
  }),
});

/** The requests name whom they rang; what each has answered since is in a list of its own. */
function helpersOf(requests: ResponderRequest[], states: Responder[]): Helper[] {
  const helpers = requests.flatMap(({ requested_at: askedAt, responder_request_targets: targets }) =>
    targets.flatMap(({ responder_request_target: target }) =>
      rungBy(target, states).map((one) => {
        const { state, updated_at: at } = stateOf(one, askedAt, states);
        return { person: personOf(one.user), named: target.id, askedAt, answer: answerOf(state), at: at ?? askedAt };
      }),
    ),
  );
  return helpers.sort((one, other) => one.askedAt.getTime() - other.askedAt.getTime());
}

type Target = ResponderRequest['responder_request_targets'][number]['responder_request_target'];

function rungBy({ id, type, incidents_responders: rung }: Target, states: Responder[]): Responder[] {
  if (rung && rung.length > 0) return rung;
  const theirs = states.filter(({ user }) => user.id === id);
  return theirs.length > 0 || !type.startsWith('user') ? theirs : [{ state: 'pending', user: { id } }];
}

/** Of several requests to the same person, this one's. */
function stateOf(one: Responder, askedAt: Date, states: Responder[]): Responder {
  const theirs = states.filter(({ user }) => user.id === one.user.id);
  return theirs.find(({ requested_at: at }) => at?.getTime() === askedAt.getTime()) ?? one;
}
