import type { Policy } from '../policy.ts';
import { type Decision, nothing, one } from './decision.ts';
import { reopen, resolve } from './endings.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOver } from './lifecycle.ts';
import { isAccepted, isOpenPage, isRungAnew, isSameTaker, isUnheard, type Page } from './page.ts';
import type {
  PageWay,
  ReportPageNote,
  ReportPageShown,
  ReportPageState,
  ReportPageTaker,
  ReportPageWay,
} from './page-commands.ts';
import { asked, pageOf } from './paging.ts';

/** What came of one way. Nothing is taken back: what was accepted stays accepted, whatever is heard of it later. */
export function pageWay(incident: Incident, report: ReportPageWay, policy: Policy): Decision {
  const page = pageOf(incident, report.page);
  const tried = page?.ways.find(({ way }) => way === report.way);
  if (!page || !tried) return nothing;
  const { way, outcome, why = '', outside, assigned, asked: help } = report;
  if (outcome === 'accepted') {
    if (tried.outcome === 'accepted') return outside ? linked(page, outside) : nothing;
    return one({
      type: 'pageAccepted',
      number: page.number,
      way,
      ...(outside && { outside }),
      // What it went on to since then is news of its own.
      ...(assigned && page.assigned.length === 0 && { assigned }),
      ...(help && { asked: help }),
    });
  }
  if (tried.outcome === 'accepted' || tried.outcome === 'failed' || tried.outcome === outcome) return nothing;
  const next =
    page.state === 'ringing' && !isAccepted(page) && tried.outcome === 'waiting' ? after(page, policy) : undefined;
  const late = outcome === 'late';
  if (late && page.state !== 'ringing') return nothing;
  // Said once: a way that was late and then says no changes nothing for those who were told.
  const others = page.ways.filter((other) => other.way !== way);
  const lost = page.state === 'ringing' && !next && tried.outcome === 'waiting' && isUnheard({ ...page, ways: others });
  return one({
    type: 'pageFailed',
    number: page.number,
    way,
    why,
    ...(late && { late }),
    ...(next && { next }),
    ...(lost && { lost }),
  });
}

/** The next way that was not tried; the first of them for a page that has tried none. */
function after({ ways }: Page, { paging }: Policy): PageWay | undefined {
  return paging.secondWays.find((next) => !ways.some(({ way }) => way === next));
}

const linked = (page: Page, outside: NonNullable<Page['outside']>): Decision =>
  page.outside ? nothing : one({ type: 'pageLinked', number: page.number, outside });

/** What happened at the pager. An older report never undoes a newer one, and a repeat is nothing. */
export function pageState(incident: Incident, report: ReportPageState, now: Date, policy: Policy): Decision {
  const page = pageOf(incident, report.page);
  if (!page) return nothing;
  const { number } = page;
  const link: IncidentEvent[] =
    report.outside && !page.outside
      ? [{ type: 'pageLinked', number, outside: report.outside, ...rungBy(page, report) }]
      : [];
  if (report.what === 'triggered') return { events: link };
  if (report.what === 'declined') return { events: declined(page, report) };
  if (isOld(page, report)) return { events: [...link, ...lateNews(page, report)] };
  const news = newsOf(page, report);
  if (news.already) return { events: [...link, news] };
  const rest = followed(incident, report, now, policy);
  return { events: [...link, news, ...helpOver(incident, news, policy, rest), ...rest] };
}

/** Said once by each, and nothing where it is over already. */
function declined({ number, state, decliners = [] }: Page, { by = {}, at }: ReportPageState): PageNews[] {
  const isKnown = decliners.some((decliner) => decliner.at >= at && isSameTaker(decliner, by));
  if (state === 'resolved' || isKnown) return [];
  return [{ type: 'pageDeclined', number, by, when: at, where: 'pagerduty' }];
}

/**
 * With a page end the requests to help with it. Whoever has not answered is needed all the same while the incident goes on, and is paged
 * by themselves; what has not left yet becomes such a page when it does.
 */
function helpOver(
  incident: Incident,
  { type, number: host, when, where }: PageNews,
  policy: Policy,
  rest: IncidentEvent[],
): IncidentEvent[] {
  if (type !== 'pageResolved') return [];
  const helping = incident.pages.filter((page) => page.host === host && page.asked && isOpenPage(page));
  const goesOn = !isOver(incident) && !rest.some((event) => event.type === 'resolved');
  const unanswered = goesOn ? helping.filter(({ state }) => state === 'ringing') : [];
  return [
    ...helping.map(({ number }) => ({ type, number, when, where })),
    ...unanswered.flatMap(({ target, why }, index) =>
      asked(incident, [target], 'asked', policy, why).map((event) => ({ ...event, number: event.number + index })),
    ),
  ];
}

/** Whom it rings at first; where it went on to is news of its own. */
const rungBy = (page: Page, { what, assigned }: ReportPageState) =>
  what === 'triggered' && assigned.length > 0 && page.changedAt === undefined ? { assigned } : {};

/** Which of two things wins that the pager says happened at one moment. */
const ranks = { ringing: 0, declined: 0, acknowledged: 1, resolved: 2 } as const;

/** What tells where and when it was. */
type PageNews = Extract<IncidentEvent, { where: 'slack' | 'pagerduty' }>;
type News = Exclude<ReportPageState['what'], 'triggered' | 'declined'>;

const stateAfter = (what: News): Page['state'] => (what === 'acknowledged' || what === 'resolved' ? what : 'ringing');

/** Ended from here, it goes on ringing until the pager hears of it; what is over there only a reopening brings back. */
const isBeforeEnd = (ended: Date, { what, at }: Pick<ReportPageState, 'what' | 'at'>): boolean =>
  what === 'reopened' ? at <= ended : what !== 'resolved';

const isOnItsWay = ({ ways }: Page): boolean =>
  ways.some(({ way, outcome }) => way === 'pagerduty' && (outcome === 'waiting' || outcome === 'late'));

function isOld(page: Page, { what, at, by }: ReportPageState): boolean {
  const isOut = by && page.decliners?.some((decliner) => decliner.at >= at && isSameTaker(decliner, by));
  if (what === 'acknowledged' && isOut) return true;
  if (page.state === 'resolved' && page.endedAt && isBeforeEnd(page.endedAt, { what, at })) return true;
  // It was over there until the pager hears that it is rung anew.
  if (what === 'resolved' && isRungAnew(page) && isOnItsWay(page)) return true;
  // Each of those who were asked answers for themselves.
  if (page.asked && what === 'acknowledged') return false;
  if (!page.changedAt || at > page.changedAt) return false;
  if (at < page.changedAt) return true;
  return ranks[stateAfter(what as News)] <= ranks[page.state];
}

/** How it stands is left; who took it and when is kept, since how long people took to answer is counted from it. */
function lateNews({ number, takers, earlier = [] }: Page, { what, at, by = {}, echo }: ReportPageState): PageNews[] {
  if (what !== 'acknowledged' || echo) return [];
  const isKnown = [...takers, ...earlier].some((taker) => taker.at <= at && isSameTaker(taker, by));
  return isKnown ? [] : [{ type: 'pageAcknowledged', number, by, when: at, where: 'pagerduty', late: true }];
}

/** `already`: it stood so before, as when our own doing comes back; it is kept for its time. */
function newsOf(page: Page, { what, at, by, echo, assigned, level }: ReportPageState): PageNews {
  const already = page.state === stateAfter(what as News) && { already: true };
  const rest = { number: page.number, when: at, where: 'pagerduty', ...(by && { by }) } as const;
  switch (what as News) {
    case 'acknowledged': {
      const isKnown = echo || page.takers.some((taker) => isSameTaker(taker, by));
      return { type: 'pageAcknowledged', ...rest, by: by ?? {}, ...(isKnown && already) } as const;
    }
    case 'unacknowledged':
      return { type: 'pageUnacknowledged', ...rest, ...already } as const;
    case 'escalated':
      return { type: 'pageEscalated', ...rest, assigned, ...(level !== undefined && { level }) } as const;
    case 'reassigned':
      return { type: 'pageReassigned', ...rest, assigned } as const;
    case 'resolved':
      return { type: 'pageResolved', ...rest, ...already } as const;
    case 'reopened':
      return { type: 'pageReopened', ...rest, ...already } as const;
  }
}

/** Where the policy lets the pager lead: the last page that is resolved there resolves the incident, one reopened reopens it. */
function followed(incident: Incident, { what, page }: ReportPageState, now: Date, policy: Policy): IncidentEvent[] {
  const { inward } = policy.paging.follow;
  if (what === 'resolved' && inward.includes('resolve') && !isOver(incident)) {
    const othersOpen = incident.pages.some((one) => one.number !== page && one.host !== page && isOpenPage(one));
    return othersOpen ? [] : eventsOf(resolve(incident, resolvedThere(incident), now, policy));
  }
  if (what === 'reopened' && inward.includes('reopen') && incident.status === 'resolved')
    return eventsOf(reopen(incident, { type: 'reopen', reason: 'Reopened in PagerDuty' }, now, policy));
  return [];
}

const resolvedThere = ({ impact }: Incident) => ({ type: 'resolve', impact, note: 'Resolved in PagerDuty' }) as const;

const eventsOf = (decision: Decision): IncidentEvent[] => ('events' in decision ? decision.events : []);

export function pageNote(incident: Incident, { page: number, text, by }: ReportPageNote): Decision {
  if (!pageOf(incident, number)) return nothing;
  return one({ type: 'pageAnnotated', number, text, ...(by && { by }) });
}

/** In a channel that takes the place of another one it is shown anew. */
export function pageShown(incident: Incident, { page: number, at }: ReportPageShown): Decision {
  const page = pageOf(incident, number);
  return page && page.card?.channel !== at.channel ? one({ type: 'pageShown', number, at }) : nothing;
}

/** Once somebody is known by both names, they are one. */
export function pageTaker(incident: Incident, { page: number, account, person }: ReportPageTaker): Decision {
  const taker = pageOf(incident, number)?.takers.find((one) => one.account === account);
  return taker && !taker.person ? one({ type: 'pageTakerKnown', number, account, person }) : nothing;
}
