import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOpenPage, isRequest, type Page } from '../../incident/page.ts';
import { Gone } from '../../integrations/http.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import type { Outside } from '../../slack/outside.ts';
import { nameFor } from './accounts.ts';
import { cancelHelp } from './ask-for-help.ts';
import { whenRefused } from './refused.ts';
import { pageBy } from './send-page.ts';
import { idOf, pageIn, pagerOf } from './where.ts';

const acts = ['acknowledge', 'escalate', 'resolve', 'reopen', 'rank'] as const;
export type Act = (typeof acts)[number];

const Payload = z.object({
  incident: z.string(),
  page: z.number(),
  what: z.enum(acts),
  by: z.string(),
  /** When it was done here. */
  at: z.coerce.date().optional(),
  /** To which level: fixed before it is asked for, so that a repeat goes no further. */
  level: z.number().optional(),
});
type Payload = z.infer<typeof Payload>;

/** Does at PagerDuty what somebody did here, in their name where they have an account. What is so already stays so. */
export const actOnPage = defineEffect('paging.act', Payload, {
  purpose: 'do in PagerDuty what was done here',
  async run(payload, outside: Outside): Promise<Done> {
    const found = await pageIn(outside, payload);
    if (!found) return {};
    try {
      return await does[payload.what](found, payload, outside);
    } catch (error) {
      // Somebody deleted it there: nobody is rung by it any more.
      if (error instanceof Gone) return {};
      return whenRefused(error, act(found.incident, payload), outside);
    }
  },
});

type Found = { incident: Incident; page: Page };

const does: Record<Act, (found: Found, payload: Payload, outside: Outside) => Promise<Done>> = {
  async acknowledge({ incident, page }, { by, at }, outside) {
    const wentOn = at && page.rungAt && page.rungAt >= at;
    if (page.state === 'resolved' || wentOn) return {};
    if (isRequest(page)) {
      await cancelHelp(incident, page, by, outside);
      return {};
    }
    const pager = pagerOf(outside);
    const id = await idOf(page, outside);
    if (id) await pager.incidents?.acknowledge(id, await nameFor(by, outside));
    else for (const key of alertsOf(page)) await pager.acknowledgeAlert(key);
    // PagerDuty went on to the next by itself before it heard of it; whoever took it has it all the same.
    return page.state === 'ringing' ? { report: { type: 'takePage', page: page.number, person: by } } : {};
  },

  async escalate({ incident, page }, payload, outside) {
    const { incidents } = pagerOf(outside);
    const id = await idOf(page, outside);
    if (!incidents || !id || page.state === 'resolved') return {};
    if (payload.level !== undefined) {
      await incidents.escalate(id, { level: payload.level, ...(await nameFor(payload.by, outside)) });
      return {};
    }
    const level = await incidents.nextLevel(id);
    if (level !== undefined) return { next: [act(incident, { ...payload, level })] };
    const text = 'Nobody comes after them in the escalation policy. Page someone else.';
    return { report: { type: 'reportPageNote', page: page.number, text, by: { name: 'Tocsin' } } };
  },

  async resolve(found, { by }, outside) {
    const { page } = found;
    // A request to help ends with the page it is to.
    if (page.state !== 'resolved' || isRequest(page)) return {};
    const pager = pagerOf(outside);
    const id = pager.incidents && (await idOf(page, outside));
    if (id && (await isMerged(found, id, by, outside))) return {};
    for (const key of alertsOf(page)) await pager.resolveAlert(key);
    if (id) await pager.incidents?.resolve(id, await nameFor(by, outside));
    return {};
  },

  /** What its severity is called there. An account without priorities has no name for it. */
  async rank({ incident, page }, { by }, outside) {
    const { follow, severities } = outside.policy.paging;
    const { priority } = severities[incident.severity];
    const { incidents } = pagerOf(outside);
    if (!incidents || !priority || !follow.outward.includes('severity') || page.state === 'resolved' || isRequest(page))
      return {};
    const id = await idOf(page, outside);
    if (id) await incidents.setPriority(id, { priority, ...(await nameFor(by, outside)) });
    return {};
  },

  async reopen({ incident, page }, { by }, outside) {
    if (page.state !== 'ringing') return {};
    const { incidents } = pagerOf(outside);
    const { number } = page;
    const way = 'pagerduty';
    const id = await idOf(page, outside);
    // The same key, once it was resolved, opens a new alert.
    if (!incidents || !id) return { next: [pageBy(incident, number, way)] };
    try {
      const { assigned } = await incidents.reopen(id, await nameFor(by, outside));
      const names = assigned.map(({ name }) => name);
      return { report: { type: 'reportPageWay', page: number, way, outcome: 'accepted', assigned: names } };
    } catch (error) {
      // Nobody is on call there any more, or it was deleted: another way wakes people.
      if (!(error instanceof Impossible)) throw error;
      return { report: { type: 'reportPageWay', page: number, way, outcome: 'failed', why: error.message } };
    }
  },
};

/** True when PagerDuty took it in. What it does not take in, such as a page to a chosen person, is to be resolved by itself. */
async function isMerged({ incident }: Found, id: string, by: string, outside: Outside): Promise<boolean> {
  const { incidents } = pagerOf(outside);
  const target = incident.mergedInto && (await mergeTarget(incident.mergedInto.id, outside));
  if (!incidents || !target || target === id) return false;
  try {
    await incidents.merge(target, [id], await nameFor(by, outside));
    return true;
  } catch (error) {
    if (error instanceof Impossible) return false;
    throw error;
  }
}

/** What the incident that took this one in is paged by. */
async function mergeTarget(id: string, outside: Outside): Promise<string | undefined> {
  const target = await outside.store.read((tx) => tx.incidents.load(id));
  const open = target?.pages.filter((page) => isOpenPage(page) && !isRequest(page)) ?? [];
  const page = open.find(({ outside: known }) => known) ?? open[0];
  return page && idOf(page, outside);
}

/** By which alerts it may be ringing. */
function alertsOf({
  key: dedupKey,
  target,
  ways,
  cause,
  bySecondKey,
}: Page): { routingKey: string; dedupKey: string }[] {
  // What rang before there was an incident has the key of whatever rang it.
  if (cause === 'begun') return [];
  const second = bySecondKey || ways.some(({ way }) => way === 'second-key');
  return [...(target.routingKey ? [target.routingKey] : []), ...(second ? ['second'] : [])].map((routingKey) => ({
    routingKey,
    dedupKey,
  }));
}

/** After whatever is under way for the same page: what is not there yet can be neither taken nor ended. */
const act = (incident: Incident, payload: Payload): Effect => ({
  kind: actOnPage.kind,
  key: `page-${payload.what}-${payload.page}${payload.level === undefined ? '' : `-${payload.level}`}:${incident.id}`,
  incident: incident.id,
  lane: 'page',
  gate: 'pagerduty.rest',
  orderKey: `page-${payload.page}:${incident.id}`,
  payload,
});

export const actOn = (incident: Incident, page: number, what: Act, by: string, at?: Date): Effect =>
  act(incident, { incident: incident.id, page, what, by, ...(at && { at }) });
