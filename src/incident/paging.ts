import type { Policy } from '../policy.ts';
import { type Begun, foundPage, isRung } from './begun.ts';
import { type Decision, nothing, one } from './decision.ts';
import type { EventOf, IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOver } from './lifecycle.ts';
import { behind, isAcceptedBy, isOpenPage, isRequest, type Page, type PageTarget, pageKey, whomOf } from './page.ts';
import type { AskPage, CheckPage, EscalatePage, TakePage } from './page-commands.ts';
import { escalationOf } from './reminders.ts';
import type { Severity } from './severity.ts';
import { standsFor } from './stands-for.ts';

/** Nobody is woken a hundred times for one incident; a loop might. */
const mostPages = 100;

/** The keys of those who are there for these services, or for whatever has nobody. */
export function targetsOfServices(services: readonly string[], policy: Policy): string[] {
  const mapped = services.flatMap((key) => policy.services[key]?.paging ?? []);
  const { otherwise } = policy.paging;
  return [...new Set(mapped.length > 0 ? mapped : otherwise ? [otherwise] : [])];
}

/** What rang at the pager before there was an incident. */
type Rung = Pick<Begun, 'service' | 'escalationPolicy'>;

/** Whom a severity demands, those behind one routing key once, in the order of the policy; `rung` is awake already. */
function demandedTargets(services: readonly string[], severity: Severity, policy: Policy, rung?: Rung): PageTarget[] {
  const { demands, targets, commanders } = policy.paging;
  const isMapped = services.some((key) => policy.services[key]?.paging);
  // Where somebody is awake, nobody has to be woken for want of anybody else.
  const ofServices = rung && !isMapped ? [] : targetsOfServices(services, policy);
  const keys = demands[severity].flatMap((what) => (what === 'services' ? ofServices : [commanders]));
  const wanted = keys.flatMap((key) =>
    key && Object.hasOwn(targets, key) && !(rung && isRung(rung, key, policy))
      ? (targetOf(key, services, policy) ?? [])
      : [],
  );
  const woken = wanted.map((target) => wokenAs(target, policy));
  return wanted.filter((target, index) => woken.indexOf(wokenAs(target, policy)) === index);
}

/** Without PagerDuty one mailbox, or whoever receives a webhook, stands behind all targets: nobody is woken twice by one severity. */
const wokenAs = (target: PageTarget, { paging }: Policy): string => paging.firstWay ?? behind(target);

function targetOf(key: string, services: readonly string[], policy: Policy): PageTarget | undefined {
  const target = Object.hasOwn(policy.paging.targets, key) && policy.paging.targets[key];
  if (!target) return undefined;
  const { name, routingKey, service = serviceFor(services, policy), escalationPolicy } = target;
  return {
    kind: 'target',
    key,
    name,
    ...(routingKey && { routingKey }),
    ...(service && { service }),
    ...(escalationPolicy && { escalationPolicy }),
  };
}

/** Every page at the pager belongs to a service of its: one of the incident's, or any there is. */
function serviceFor(services: readonly string[], { paging, services: all }: Policy): string | undefined {
  const keys = [...services.flatMap((key) => all[key]?.paging ?? []), ...Object.keys(paging.targets)];
  return keys.map((key) => paging.targets[key]?.service).find((id) => id !== undefined);
}

/** Whom declaring it like this pages. A practice never wakes anybody; what rings already is not rung a second time. */
export function whomItPages(
  { services, severity, isPractice }: Pick<Incident, 'services' | 'severity' | 'isPractice'>,
  policy: Policy,
  rung?: Rung,
): PageTarget[] {
  return isPractice ? [] : demandedTargets(services, severity, policy, rung);
}

/** What rings at the pager by itself is the first page. */
export function pagesAtDeclare(
  incident: Pick<Incident, 'id' | 'pages' | 'services' | 'severity' | 'isPractice'>,
  policy: Policy,
  begun?: Begun,
): IncidentEvent[] {
  if (!begun || incident.isPractice) return asked(incident, whomItPages(incident, policy), 'severity', policy);
  const found = foundPage(incident, begun, policy);
  const rung = begun.state === 'resolved' ? undefined : begun;
  const wanted = whomItPages(incident, policy, rung).filter(
    (target) => !rung || behind(target) !== behind(found.target),
  );
  return [
    found,
    ...asked(incident, wanted, 'severity', policy).map((event) => ({ ...event, number: event.number + 1 })),
  ];
}

/** Whom the new severity demands and the old one did not, unless they are awake for this already. */
export function pagesAtChange(incident: Incident, to: Severity, policy: Policy): IncidentEvent[] {
  if (incident.isPractice) return [];
  const as = (target: PageTarget) => wokenAs(target, policy);
  const before = demandedTargets(incident.services, incident.severity, policy).map(as);
  const open = incident.pages.filter((page) => isOpenPage(page) && page.state !== 'declined');
  const awake = open.map(({ cause, target }) => (cause === 'severity' ? as(target) : whomOf(target)));
  const wanted = demandedTargets(incident.services, to, policy).filter(
    (target) => ![...before, ...awake].includes(as(target)) && !awake.includes(whomOf(target)),
  );
  return asked(incident, wanted, 'severity', policy);
}

/** Each with a key of its own, also where the same are asked again. */
export function asked(
  incident: Pick<Incident, 'id' | 'pages'>,
  targets: PageTarget[],
  cause: EventOf<'pageAsked'>['cause'],
  { paging: { firstWay: way } }: Policy,
  why = '',
): EventOf<'pageAsked'>[] {
  return targets.map((target, index) => {
    const whom = whomOf(target);
    const earlier = incident.pages.filter((page) => whomOf(page.target) === whom).length;
    const key = pageKey(incident.id, whom, earlier + 1);
    return {
      type: 'pageAsked',
      number: incident.pages.length + index + 1,
      key,
      target,
      cause,
      why,
      ...(way && { way }),
    };
  });
}

/** Somebody needs somebody. Whoever is being rung already is not rung a second time: there is *Escalate* for that. */
export function askPage(incident: Incident, { whom, why }: AskPage, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (incident.isPractice) return { refused: 'practice-pages-nobody' };
  if (incident.pages.length >= mostPages) return { refused: 'too-many-pages' };
  const target =
    'target' in whom ? targetOf(whom.target, incident.services, policy) : personAs(whom.person, incident, policy);
  if (!target) return { refused: 'unknown-target' };
  const isRinging = incident.pages.some((page) => page.state === 'ringing' && whomOf(page.target) === whomOf(target));
  if (isRinging) return { refused: 'paged-already' };
  const host = hostFor(incident, target, policy);
  return { events: asked(incident, [target], 'asked', policy, why).map((event) => ({ ...event, ...host })) };
}

function hostFor(incident: Incident, target: PageTarget, policy: Policy): { host?: number } {
  const canBeAsked = target.kind === 'person' || target.escalationPolicy !== undefined;
  const host = canBeAsked && pageToHelpWith(incident, policy);
  return host ? { host: host.number } : {};
}

/** Where the policy wants helpers to be asked to what rings already: the first page that the pager has as an incident. */
export function pageToHelpWith({ pages }: Incident, { paging }: Policy): Page | undefined {
  if (paging.helpers !== 'responders') return undefined;
  return pages.find((page) => isOpenPage(page) && !isRequest(page) && isAcceptedBy(page, 'pagerduty'));
}

function personAs(person: string, { services }: Incident, policy: Policy): PageTarget {
  const service = serviceFor(services, policy);
  return { kind: 'person', person, ...(service && { service }) };
}

export function takePage(incident: Incident, { page: number, person }: TakePage, now: Date): Decision {
  const page = pageOf(incident, number);
  if (!page) return { refused: 'no-such-page' };
  if (!isOpenPage(page)) return { refused: 'page-over' };
  if (page.state === 'acknowledged' && page.takers.some((taker) => taker.person === person))
    return { refused: 'nothing-to-change' };
  return one({ type: 'pageAcknowledged', number, by: { person }, when: now, where: 'slack' });
}

export function escalatePage(incident: Incident, { page: number }: EscalatePage, now: Date): Decision {
  const page = pageOf(incident, number);
  if (!page) return { refused: 'no-such-page' };
  if (!isOpenPage(page)) return { refused: 'page-over' };
  if (isRequest(page)) return { refused: 'request-goes-no-further' };
  return one({ type: 'pageEscalated', number, when: now, where: 'slack', assigned: [] });
}

/** When the commander hears that nobody has taken it; undefined: there is nothing to say. */
export function untakenDue(page: Page, policy: Policy): Date | undefined {
  if (page.state !== 'ringing' || page.untakenAt) return undefined;
  return new Date(page.ringsSince.getTime() + policy.paging.untaken * 60_000);
}

/** Said once for each time it rings, however late the clock says so: to the commander, or whoever declared. */
export function checkPage(incident: Incident, { page: number }: CheckPage, now: Date, policy: Policy): Decision {
  const page = pageOf(incident, number);
  const due = page && untakenDue(page, policy);
  if (!due || due > now || isOver(incident)) return nothing;
  return one({
    type: 'pageUntaken',
    number,
    person: escalationOf(incident, []) ?? standsFor(incident) ?? incident.declaredBy,
  });
}

/** The page that a request is to help with; undefined: it is no request. */
export const hostOf = (incident: Pick<Incident, 'pages'>, { host }: Page): Page | undefined =>
  host === undefined ? undefined : pageOf(incident, host);

export const pageOf = ({ pages }: Pick<Incident, 'pages'>, number: number): Page | undefined =>
  pages.find((page) => page.number === number);
