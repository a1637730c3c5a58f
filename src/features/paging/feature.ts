import type { Feature, Reactions } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { isAtPager, isOpenPage } from '../../incident/page.ts';
import type { Taker } from '../../incident/page-commands.ts';
import { pageOf } from '../../incident/paging.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inviteTo } from '../channel/furnish.ts';
import { inChannel } from '../channel/gone.ts';
import { editHeadlineOf } from '../channel/headline.ts';
import { type Act, actOn, actOnPage } from './act.ts';
import { tellAdmin } from './admins.ts';
import { listenToButtons } from './buttons.ts';
import { cardAnew, cardOf, editCard, postCard } from './card.ts';
import { listenToForm } from './form.ts';
import { hear } from './hear.ts';
import { invitationOf, inviteOnCall } from './invite-on-call.ts';
import { onCallSubcommand } from './on-call.ts';
import { pageSubcommand } from './page-command.ts';
import { lookAtPage, lookFor } from './poll.ts';
import { recognise, recogniseOf } from './recognise.ts';
import { noteThere, sayThere, updateThere } from './say-there.ts';
import { pageBy, sendPage } from './send-page.ts';
import { tellDeclined, tellFailed, tellOfPage, tellUntaken } from './tell.ts';
import { strikeFor, strikePage, watchFor, watchWay } from './watch.ts';
import { pagerDutyRoutes } from './webhook.ts';

/** How it stands changed: the headline and its own message say so. */
const stands = (incident: Incident, page: number): Effect[] => [editHeadlineOf(incident), cardAnew(incident, page)];

const reactions: Reactions = {
  pageAsked: ({ number, way = 'pagerduty' }, incident) => [
    pageBy(incident, number, way),
    watchFor(incident, number, way),
    ...strikeFor(incident, number),
    ...cardOf(incident, number),
    editHeadlineOf(incident),
  ],
  pageFound: ({ number, takers }, incident) => [
    lookFor(incident, number),
    ...strikeFor(incident, number),
    ...takers.flatMap((taker) => welcome(incident, number, taker)),
    ...cardOf(incident, number),
    editHeadlineOf(incident),
  ],
  pageAccepted: ({ number, way }, incident) => [
    ...(way === 'pagerduty' ? [lookFor(incident, number)] : []),
    ...stands(incident, number),
  ],
  pageFailed: ({ number, next, lost }, incident) => [
    ...(next ? [pageBy(incident, number, next), watchFor(incident, number, next)] : []),
    ...(lost ? tellFailed(incident, number) : []),
    ...stands(incident, number),
  ],
  pageLinked: ({ number }, incident) => stands(incident, number),
  pageAcknowledged: ({ number, by, where, when, already }, incident, who) => [
    ...(where === 'slack' ? there(incident, number, 'acknowledge', who, when) : []),
    ...(already ? [] : welcome(incident, number, by)),
    ...stands(incident, number),
  ],
  pageTakerKnown: ({ number, person }, incident) => [
    ...welcome(incident, number, { person }),
    ...stands(incident, number),
  ],
  pageDeclined: ({ number }, incident) => [
    ...tellDeclined(incident, number),
    ...strikeFor(incident, number),
    ...stands(incident, number),
  ],
  pageUnacknowledged: ({ number }, incident) => [...strikeFor(incident, number), ...stands(incident, number)],
  pageEscalated: ({ number, where }, incident, who) => [
    ...(where === 'slack' ? there(incident, number, 'escalate', who) : []),
    ...strikeFor(incident, number),
    ...stands(incident, number),
  ],
  pageReassigned: ({ number }, incident) => [...strikeFor(incident, number), ...stands(incident, number)],
  pageResolved: ({ number, where }, incident, who) => [
    ...(where === 'slack' ? there(incident, number, 'resolve', who) : []),
    ...stands(incident, number),
  ],
  pageReopened: ({ number, where }, incident, who) => [
    ...(where === 'slack' ? [...there(incident, number, 'reopen', who), watchFor(incident, number, 'pagerduty')] : []),
    lookFor(incident, number),
    ...strikeFor(incident, number),
    ...stands(incident, number),
  ],
  pageAnnotated: ({ number }, incident) => stands(incident, number),
  pageUntaken: ({ number, person }, incident) => [tellUntaken(incident, number, person), ...stands(incident, number)],
  severityChanged: ({ from }, incident, who) => [
    ...incident.pages.filter(isOpenPage).flatMap(({ number }) => there(incident, number, 'rank', who)),
    ...invitationOf(incident, from),
  ],
  updatePosted: updateThere,
  resolved: noteThere,
  // Whoever was in a channel that is gone is invited to the one in its place anyway.
  channelOpened: ({ instead }, incident) => (instead ? [] : invitationOf(incident)),
  // What was asked for before there was a thread to say it in.
  headlinePosted: (_, incident) => incident.pages.flatMap(({ number }) => cardOf(incident, number)),
};

/** Whoever takes a page is needed in the channel; one that is not open yet asks for them itself. */
function welcome(incident: Incident, number: number, { person, account, name }: Taker): Effect[] {
  if (!person) return account ? [recogniseOf(incident, number, account, name)] : [];
  return incident.channel && !incident.members.includes(person) ? [inviteTo(incident, person)] : [];
}

/** What was done here is done there as well, if it is there at all. */
function there(incident: Incident, number: number, what: Act, by: string, at?: Date): Effect[] {
  const page = pageOf(incident, number);
  return page && isAtPager(page) ? [actOn(incident, number, what, by, at)] : [];
}

/** Wakes the right people, shows who has answered, and goes on by another way when PagerDuty does not accept. */
export const paging: Feature = {
  name: 'paging',
  subcommands: [pageSubcommand, onCallSubcommand],
  listeners: (app, inside) => {
    listenToButtons(app, inside);
    listenToForm(app, inside);
  },
  tray: [
    {
      action: 'open-page',
      label: 'Page somebody',
      group: 'people',
      may: 'page',
      when: (incident) => !isOver(incident) && !incident.isPractice,
    },
  ],
  effects: [
    sendPage,
    watchWay,
    strikePage,
    actOnPage,
    lookAtPage,
    recognise,
    sayThere,
    inviteOnCall,
    inChannel(postCard),
    inChannel(editCard),
    tellOfPage,
    tellAdmin,
  ],
  reactions,
  webhooks: pagerDutyRoutes,
  heard: hear,
};
