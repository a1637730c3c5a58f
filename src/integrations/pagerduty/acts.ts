import * as z from 'zod';
import { Impossible } from '../../outbox/failures.ts';
import type { PagerIncidents } from '../contracts.ts';
import { Gone } from '../http.ts';
import type { PagerIncident } from '../pager-shapes.ts';
import type { Client } from './client.ts';
import { assignees, One, type Pages, reference } from './pages.ts';
import { Note, Reference } from './schema.ts';
import { incidentOf } from './words.ts';

type Acts = Omit<PagerIncidents, 'page' | 'find' | 'get' | 'nextLevel' | 'requestResponders'>;

/** What people do to an incident at PagerDuty. */
export function createActs(client: Client, { get }: Pick<Pages, 'get'>): Acts {
  async function now(id: string): Promise<PagerIncident> {
    const incident = await get(id);
    if (!incident) throw new Gone(`PagerDuty knows no incident ${id}`);
    return incidentOf(incident);
  }

  async function change(id: string, changes: object, as: string | undefined): Promise<PagerIncident> {
    const body = { incident: { type: 'incident_reference', ...changes } };
    return incidentOf((await client.call('PUT', at(id), One, { body, as })).incident);
  }

  /** What is so already is done. */
  async function unless(codes: string[], done: () => Promise<PagerIncident>, id: string): Promise<PagerIncident> {
    try {
      return await done();
    } catch (error) {
      if (error instanceof Impossible && codes.includes(error.code)) return now(id);
      throw error;
    }
  }

  return {
    async acknowledge(id, { as }) {
      const incident = await now(id);
      // Acknowledging a resolved one would open it again.
      if (incident.status === 'resolved') return incident;
      const codes = ['already_acknowledged', 'already_resolved'];
      return unless(codes, () => change(id, { status: 'acknowledged' }, as), id);
    },

    resolve: (id, { as, note }) =>
      unless(
        ['already_resolved', 'already_merged'],
        () => change(id, { status: 'resolved', ...(note && { resolution: note }) }, as),
        id,
      ),

    async reopen(id, { as }) {
      const incident = await now(id);
      return incident.status === 'resolved' ? change(id, { status: 'triggered' }, as) : incident;
    },

    escalate: (id, { as, level }) => change(id, { escalation_level: level }, as),

    reassign: (id, { as, ...whom }) =>
      'people' in whom
        ? change(id, { assignments: assignees(whom.people) }, as)
        : change(id, { escalation_policy: reference('escalation_policy')(whom.escalationPolicy) }, as),

    setPriority: (id, { as, priority }) => change(id, { priority: reference('priority')(priority) }, as),

    merge: (id, others, { as }) =>
      unless(
        ['already_merged'],
        async () => {
          const body = { source_incidents: others.map(reference('incident')) };
          await client.call('PUT', `${at(id)}/merge`, z.object({ incident: Reference }), { body, as });
          return now(id);
        },
        id,
      ),

    async note(id, { as, text }) {
      const { notes } = await client.call('GET', `${at(id)}/notes`, z.object({ notes: z.array(Note) }));
      if (notes.some(({ content }) => content === text)) return;
      const body = { note: { content: text } };
      await client.call('POST', `${at(id)}/notes`, z.object({ note: Note }), { body, as });
    },

    async statusUpdate(id, { as, text }) {
      const body = { message: text };
      await client.call('POST', `${at(id)}/status_updates`, z.object({}), { body, as });
    },
  };
}

export const at = (id: string): string => `/incidents/${encodeURIComponent(id)}`;
