import * as z from 'zod';
import type { EventOf } from '../../incident/events.ts';
import type { Incident } from '../../incident/incident.ts';
import { isAtPager, isOpenPage, isRequest, type Page } from '../../incident/page.ts';
import type { PagerIncidents } from '../../integrations/contracts.ts';
import { Gone } from '../../integrations/http.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { NotApplied } from '../../outbox/failures.ts';
import type { Outside } from '../../slack/outside.ts';
import { nameFor } from './accounts.ts';
import { whenRefused } from './refused.ts';
import { idOf, linksTo, pageIn, pagerOf } from './where.ts';

const Payload = z.object({
  incident: z.string(),
  page: z.number(),
  /** An update goes to those who subscribed there; a note stays with the incident there. */
  what: z.enum(['update', 'note']),
  /** As the record numbers it: what was said before is other work. */
  number: z.number(),
  text: z.string(),
  by: z.string(),
});
type Payload = z.infer<typeof Payload>;

/** PagerDuty's clock may be so much behind ours. Milliseconds. */
const clocksDiffer = 60_000;

/** Says in PagerDuty what was said here, in the name of whoever said it. */
export const sayThere = defineEffect('paging.say', Payload, {
  purpose: 'say in PagerDuty what was said here',
  async run(payload, outside: Outside): Promise<Done> {
    const there = await listening(payload, outside);
    if (!there) return {};
    const { incidents, id, text } = there;
    try {
      const words = { text, ...(await nameFor(payload.by, outside)) };
      await (payload.what === 'note' ? incidents.note(id, words) : incidents.statusUpdate(id, words));
      return {};
    } catch (error) {
      if (error instanceof Gone) return {};
      return whenRefused(error, saying(payload), outside);
    }
  },
  // Each repeat would be an e-mail more to whoever subscribed.
  async find(payload, outside: Outside, { firstSentAt }): Promise<Done | undefined> {
    const there = await listening(payload, outside);
    if (!there) return {};
    const { incidents, id, text } = there;
    const since = new Date((firstSentAt ?? outside.now()).getTime() - clocksDiffer);
    const isThere =
      payload.what === 'note' ? await incidents.hasNote(id, text) : await incidents.hasStatusUpdate(id, text, since);
    return isThere ? {} : undefined;
  },
});

/** Where to say it, and in which words; undefined: nobody is to hear it there. */
async function listening(
  payload: Payload,
  outside: Outside,
): Promise<{ incidents: PagerIncidents; id: string; text: string } | undefined> {
  const found = await pageIn(outside, payload);
  const { incidents } = pagerOf(outside);
  if (!found || !incidents) return undefined;
  const text = wordsFor(payload, found.incident, outside);
  const id = text && (await idOf(found.page, outside));
  if (text && !id && mayCome(found.page)) throw new NotApplied('PagerDuty does not have the page yet');
  return text && id ? { incidents, id, text } : undefined;
}

const mayCome = ({ state, ways }: Page): boolean =>
  state !== 'resolved' && ways.some(({ way, outcome }) => way === 'pagerduty' && outcome !== 'failed');

/** As the incident is now: it may have become private. */
function wordsFor({ what, text }: Payload, incident: Incident, outside: Outside): string | undefined {
  if (what === 'update') {
    const goesOut = outside.policy.paging.follow.outward.includes('updates') && !incident.isPrivate;
    return goesOut ? text : undefined;
  }
  const { channel, page } = linksTo(incident, outside);
  return [endOf(incident), ...(incident.isPrivate ? [] : [text]), channel ?? page].filter(Boolean).join('\n');
}

const endOf = ({ number, isPrivate }: Incident): string =>
  `${isPrivate ? 'Private incident' : 'Incident'} #${number} was resolved in Slack.`;

/** Ours comes back like anybody's. */
export const isOurNote = (text: string, incident: Incident): boolean => text.startsWith(endOf(incident));

/** What was posted for stakeholders, on each page that is open. */
export const updateThere = ({ number, text }: EventOf<'updatePosted'>, incident: Incident, by: string): Effect[] =>
  incident.isPrivate
    ? []
    : eachOnce(incident.pages.filter(isOpenPage)).map((page) =>
        saying({ incident: incident.id, page: page.number, what: 'update', number, text, by }),
      );

/** Where the pages ended with it: whoever reads there only sees what it was, and where to read on. */
export function noteThere({ note: text }: EventOf<'resolved'>, incident: Incident, by: string): Effect[] {
  const endedNow = ({ endedAt }: Page) => endedAt !== undefined && endedAt.getTime() === incident.resolvedAt?.getTime();
  return eachOnce(incident.pages.filter(endedNow)).map((page) =>
    saying({ incident: incident.id, page: page.number, what: 'note', number: incident.version, text, by }),
  );
}

/** PagerDuty may keep several pages as one incident. */
const eachOnce = (pages: Page[]): Page[] => [
  ...new Map(
    pages.filter((page) => isAtPager(page) && !isRequest(page)).map((page) => [page.outside?.id ?? page.key, page]),
  ).values(),
];

/** What is said of one page comes in the order in which it was said; nobody who takes the page waits for it. */
const saying = (payload: Payload): Effect => ({
  kind: sayThere.kind,
  key: `page-${payload.what}-${payload.page}-${payload.number}:${payload.incident}`,
  incident: payload.incident,
  lane: 'channel',
  gate: 'pagerduty.rest',
  orderKey: `page-said-${payload.page}:${payload.incident}`,
  payload,
});
