import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { editOffer, offerAnew, postOffer } from './offer.ts';

/** Incidents that start in PagerDuty: declared by a rule of the policy, or offered with a button. Heard of with the news of pages. */
export const fromPagerDuty: Feature = {
  name: 'from-pagerduty',
  effects: [postOffer, editOffer],
  reactions: {
    declared: sayThere,
    channelOpened: sayThere,
    renamed: sayThere,
    madePrivate: sayThere,
  },
};

function sayThere(_: unknown, { begun }: Incident): Effect[] {
  return begun ? [offerAnew(begun.id)] : [];
}
