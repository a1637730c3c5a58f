import type { Policy } from '../policy.ts';
import { type Decision, nothing, one } from './decision.ts';
import type { EventOf, IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOver } from './lifecycle.ts';
import { identityOf, isOpenPage, type Page, type PageTarget, pageKey } from './page.ts';
import type { AskPage, CheckPage, EscalatePage, TakePage } from './page-commands.ts';
import { escalationOf } from './reminders.ts';
import type { Severity } from './severity.ts';

/** Nobody is woken a hundred times for one incident; a loop might. */
const mostPages = 100;

/** Whom a severity demands, each identity once, in the order of the policy. */
function demandedTargets(services: readonly string[], severity: Severity, policy: Policy): PageTarget[] {
  const { demands, targets, commanders, otherwise } = policy.paging;
  const mapped = services.flatMap((key) => policy.services[key]?.paging ?? []);
  const ofServices = mapped.length > 0 ? mapped : [otherwise];
  const keys = demands[severity].flatMap((what) => (what === 'services' ? ofServices : [commanders]));
  const wanted = keys.flatMap((key) => (key && Object.hasOwn(targets, key) ? (targetOf(key, policy) ?? []) : []));
  const byIdentity = new Map(wanted.toReversed().map((target) => [identityOf(target), target]));
  return [...byIdentity.values()].toReversed();
}

function targetOf(key: string, policy: Policy): PageTarget | undefined {
  if (!Object.hasOwn(policy.paging.targets, key)) return undefined;
  const { name, routingKey, service, escalationPolicy } = policy.paging.targets[key] ?? { name: key };
  return {
    kind: 'target',
    key,
    name,
    ...(routingKey && { routingKey }),
    ...(service && { service }),
    ...(escalationPolicy && { escalationPolicy }),
  };
}

/** A practice never wakes anybody. */
export function pagesAtDeclare(
  incident: Pick<Incident, 'id' | 'pages' | 'services' | 'severity' | 'isPractice'>,
  policy: Policy,
): IncidentEvent[] {
  if (incident.isPractice) return [];
  return asked(incident, demandedTargets(incident.services, incident.severity, policy), 'severity');
}

/** Whom the new severity demands and the old one did not, unless they are awake for this already. */
export function pagesAtChange(incident: Incident, to: Severity, policy: Policy): IncidentEvent[] {
  if (incident.isPractice) return [];
  const before = new Set(demandedTargets(incident.services, incident.severity, policy).map(identityOf));
  const awake = new Set(incident.pages.filter(isOpenPage).map(({ target }) => identityOf(target)));
  const wanted = demandedTargets(incident.services, to, policy).filter(
    (target) => !before.has(identityOf(target)) && !awake.has(identityOf(target)),
  );
  return asked(incident, wanted, 'severity');
}

function asked(
  incident: Pick<Incident, 'id' | 'pages'>,
  targets: PageTarget[],
  cause: Page['cause'],
  why = '',
): EventOf<'pageAsked'>[] {
  return targets.map((target, index) => {
    const identity = identityOf(target);
    const earlier = incident.pages.filter((page) => identityOf(page.target) === identity).length;
    const key = pageKey(incident.id, identity, earlier + 1);
    return { type: 'pageAsked', number: incident.pages.length + index + 1, key, target, cause, why };
  });
}

/** Somebody needs somebody. Whoever is being rung already is not rung a second time: there is *Escalate* for that. */
export function askPage(incident: Incident, { whom, why }: AskPage, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (incident.isPractice) return { refused: 'practice-pages-nobody' };
  if (incident.pages.length >= mostPages) return { refused: 'too-many-pages' };
  const target = 'target' in whom ? targetOf(whom.target, policy) : personAs(whom.person, incident, policy);
  if (!target) return { refused: 'unknown-target' };
  const isRinging = incident.pages.some(
    (page) => page.state === 'ringing' && identityOf(page.target) === identityOf(target),
  );
  if (isRinging) return { refused: 'paged-already' };
  return { events: asked(incident, [target], 'asked', why) };
}

/** A person is paged on a service of the incident's, as every page at the pager belongs to one. */
function personAs(person: string, { services }: Incident, { paging, services: all }: Policy): PageTarget {
  const keys = [...services.flatMap((key) => all[key]?.paging ?? []), ...Object.keys(paging.targets)];
  const service = keys.map((key) => paging.targets[key]?.service).find((id) => id !== undefined);
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
  return one({ type: 'pageUntaken', number, person: escalationOf(incident, []) ?? incident.declaredBy });
}

export const pageOf = ({ pages }: Pick<Incident, 'pages'>, number: number): Page | undefined =>
  pages.find((page) => page.number === number);
