import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import type { Outside } from '../../slack/outside.ts';
import { personOf } from './accounts.ts';

const Payload = z.object({ incident: z.string(), page: z.number(), account: z.string(), name: z.string() });

/** Finds out who took a page, where that could not be told at once: PagerDuty or Slack may have been slow. */
export const recognise = defineEffect('paging.recognise', Payload, {
  async run({ page, account, name }, outside: Outside): Promise<Done> {
    const person = await personOf({ id: account, name }, outside);
    return person ? { report: { type: 'reportPageTaker', page, account, person } } : {};
  },
});

export const recogniseOf = (incident: Incident, page: number, account: string, name = account): Effect => ({
  kind: recognise.kind,
  key: `page-taker-${page}-${account}:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: 'pagerduty.rest',
  payload: { incident: incident.id, page, account, name },
});
