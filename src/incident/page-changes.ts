import type { Happened, IncidentEvent } from './events.ts';
import { isSameTaker, type Page, type WayTried } from './page.ts';
import type { HelpAsked, PageWay, Taker } from './page-commands.ts';

export type PageEvent = Extract<IncidentEvent, { type: `page${string}` }>;

/** The pages of an incident after an event about one of them. */
export function pagesAfter(pages: Page[], event: PageEvent, happened: Happened): Page[] {
  if (event.type === 'pageAsked') return [...pages, newPage(event, happened)];
  if (event.type === 'pageFound') return [...pages, pageFound(event, happened)];
  return pages.map((page) => (page.number === event.number ? { ...page, ...changed(page, event, happened) } : page));
}

function newPage(
  { number, key, target, cause, why, host, way = 'pagerduty' }: PageEvent & { type: 'pageAsked' },
  { by, at }: Happened,
): Page {
  return {
    number,
    key,
    target,
    cause,
    why,
    by,
    at,
    ways: [{ way, outcome: 'waiting', since: at }],
    state: 'ringing',
    ringsSince: at,
    takers: [],
    assigned: [],
    notes: [],
    ...(host !== undefined && { host }),
  };
}

function pageFound(
  { number, key, target, outside, state, when, takers, assigned }: PageEvent & { type: 'pageFound' },
  happened: Happened,
): Page {
  const { at } = happened;
  return {
    ...newPage({ type: 'pageAsked', number, key, target, cause: 'severity', why: '' }, happened),
    cause: 'begun',
    ways: [{ way: 'pagerduty', outcome: 'accepted', since: at, at }],
    state,
    takers,
    assigned,
    outside,
    changedAt: when,
  };
}

/** The last of them, more than are shown: each change writes the whole incident, and the record has them all. */
const notesAtHand = 10;
/** As many are known to have had it before. */
const takersAtHand = 20;

type Changing = Exclude<PageEvent, { type: 'pageAsked' | 'pageFound' }>;

function changed(page: Page, event: Changing, { at }: Happened): Partial<Page> {
  switch (event.type) {
    case 'pageAccepted':
      return {
        ways: withWay(page, event.way, { outcome: 'accepted', at }),
        ...(event.outside && { outside: event.outside }),
        ...(event.assigned && { assigned: event.assigned }),
        ...(event.way === 'pagerduty' && asRequest(event)),
      };
    case 'pageFailed': {
      const outcome = event.late ? 'late' : 'failed';
      const ways = withWay(page, event.way, { outcome, why: event.why, at });
      return { ways: event.next ? [...ways, { way: event.next, outcome: 'waiting', since: at }] : ways };
    }
    case 'pageLinked':
      return { outside: event.outside, ...(event.assigned && { assigned: event.assigned }) };
    case 'pageShown':
      return { card: event.at };
    case 'pageUntaken':
      return { untakenAt: at };
    case 'pageAcknowledged':
      if (event.late) return hadIt(page, event);
      return {
        state: 'acknowledged',
        ...(!event.already && { takers: [...page.takers, { ...event.by, at: event.when }] }),
        ...thereAt(page, event),
      };
    case 'pageDeclined':
      return cannotCome(page, event, at);
    case 'pageUnacknowledged':
      return { ...(!event.already && ringing(page, at)), ...thereAt(page, event) };
    case 'pageEscalated':
      return {
        ...ringsOn(page, event, at),
        ...(event.assigned.length > 0 && { assigned: event.assigned }),
        ...(event.level !== undefined && { level: event.level }),
        ...rungHere(event),
        ...thereAt(page, event),
      };
    case 'pageReassigned':
      return { ...ringsOn(page, event, at), assigned: event.assigned, ...thereAt(page, event) };
    case 'pageResolved':
      return { state: 'resolved', ...thereAt(page, event), ...(event.where === 'slack' && { endedAt: event.when }) };
    case 'pageReopened':
      return {
        ...(!event.already && ringing(page, at)),
        ...rungHere(event),
        ...(event.where === 'slack' && waitsAnew(page, at)),
        ...thereAt(page, event),
        endedAt: undefined,
      };
    case 'pageAnnotated':
      return {
        notes: [...page.notes, { text: event.text, ...(event.by && { by: event.by }), at }].slice(-notesAtHand),
      };
    case 'pageTakerKnown':
      return {
        takers: page.takers.map((taker) =>
          taker.account === event.account ? { ...taker, person: event.person } : taker,
        ),
      };
  }
}

/** It is to be accepted once more; an alert by the second key may still be open. */
const waitsAnew = ({ ways, bySecondKey }: Page, since: Date): Partial<Page> => ({
  ways: [{ way: 'pagerduty', outcome: 'waiting', since }],
  assigned: [],
  ...((bySecondKey || ways.some(({ way }) => way === 'second-key')) && { bySecondKey: true }),
});

/** Whom it rings; what could not be asked with its host became an incident of its own at the pager. */
const asRequest = ({ asked }: { asked?: HelpAsked }): Partial<Page> =>
  asked ? { asked, assigned: asked.people.map(({ name = 'somebody' }) => name) } : { host: undefined };

/** Whoever had taken it and then cannot come has it no more: it rings the others, unless all have said so. */
function cannotCome(page: Page, { by, when }: Changing & { type: 'pageDeclined' }, at: Date): Partial<Page> {
  const before = page.decliners?.filter((decliner) => !isSameTaker(decliner, by)) ?? [];
  const decliners = [...before, { ...by, at: when }];
  const isGone = (taker: Page['takers'][number]) => isSameTaker(taker, by) && taker.at <= when;
  const takers = page.takers.filter((taker) => !isGone(taker));
  const left = { decliners, takers, ...(takers.length < page.takers.length && had(page, page.takers.filter(isGone))) };
  const isOut = (one: Taker) => decliners.some((decliner) => isSameTaker(decliner, one));
  if (page.state === 'resolved' || takers.length > 0) return left;
  // A team's request goes on to whoever is next in its escalation policy.
  const isForAll = page.target.kind === 'target';
  if (!isForAll && (page.asked?.people ?? []).every(isOut)) return { ...left, state: 'declined' };
  return page.state === 'acknowledged' ? { ...ringing(page, at), decliners } : left;
}

/** It rings anew, and those who had taken it have not taken this. */
const ringing = (page: Page, at: Date): Partial<Page> => ({
  state: 'ringing',
  ringsSince: at,
  untakenAt: undefined,
  takers: [],
  ...(page.takers.length > 0 && had(page, page.takers)),
});

const had = ({ earlier = [] }: Page, more: Page['takers']): Partial<Page> => ({
  earlier: [...earlier, ...more].slice(-takersAtHand),
});

/** Somebody took it, which is heard of late. They have it with the others only where it did not ring anew since. */
function hadIt(page: Page, { by, when }: Changing & { type: 'pageAcknowledged' }): Partial<Page> {
  const taken = [{ ...by, at: when }];
  const isOut = page.decliners?.some((decliner) => decliner.at >= when && isSameTaker(decliner, by));
  const stillHas = page.state === 'resolved' || (page.state === 'acknowledged' && when >= page.ringsSince);
  const isTheirs = stillHas && !isOut;
  return isTheirs ? { takers: [...page.takers, ...taken] } : had(page, taken);
}

/** The pager goes on to the next by itself; that nobody has taken it for so long stays true. */
const ringsOn = (page: Page, { where }: { where: 'slack' | 'pagerduty' }, at: Date): Partial<Page> =>
  page.state === 'ringing' && where === 'pagerduty' ? {} : ringing(page, at);

const rungHere = ({ where, when }: { where: 'slack' | 'pagerduty'; when: Date }): Partial<Page> =>
  where === 'slack' ? { rungAt: when } : {};

/** What was done in Slack is by our clock, which the pager's may be behind: it makes no news from there old. */
function thereAt({ changedAt }: Page, event: { where: 'slack' | 'pagerduty'; when?: Date }): Partial<Page> {
  return { changedAt: event.where === 'pagerduty' ? event.when : changedAt };
}

function withWay(page: Page, way: PageWay, change: Partial<WayTried>): WayTried[] {
  return page.ways.map((tried) => (tried.way === way ? { ...tried, ...change } : tried));
}
