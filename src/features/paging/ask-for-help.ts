import type { Incident } from '../../incident/incident.ts';
import { isOpenPage, isSameTaker, type Page, whomOf } from '../../incident/page.ts';
import type { HelpAsked, ReportPageState, Taker } from '../../incident/page-commands.ts';
import { hostOf } from '../../incident/paging.ts';
import type { PagerIncidents } from '../../integrations/contracts.ts';
import type { Helper, PagerEvent, PagerPerson, Rung } from '../../integrations/pager-shapes.ts';
import { Impossible } from '../../outbox/failures.ts';
import type { Outside } from '../../slack/outside.ts';
import { nameFor, personOf, reachedBy } from './accounts.ts';
import { summaryOf } from './alert.ts';
import { idOf, linksTo, pagerOf } from './where.ts';

/** PagerDuty's clock may be so much behind ours, and it gives whole seconds. Milliseconds. */
const clocksDiffer = 60_000;

interface Host {
  incidents: PagerIncidents;
  /** PagerDuty's, of the incident that they are asked to help with. */
  id: string;
  isOpen: boolean;
  whom: Rung;
}

/**
 * Asks somebody to help with the page that is there already, once however often this is done. Gives whom that rings; undefined where they
 * cannot be asked so, as when that page is over, and need a page of their own.
 */
export async function askForHelp(
  incident: Incident,
  page: Page,
  outside: Outside,
  { sentBefore }: { sentBefore: boolean },
): Promise<HelpAsked | undefined> {
  const host = await hostThere(incident, page, outside);
  if (!host?.isOpen) return undefined;
  const before = await helpersFor(incident, page, host);
  if (before[0]) return asked(before, before[0].askedAt);
  const { incidents, id, whom } = host;
  // It became an incident of its own when they could not be asked, and the answer was lost.
  if (sentBefore && (await incidents.find(page.key))) return undefined;
  const { page: inBrowser, channel } = linksTo(incident, outside);
  const message = [summaryOf(incident, page, outside.policy), channel ?? inBrowser].filter(Boolean).join('\n');
  try {
    const { people, at } = await incidents.askForHelp(id, { whom, message, ...(await nameFor(page.by, outside)) });
    return { people: people.map(asTaker), at };
  } catch (error) {
    if (error instanceof Impossible) return undefined;
    throw error;
  }
}

/** Whom it rang, if PagerDuty has it; undefined: it never got there. */
export async function askedBefore(incident: Incident, page: Page, outside: Outside): Promise<HelpAsked | undefined> {
  const host = await hostThere(incident, page, outside);
  const helpers = host ? await helpersFor(incident, page, host) : [];
  return helpers[0] && asked(helpers, helpers[0].askedAt);
}

/** Somebody has it: those who have not answered are rung no more. */
export async function cancelHelp(incident: Incident, page: Page, by: string, outside: Outside): Promise<void> {
  const host = await hostThere(incident, page, outside);
  const helpers = host ? await helpersFor(incident, page, host) : [];
  if (!host || helpers.every(({ answer }) => answer !== 'asked')) return;
  try {
    await host.incidents.cancelHelp(host.id, { whom: host.whom, ...(await nameFor(by, outside)) });
  } catch (error) {
    // Everybody has answered meanwhile, or its host is over.
    if (!(error instanceof Impossible)) throw error;
  }
}

/** What somebody has answered that is not known here yet; the others come with the next look. */
export async function newAnswer(
  incident: Incident,
  page: Page,
  outside: Outside,
): Promise<ReportPageState | undefined> {
  const host = await hostThere(incident, page, outside);
  const helpers = host ? await helpersFor(incident, page, host) : [];
  const { takers, decliners = [] } = page;
  const known = { accepted: takers, declined: decliners };
  const news = helpers.find(
    ({ person, answer }) =>
      (answer === 'accepted' || answer === 'declined') &&
      !known[answer].some((one) => isSameTaker(one, asTaker(person))),
  );
  if (!news) return undefined;
  const person = await personOf(news.person, outside);
  const by = { ...asTaker(news.person), ...(person && { person }) };
  return { ...answered(page, news), by };
}

/** Which request of ours somebody has answered, by the page whose incident it came with. */
export function requestTo(
  { person, escalationPolicy }: NonNullable<PagerEvent['responder']>,
  host: Page,
  { pages }: Incident,
): Page | undefined {
  const requests = pages.filter((page) => page.host === host.number && isOpenPage(page) && page.asked);
  // Whom a team's request has gone on to since is not among those whom it rang first.
  const isOfTeam = ({ target }: Page) =>
    target.kind === 'target' && escalationPolicy !== undefined && target.escalationPolicy === escalationPolicy.id;
  const rang = ({ asked }: Page) => asked?.people.some(({ account }) => account === person?.id);
  return requests.findLast(isOfTeam) ?? requests.findLast(rang);
}

export const answered = (
  { number: page }: Page,
  { answer, at }: Pick<Helper, 'answer' | 'at'>,
): Omit<ReportPageState, 'by'> => ({
  type: 'reportPageState',
  page,
  what: answer === 'declined' ? 'declined' : 'acknowledged',
  at,
  echo: false,
  assigned: [],
});

async function hostThere(incident: Incident, page: Page, outside: Outside): Promise<Host | undefined> {
  const { incidents } = pagerOf(outside);
  const host = hostOf(incident, page);
  if (!incidents || !host) return undefined;
  const whom = await reachedBy(page, outside);
  const id = whom && (await idOf(host, outside));
  if (!whom || !id) return undefined;
  return { incidents, id, isOpen: isOpenPage(host), whom };
}

/** Those whom this request rang. One that another page made before to the same people is not this one. */
async function helpersFor({ pages }: Incident, page: Page, { incidents, id, whom }: Host): Promise<Helper[]> {
  const name = 'person' in whom ? whom.person : whom.escalationPolicy;
  const since = page.at.getTime() - clocksDiffer;
  const same = pages.filter((one) => one.number !== page.number && whomOf(one.target) === whomOf(page.target));
  const others = same.flatMap((one) => one.asked?.at.getTime() ?? []);
  const isThis = (at: number) => (page.asked ? at === page.asked.at.getTime() : at >= since && !others.includes(at));
  return (await incidents.helpers(id)).filter((one) => one.named === name && isThis(one.askedAt.getTime()));
}

const asked = (helpers: Helper[], at: Date): HelpAsked => ({
  people: helpers.map(({ person }) => asTaker(person)),
  at,
});

const asTaker = ({ id, name }: PagerPerson): Taker => ({ account: id, name });
