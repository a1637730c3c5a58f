import type { Policy } from '../policy.ts';
import type { Decision } from './decision.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { isOpenPage } from './page.ts';
import { asked } from './paging.ts';

/** What was decided, and what it means for those who are being rung. A refusal means nothing. */
export function andPages(decision: Decision, pages: () => IncidentEvent[]): Decision {
  return 'refused' in decision ? decision : { events: [...decision.events, ...pages()] };
}

/** The incident is over, so nobody is rung for it any more, as far as the policy has the pager follow. */
export function pagesAtEnd(incident: Incident, how: 'resolve' | 'merge', now: Date, policy: Policy): IncidentEvent[] {
  if (!policy.paging.follow.outward.includes(how)) return [];
  return incident.pages
    .filter(isOpenPage)
    .map(({ number }) => ({ type: 'pageResolved', number, when: now, where: 'slack' }));
}

/** It came back: whoever the severity demands is rung again, and what it began with. Whom somebody asked for then, they may ask for now. */
export function pagesAtReopening(incident: Incident, now: Date, policy: Policy): IncidentEvent[] {
  if (!policy.paging.follow.outward.includes('reopen')) return [];
  const again = incident.pages.filter((page) => page.cause !== 'asked' && !isOpenPage(page));
  // A mail that was read cannot ring again, so another one is sent. One, since all targets are behind the same address.
  const last = again.slice(-1).map(({ target }) => target);
  if (policy.paging.firstWay) return asked(incident, last, 'severity', policy);
  return again.map(({ number }) => ({ type: 'pageReopened', number, when: now, where: 'slack' }));
}
