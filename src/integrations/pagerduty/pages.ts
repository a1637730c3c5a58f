import * as z from 'zod';
import { Impossible } from '../../outbox/failures.ts';
import type { NewPage, PagerIncident } from '../pager-shapes.ts';
import { type Client, orGone } from './client.ts';
import { Incident } from './schema.ts';
import { incidentOf, shortened } from './words.ts';

export const One = z.object({ incident: Incident });
/** What PagerDuty keeps of a title. */
const longestTitle = 255;

export const reference = (type: string) => (id: string) => ({ id, type: `${type}_reference` });

/** Makes incidents at PagerDuty and finds them again. */
export function createPages(client: Client) {
  async function get(id: string): Promise<Incident | undefined> {
    return (await orGone(client.call('GET', `/incidents/${encodeURIComponent(id)}`, One)))?.incident;
  }

  async function find(key: string): Promise<PagerIncident | undefined> {
    const query = { incident_key: key, date_range: 'all', sort_by: 'created_at:desc' };
    const found = (await client.list('/incidents', 'incidents', Incident, query)).map(incidentOf);
    return found.find(({ status }) => status !== 'resolved') ?? found[0];
  }

  async function page(wanted: NewPage): Promise<PagerIncident> {
    try {
      const body = { incident: created(wanted) };
      return incidentOf((await client.call('POST', '/incidents', One, { body, as: wanted.as })).incident);
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      // PagerDuty refuses a second one with an open key: it is there, by an attempt whose answer was lost.
      const twin = await find(wanted.key);
      if (twin && twin.status !== 'resolved' && twin.service?.id === wanted.service) return twin;
      throw error;
    }
  }

  return { get, find, page };
}

export type Pages = ReturnType<typeof createPages>;

function created({ key, title, details, service, whom, urgency, priority }: NewPage): object {
  return {
    type: 'incident',
    incident_key: key,
    title: shortened(title, longestTitle),
    service: reference('service')(service),
    urgency,
    body: { type: 'incident_body', details },
    ...(priority && { priority: reference('priority')(priority) }),
    ...('person' in whom
      ? { assignments: [{ assignee: reference('user')(whom.person) }] }
      : { escalation_policy: reference('escalation_policy')(whom.escalationPolicy) }),
  };
}
