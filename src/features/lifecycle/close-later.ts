import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';

const day = 24 * 60 * 60_000;

/**
 * Closes an incident `closeAfterDays` after it was resolved. It looks at how things stand when it runs: one that was reopened and
 * resolved again waits anew, and a policy that was changed meanwhile counts as it is today.
 */
export const closeLater = defineEffect('lifecycle.close', z.object({ incident: z.string() }), {
  async run({ incident: id }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const { closeAfterDays: days } = outside.policy;
    if (incident.status !== 'resolved' || !incident.resolvedAt || days === undefined) return {};
    const due = new Date(incident.resolvedAt.getTime() + days * day);
    if (outside.now() < due) return { next: [{ ...closeLaterOf(incident), runAt: due }] };
    return { report: { type: 'close', note: '' } };
  },
});

export const closeLaterOf = (incident: Incident): Effect => ({
  kind: closeLater.kind,
  key: `close:${incident.id}`,
  incident: incident.id,
  lane: 'cosmetic',
  gate: 'none',
  payload: { incident: incident.id },
});
