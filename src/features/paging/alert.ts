import type { Incident } from '../../incident/incident.ts';
import { isAtPager, isRungAnew, type Page } from '../../incident/page.ts';
import type { NewAlert, SecondMessage } from '../../integrations/pager-shapes.ts';
import type { Policy } from '../../policy.ts';

/** Where somebody who is woken reads on. */
export interface Links {
  /** The page of the incident in the browser. */
  page?: string | undefined;
  /** Its channel. */
  channel?: string | undefined;
}

/** What wakes people: read on a telephone at night, in a list, by a voice. A private incident says its number and nothing else. */
export function summaryOf(incident: Incident, page: Page, policy: Policy): string {
  if (incident.isPrivate) return `Private incident #${incident.number}`;
  const severity = policy.severities[incident.severity].name;
  return `${severity} #${incident.number} ${incident.title}${page.why ? `: ${page.why}` : ''}`;
}

/** What else there is to know, by name. */
export function detailsOf(incident: Incident, page: Page, policy: Policy): Record<string, string> {
  if (incident.isPrivate) return {};
  const services = incident.services.map((key) => policy.services[key]?.name ?? key).join(', ');
  return {
    severity: policy.severities[incident.severity].name,
    status: incident.status,
    ...(services && { services }),
    ...(page.why && { 'why you are paged': page.why }),
    ...(incident.summary && { 'first known': incident.summary }),
  };
}

export const linksOf = ({ page, channel }: Links): NewAlert['links'] => [
  ...(page ? [{ href: page, text: 'The incident' }] : []),
  ...(channel ? [{ href: channel, text: 'Its channel in Slack' }] : []),
];

/** The same by mail or webhook, with why it comes this way. Of a private incident neither the target nor the severity is told. */
export function messageOf(incident: Incident, page: Page, policy: Policy, links: Links): SecondMessage {
  const details = Object.entries(detailsOf(incident, page, policy)).map(([name, value]) => `${name}: ${value}`);
  const link = links.page ?? links.channel;
  const subject = summaryOf(incident, page, policy);
  const { number, isPrivate, severity } = incident;
  const said = { subject, ...(link && { link }), incident: number };
  const again = rungAnewAt(page);
  // A key of PagerDuty's names the target.
  if (isPrivate) return { key: `tocsin:${incident.id}:${page.number}${again}`, text: subject, ...said };
  const whom = page.target.kind === 'target' ? page.target.name : 'somebody';
  const why = isAtPager(page) ? ' PagerDuty has not accepted it, so it comes this way.' : '';
  return {
    key: `${page.key}${again}`,
    text: [`This page is for ${whom}.${why}`, ...details].join('\n'),
    severity,
    ...said,
  };
}

/** What is rung anew, once it was over, is no repeat of what was sent before. */
const rungAnewAt = (page: Page): string => (isRungAnew(page) ? `:${page.ways[0]?.since.toISOString()}` : '');
