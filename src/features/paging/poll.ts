import * as z from 'zod';
import type { Command } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOpenPage, type Page } from '../../incident/page.ts';
import type { PagerIncident } from '../../integrations/pager-shapes.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import type { Outside } from '../../slack/outside.ts';
import { personOf } from './accounts.ts';
import { newAnswer } from './ask-for-help.ts';
import { whenRefused } from './refused.ts';
import { pageIn, pagerOf } from './where.ts';

const Payload = z.object({ incident: z.string(), page: z.number() });

/** Webhooks bring news within a second or two; this is for when they do not come. Milliseconds. */
const whileRinging = 60_000;
const onceTaken = 5 * 60_000;

/** Looks at PagerDuty how a page stands, until it is over. */
export const lookAtPage = defineEffect('paging.look', Payload, {
  async run(payload, outside: Outside): Promise<Done> {
    const found = await pageIn(outside, payload);
    const { incidents } = pagerOf(outside);
    if (!found || !incidents || !isOpenPage(found.page)) return {};
    const { incident, page } = found;
    const wait = page.state === 'ringing' ? whileRinging : onceTaken;
    const again = { ...lookFor(incident, page.number), runAt: new Date(outside.now().getTime() + wait) };
    try {
      if (page.asked) {
        const report = await newAnswer(incident, page, outside);
        return { next: [again], ...(report && { report }) };
      }
      const there = await (page.outside ? incidents.get(page.outside.id) : incidents.find(page.key));
      const report = there && (await differs(page, there, outside));
      return { next: [again], ...(report && { report }) };
    } catch (error) {
      return whenRefused(error, again, outside);
    }
  },
});

/** The first look shows under which id PagerDuty has it, and whom it rings. */
export const lookFor = (incident: Incident, page: number): Effect => ({
  kind: lookAtPage.kind,
  key: `page-look-${page}:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: 'pagerduty.rest',
  payload: { incident: incident.id, page },
});

async function differs(page: Page, there: PagerIncident, outside: Outside): Promise<Command | undefined> {
  const what = whatIsNew(page, there);
  if (!what) return undefined;
  const who = what === 'acknowledged' ? there.acknowledged[0]?.person : undefined;
  const account = who ?? (what === 'resolved' ? there.resolvedBy : undefined);
  const person = account && (await personOf(account, outside));
  return {
    type: 'reportPageState',
    page: page.number,
    what,
    at: there.changedAt,
    echo: false,
    assigned: there.assigned.map(({ name }) => name),
    outside: { id: there.id, url: there.url },
    ...(account && { by: { account: account.id, name: account.name, ...(person && { person }) } }),
  };
}

function whatIsNew(page: Page, { status }: PagerIncident): (Command & { type: 'reportPageState' })['what'] | undefined {
  if (status === 'resolved') return 'resolved';
  if (status === 'acknowledged' && page.state === 'ringing') return 'acknowledged';
  // Taken here, it may not have been told to PagerDuty yet.
  const takenThere = page.takers.every(({ account }) => account !== undefined);
  if (status === 'ringing' && page.state === 'acknowledged' && takenThere) return 'unacknowledged';
  return page.outside ? undefined : 'triggered';
}
