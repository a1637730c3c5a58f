import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type PageWay, pageWays } from '../../incident/page-commands.ts';
import { pageOf, untakenDue } from '../../incident/paging.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import type { Outside } from '../../slack/outside.ts';
import { pageIn } from './where.ts';

const Watched = z.object({ incident: z.string(), page: z.number(), way: z.enum(pageWays) });

/** The clock of one way: what is not accepted by then is told, and the next way is taken. The first one goes on trying. */
export const watchWay = defineEffect('paging.watch', Watched, {
  async run({ incident: id, page, way }, outside: Outside) {
    const found = await pageIn(outside, { incident: id, page });
    const tried = found?.page.ways.find((one) => one.way === way);
    if (!found || tried?.outcome !== 'waiting') return {};
    const { secondWayAfter } = outside.policy.paging;
    const due = new Date(tried.since.getTime() + secondWayAfter * 1_000);
    if (due > outside.now()) return { next: [{ ...watchFor(found.incident, page, way), runAt: due }] };
    return {
      report: { type: 'reportPageWay', page, way, outcome: 'late', why: `not accepted within ${secondWayAfter} s` },
    };
  },
});

export const watchFor = (incident: Incident, page: number, way: PageWay): Effect => ({
  kind: watchWay.kind,
  key: `page-watch-${way}-${page}:${incident.id}`,
  incident: incident.id,
  lane: 'page',
  gate: 'none',
  payload: { incident: incident.id, page, way },
});

const Untaken = z.object({ incident: z.string(), page: z.number() });

/** The clock of a page that rings: one row that waits until nobody has taken it for too long. What is due the incident decides. */
export const strikePage = defineEffect('paging.strike', Untaken, {
  async run({ incident: id, page: number }, outside: Outside) {
    const found = await pageIn(outside, { incident: id, page: number });
    const due = found && untakenDue(found.page, outside.policy);
    if (!due) return {};
    if (due > outside.now()) return { next: strikeFor(found.incident, number, due) };
    return { report: { type: 'checkPage', page: number } };
  },
});

/** Written again when it rings anew: the plan moves. */
export function strikeFor(incident: Incident, number: number, at?: Date): Effect[] {
  const page = pageOf(incident, number);
  if (page?.state !== 'ringing' || page.untakenAt) return [];
  return [
    {
      kind: strikePage.kind,
      key: `page-untaken-${number}:${incident.id}`,
      incident: incident.id,
      lane: 'page',
      gate: 'none',
      payload: { incident: incident.id, page: number },
      ...(at && { runAt: at }),
    },
  ];
}
