import * as z from 'zod';
import { Impossible } from '../../outbox/failures.ts';
import type { PagerIncidents } from '../contracts.ts';
import { Gone } from '../http.ts';
import type { PagerIncident } from '../pager-shapes.ts';
import type { Client } from './client.ts';
import { One, type Pages, reference } from './pages.ts';
import { LogEntry, Note, Reference } from './schema.ts';
import { incidentOf } from './words.ts';

type Acts = Omit<PagerIncidents, 'page' | 'find' | 'get' | 'nextLevel' | 'askForHelp' | 'helpers' | 'cancelHelp'>;

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

  async function hasNote(id: string, text: string): Promise<boolean> {
    const { notes } = await client.call('GET', `${at(id)}/notes`, z.object({ notes: z.array(Note) }));
    return notes.some(({ content }) => content === text);
  }

  return {
    async acknowledge(id, { as }) {
      const incident = await now(id);
      // Acknowledging a resolved one would open it again.
      if (incident.status === 'resolved') return incident;
      const codes = ['already_acknowledged', 'already_resolved'];
      return unless(codes, () => change(id, { status: 'acknowledged' }, as), id);
    },

    resolve: (id, { as }) =>
      unless(['already_resolved', 'already_merged'], () => change(id, { status: 'resolved' }, as), id),

    async reopen(id, { as }) {
      const incident = await now(id);
      return incident.status === 'resolved' ? change(id, { status: 'triggered' }, as) : incident;
    },

    escalate: (id, { as, level }) => change(id, { escalation_level: level }, as),

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

    hasNote,

    async note(id, { as, text }) {
      if (await hasNote(id, text)) return;
      const body = { note: { content: text } };
      await client.call('POST', `${at(id)}/notes`, z.object({ note: Note }), { body, as });
    },

    async statusUpdate(id, { as, text }) {
      const body = { message: text };
      await client.call('POST', `${at(id)}/status_updates`, z.object({}), { body, as });
    },

    async hasStatusUpdate(id, text, since) {
      const query = { since: since.toISOString() };
      const log = await client.list(`${at(id)}/log_entries`, 'log_entries', LogEntry, query);
      return log.some(({ type, message }) => type.startsWith('status_update') && message === text);
    },
  };
}

export const at = (id: string): string => `/incidents/${encodeURIComponent(id)}`;
