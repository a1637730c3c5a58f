import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isRequest, type Page } from '../../incident/page.ts';
import { type PageWay, pageWays, type ReportPageWay } from '../../incident/page-commands.ts';
import { RefusedToken } from '../../integrations/http.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import type { Outside } from '../../slack/outside.ts';
import { nameFor, reachedBy } from './accounts.ts';
import { detailsOf, linksOf, messageOf, summaryOf } from './alert.ts';
import { askedBefore, askForHelp } from './ask-for-help.ts';
import { whenMisdirected } from './misdirected.ts';
import { whenRefused } from './refused.ts';
import { linksTo, pageIn, pagerOf } from './where.ts';

const Payload = z.object({ incident: z.string(), page: z.number(), way: z.enum(pageWays) });

/**
 * Wakes somebody by one way. Doing it twice wakes nobody twice: PagerDuty folds alerts by their dedup key and refuses a second incident
 * with a key that is open; a mail and a webhook carry the key for whoever receives them.
 */
export const sendPage = defineEffect('paging.send', Payload, {
  purpose: 'page somebody',
  async run(payload, outside: Outside, { firstSentAt }): Promise<Done> {
    const found = await pageIn(outside, payload);
    const { way, page: number } = payload;
    if (!found) return {};
    // Somebody has taken it, or it is over: to ring now would wake people for nothing.
    if (found.page.state !== 'ringing') return firstSentAt ? whatCame(way, found, outside) : {};
    try {
      const kept = await send(way, found, outside, { sentBefore: firstSentAt !== undefined });
      return { report: { type: 'reportPageWay', page: number, way, outcome: 'accepted', ...kept } };
    } catch (error) {
      return failed(error, payload, found, outside);
    }
  },
});

type Found = { incident: Incident; page: Page };

/** It may have rung although no answer came: that belongs in the record. Without a token PagerDuty tells nobody. */
async function whatCame(way: PageWay, { incident, page }: Found, outside: Outside): Promise<Done> {
  if (way !== 'pagerduty') return {};
  const asked = await askedBefore(incident, page, outside);
  const there = asked ? undefined : await pagerOf(outside).incidents?.find(page.key);
  const kept = asked ? { asked } : there && { outside: { id: there.id, url: there.url } };
  return kept ? { report: { type: 'reportPageWay', page: page.number, way, outcome: 'accepted', ...kept } } : {};
}

/** What will not work by trying again is said at once, so that the next way is taken; the rest is the outbox's. */
function failed(error: unknown, payload: z.infer<typeof Payload>, { incident, page }: Found, outside: Outside): Done {
  if (!(error instanceof RefusedToken) && !(error instanceof Impossible)) throw error;
  const report = {
    type: 'reportPageWay',
    page: payload.page,
    way: payload.way,
    outcome: 'failed',
    why: error.message,
  } as const;
  // The token is PagerDuty's; whoever refuses a mail is not helped by another try.
  const isPagers = payload.way === 'pagerduty' || payload.way === 'second-key';
  if (!isPagers) return { report };
  if (error instanceof Impossible) return { report, next: whenMisdirected(error, payload.way, page, outside) };
  return { report, ...whenRefused(error, pageBy(incident, payload.page, payload.way), outside) };
}

/** What the pager keeps of it: an incident, or a request to help with another. */
type Kept = Pick<ReportPageWay, 'outside' | 'assigned' | 'asked'>;

async function send(
  way: PageWay,
  { incident, page }: Found,
  outside: Outside,
  attempt: { sentBefore: boolean },
): Promise<Kept> {
  if (way === 'mail' || way === 'webhook') {
    const second = outside.paging?.[way];
    if (!second) throw new Impossible('not_set_up', `${way} is not set up any more`);
    await second.send(messageOf(incident, page, outside.policy, linksTo(incident, outside)));
    return {};
  }
  if (way === 'second-key') return alert('second', incident, page, outside);
  const asked = isRequest(page) && (await askForHelp(incident, page, outside, attempt));
  if (asked) return { asked };
  const chosen = page.cause === 'asked' || !page.target.routingKey;
  const incidents = chosen ? pagerOf(outside).incidents : undefined;
  if (incidents && page.target.service) {
    const whom = await reachedBy(page, outside);
    if (whom) {
      const { id, url, assigned } = await incidents.page({
        key: page.key,
        title: summaryOf(incident, page, outside.policy),
        details: bodyOf(incident, page, outside),
        service: page.target.service,
        whom,
        ...urgencyOf(incident, outside),
        ...(await nameFor(page.by, outside)),
      });
      return { outside: { id, url }, assigned: assigned.map(({ name }) => name) };
    }
  }
  if (page.target.routingKey) return alert(page.target.routingKey, incident, page, outside);
  throw new Impossible('unreachable', whyUnreachable(page));
}

const whyUnreachable = ({ target }: Page): string =>
  target.kind === 'person'
    ? 'this person has no PagerDuty account that I can find'
    : 'nothing in PagerDuty leads to this target';

async function alert(routingKey: string, incident: Incident, page: Page, outside: Outside): Promise<Kept> {
  const { policy, publicUrl } = outside;
  await pagerOf(outside).trigger({
    routingKey,
    dedupKey: page.key,
    summary: summaryOf(incident, page, policy),
    severity: policy.paging.severities[incident.severity].severity,
    source: publicUrl ? new URL(publicUrl).hostname : 'tocsin',
    at: page.at,
    links: linksOf(linksTo(incident, outside)),
    details: detailsOf(incident, page, policy),
  });
  return {};
}

const urgencyOf = ({ severity, isPrivate }: Incident, { policy }: Outside) => {
  const { urgency, priority } = policy.paging.severities[severity];
  return { urgency, ...(priority && !isPrivate && { priority }) };
};

function bodyOf(incident: Incident, page: Page, outside: Outside): string {
  const details = Object.entries(detailsOf(incident, page, outside.policy)).map(([name, value]) => `${name}: ${value}`);
  return [...details, ...linksOf(linksTo(incident, outside)).map(({ href }) => href)].join('\n');
}

/** In a lane of its own: nothing that Slack is to be told comes before it, and a storm there holds nothing back here. */
export function pageBy(incident: Incident, page: number, way: PageWay): Effect {
  return {
    kind: sendPage.kind,
    key: `page-${way}-${page}:${incident.id}`,
    incident: incident.id,
    lane: 'page',
    gate: gateOf(incident, page, way),
    // What people do about it comes after it. Another way waits for nothing.
    ...(way === 'pagerduty' && { orderKey: `page-${page}:${incident.id}` }),
    payload: { incident: incident.id, page, way },
  };
}

/** As the client names them: PagerDuty counts alerts by routing key, and the rest by token. */
function gateOf({ pages }: Incident, number: number, way: PageWay): string {
  if (way === 'second-key') return 'pagerduty.events:second';
  if (way !== 'pagerduty') return `paging.${way}`;
  const page = pages.find((one) => one.number === number);
  const routingKey = page?.cause === 'severity' && page.target.routingKey;
  return routingKey ? `pagerduty.events:${routingKey}` : 'pagerduty.rest';
}
