import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { noteIn } from '../channel/note.ts';
import { goesOnMessage } from './messages.ts';

/**
 * Begins the postmortem of an incident that is resolved. There is nothing to store: a draft is its template, filled in whenever
 * somebody reads it. One that was begun before the incident came back goes on.
 */
export const draft = defineEffect('postmortem.draft', z.object({ incident: z.string() }), {
  purpose: 'draft the postmortem',
  async run({ incident: id }, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, id);
    if (incident.status !== 'resolved' && incident.status !== 'closed') return {};
    if (incident.postmortem) return { next: [noteIn(incident, 'postmortem-goes-on', goesOnMessage(incident))] };
    return { report: { type: 'reportPostmortemDrafted' } };
  },
});

export const draftOf = (incident: Incident): Effect => ({
  kind: draft.kind,
  key: `postmortem-draft:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: 'none',
  payload: { incident: incident.id },
});
