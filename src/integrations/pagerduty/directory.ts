import * as z from 'zod';
import type { OnCall } from '../contracts.ts';
import { type Client, orGone } from './client.ts';
import { Reference, Service } from './schema.ts';
import { named, namedIf, personOf } from './words.ts';

/** The people, services, escalation policies, schedules and priorities of the account. */
export function createDirectory(client: Client): Omit<OnCall, 'duty'> {
  const names = async (path: string, part: string) => (await client.list(path, part, Reference)).map(named);
  return {
    async personByEmail(email) {
      const wanted = email.toLowerCase();
      // It looks in names and addresses, for parts of them.
      const found = await client.list('/users', 'users', Reference, { query: email });
      const person = found.find((one) => one.email?.toLowerCase() === wanted);
      return person && personOf(person);
    },
    async person(id) {
      const found = await orGone(client.call('GET', `/users/${encodeURIComponent(id)}`, z.object({ user: Reference })));
      return found && personOf(found.user);
    },
    services: async () =>
      (await client.list('/services', 'services', Service)).map((service) => ({
        ...named(service),
        escalationPolicy: namedIf(service.escalation_policy),
      })),
    escalationPolicies: () => names('/escalation_policies', 'escalation_policies'),
    schedules: () => names('/schedules', 'schedules'),
    // They come in order. An account without them has no such list.
    priorities: async () => (await orGone(names('/priorities', 'priorities'))) ?? [],
  };
}
