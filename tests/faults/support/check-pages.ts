import type { PagerIncident } from '../../../sandbox/pagerduty/wire.ts';
import { incidentOfKey, type Page, whomOf } from '../../../src/incident/page.ts';
import type { Kept } from './kept.ts';
import type { Ledger, Taken } from './ledger.ts';

/** Whom the policy of these nights demands, said here once more and not asked of the bot. No incident of theirs names a service. */
const demands: Record<string, string[]> = {
  sev1: ['checkout', 'commanders'],
  sev2: ['checkout', 'commanders'],
  sev3: ['checkout'],
  sev4: [],
};

/** What PagerDuty has of an incident's pages against what the store says of them. */
export function problemsOfPages({ incident, record }: Kept, there: PagerIncident[], { taken }: Ledger): string[] {
  const name = `#${incident.number}`;
  const severities = record.flatMap(({ event }) => [event.type === 'declared' && event.severity, event.to].map(String));
  const paged = incident.pages.map(({ target }) => whomOf(target));
  const missing = [...new Set(severities.flatMap((one) => demands[one] ?? []))].filter((one) => !paged.includes(one));
  const theirs = there.filter(({ incidentKey }) => incidentOfKey(incidentKey) === incident.id);
  const unknown = theirs.filter(({ incidentKey }) => !incident.pages.some(({ key }) => key === incidentKey));
  return [
    ...missing.map((target) => `nobody paged ${target} for ${name}, whose severity demands it`),
    ...unknown.map(({ id }) => `PagerDuty has ${id} for ${name}, which knows nothing of it`),
    ...incident.pages.flatMap((page) => {
      const whom = whomOf(page.target);
      return page.host === undefined
        ? problemsOfPage(`${name}, page to ${whom}`, page, theirs)
        : problemsOfRequest(`${name}, request to ${whom}`, page, incident.pages, theirs);
    }),
    ...taken.flatMap((one) => forgotten(incident.pages, one)),
  ];
}

/** Asked to help with another one: rung once by PagerDuty, and kept as what it is. */
function problemsOfRequest(name: string, page: Page, all: Page[], theirs: PagerIncident[]): string[] {
  const { asked, target, state } = page;
  const host = all.find(({ number }) => number === page.host);
  const policy = target.kind === 'target' ? target.escalationPolicy : undefined;
  const there = theirs.filter(({ incidentKey }) => incidentKey === host?.key).flatMap(({ requests }) => requests);
  const times = there.filter(({ targets }) => targets.some(({ id }) => id === policy)).length;
  if (times === 0 && !asked && isOverBeforeItLeft(page)) return [];
  return [
    ...(times === 1 ? [] : [`${name} was asked ${times} times in PagerDuty`]),
    ...(asked ? [] : [`${name} was asked, which is not in the record`]),
    ...(theirs.some(({ incidentKey }) => incidentKey === page.key) ? [`${name} rings by itself as well`] : []),
    ...(state === 'resolved' ? [] : [`${name} is ${state} here after the end`]),
  ];
}

function problemsOfPage(name: string, page: Page, all: PagerIncident[]): string[] {
  const theirs = all.filter(({ incidentKey }) => incidentKey === page.key);
  const [there] = theirs;
  if (!there && isOverBeforeItLeft(page)) return [];
  if (!there || theirs.length > 1) return [`${name} is ${theirs.length} incidents in PagerDuty`];
  const alerts = there.alerts.filter(({ key }) => key === page.key).length;
  return [
    ...(alerts > 1 ? [`${name} is ${alerts} alerts in PagerDuty`] : []),
    ...(there.status === 'resolved' ? [] : [`${name} is ${there.status} in PagerDuty after the end`]),
    ...(page.state === 'resolved' ? [] : [`${name} is ${page.state} here after the end`]),
    ...(page.ways.some(({ way, outcome }) => way === 'pagerduty' && outcome === 'accepted')
      ? []
      : [`${name} was accepted, which is not in the record: ${JSON.stringify(page.ways)}`]),
  ];
}

/** What a killed replica had in hand is free when its lease of 15 s is over. Milliseconds, with what is under way then. */
const leftToOthers = 20_000;

/** Nobody is woken for what is over by the time at which it can leave. */
const isOverBeforeItLeft = ({ at, endedAt, ways }: Page): boolean =>
  endedAt !== undefined &&
  endedAt.getTime() - at.getTime() < leftToOthers &&
  ways.every(({ outcome }) => outcome === 'waiting');

/** Who took it is known, unless it was over by then. */
function forgotten(pages: Page[], { key, account, at }: Taken): string[] {
  const page = pages.find((one) => one.key === key);
  if (!page || page.takers.some((taker) => taker.account === account)) return [];
  return page.endedAt && page.endedAt >= at ? [] : [`${account} took ${key} in PagerDuty, which is not in the record`];
}
