import type { Feature, Reactions } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inChannel } from '../channel/gone.ts';
import { editHeadlineOf } from '../channel/headline.ts';
import { cardAnew, cardOf, editCard, postCard } from './card.ts';
import { pageBy, sendPage } from './send-page.ts';
import { tellFailed, tellOfPage, tellUntaken } from './tell.ts';
import { hasFailed } from './views.ts';
import { strikeFor, strikePage, watchFor, watchWay } from './watch.ts';

/** How it stands changed: the headline and its own message say so. */
const stands = (incident: Incident, page: number): Effect[] => [editHeadlineOf(incident), cardAnew(incident, page)];

const reactions: Reactions = {
  pageAsked: ({ number }, incident) => [
    pageBy(incident, number, 'pagerduty'),
    watchFor(incident, number, 'pagerduty'),
    ...strikeFor(incident, number),
    ...cardOf(incident, number),
    editHeadlineOf(incident),
  ],
  pageAccepted: ({ number }, incident) => stands(incident, number),
  pageFailed: ({ number, next }, incident) => [
    ...(next ? [pageBy(incident, number, next), watchFor(incident, number, next)] : []),
    ...(isLost(incident, number) ? tellFailed(incident, number) : []),
    ...stands(incident, number),
  ],
  pageUntaken: ({ number, person }, incident) => [tellUntaken(incident, number, person), ...stands(incident, number)],
  // What was asked for before there was a thread to say it in.
  headlinePosted: (_, incident) => incident.pages.flatMap(({ number }) => cardOf(incident, number)),
};

const isLost = ({ pages }: Incident, number: number): boolean =>
  pages.some((page) => page.number === number && hasFailed(page));

/** Wakes the right people, shows who has answered, and goes on by another way when PagerDuty does not accept. */
export const paging: Feature = {
  name: 'paging',
  effects: [sendPage, watchWay, strikePage, inChannel(postCard), inChannel(editCard), tellOfPage],
  reactions,
};
