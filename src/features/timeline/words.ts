import { type BegunAt, byPager } from '../../incident/begun.ts';
import type { EventOf, IncidentEvent } from '../../incident/events.ts';
import type { Impact, Interval } from '../../incident/impact.ts';
import type { PageTarget } from '../../incident/page.ts';
import type { PageWay, Taker } from '../../incident/page-commands.ts';
import { severities } from '../../incident/severity.ts';
import type { Moment } from '../../incident/timeline.ts';
import { statusName } from '../../slack/incident-words.ts';

/** How things are called. What is left out is called by its key; a person by their id, as `@U012`, for whoever renders that. */
export interface Names {
  person?: (id: string) => string | undefined;
  severities?: Record<string, { name: string }>;
  roles?: Record<string, { name: string }>;
  journeys?: Record<string, { name: string }>;
}

type Words<Type extends IncidentEvent['type']> = (event: EventOf<Type>, names: Names) => string;

/** In words: plain text, short and in the past tense, roles before names. Whoever shows it escapes it. */
export function wordsOf(event: IncidentEvent, names: Names = {}): string {
  return (words[event.type] as (event: IncidentEvent, names: Names) => string)(event, names);
}

const moments: Record<Moment, string> = {
  detected: 'The first sign of it was seen',
  'impact-started': 'Customers began to feel it',
  'impact-ended': 'Customers stopped feeling it',
};

export const momentWords = (moment: Moment): string => moments[moment];

/** The same in every zone: `2026-03-01 14:05 UTC`. Who shows it to somebody may say it in theirs. */
export const utc = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const who = (id: string, { person }: Names) => `@${person?.(id) ?? id}`;
/** What nobody had taken was said in the channel. */
const told = (id: string, names: Names) => (id === byPager ? 'its channel' : who(id, names));
const why = (text: string | undefined) => (text ? `: ${text}` : '');
const severity = (key: string, { severities: all }: Names) => all?.[key]?.name ?? key.toUpperCase();
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const role = (key: string, { roles }: Names) => capital(roles?.[key]?.name ?? key);

function impactWords(impact: Impact, names: Names): string {
  if (impact.felt === 'no') return 'No customer felt it, as far as was known';
  if (impact.felt === 'unknown') return 'It was not known whether customers felt it';
  return `Customers felt it${extent(impact, names)}`;
}

function extent({ started, ended, share, journeys = [] }: Interval, { journeys: all }: Names): string {
  const called = journeys.map((key) => all?.[key]?.name ?? key).join(', ');
  return [
    started ? ` from ${utc(started)}` : '',
    ended ? ` until ${utc(ended)}` : '',
    share === undefined ? '' : `, ${share} % of them`,
    called && ` (${called})`,
  ].join('');
}

const corrected = {
  detected: 'The time of the first sign',
  declared: 'The time of the declaration',
  resolved: 'The time of the resolution',
};

function assigned({ role: key, person, from, how }: EventOf<'roleAssigned'>, names: Names): string {
  const [name, holder] = [role(key, names), who(person, names)];
  if (how === 'taken') return `${name} was taken by ${holder}`;
  if (how === 'handed-over' && from) return `${name} was handed over by ${who(from, names)} to ${holder}`;
  return `${name} was given to ${holder}`;
}

const left = {
  archived: 'The channel was archived',
  deleted: 'The channel was deleted',
  'bot-removed': 'The bot was removed from the channel',
};

const whomPaged = (target: PageTarget, names: Names) =>
  target.kind === 'person' ? who(target.person, names) : target.name;

const takerName = ({ person, name }: Taker, names: Names) => (person ? who(person, names) : (name ?? 'somebody'));

const wayNames: Record<PageWay, string> = {
  pagerduty: 'PagerDuty',
  'second-key': 'the second routing key',
  mail: 'mail',
  webhook: 'the webhook',
};
const wayName = (way: PageWay) => wayNames[way];

const fromPager = ({ number, rule }: BegunAt) =>
  `${number === undefined ? ' from PagerDuty' : ` from PagerDuty incident ${number}`}${rule === undefined ? '' : ` by rule ${rule}`}`;

const words: { [Type in IncidentEvent['type']]: Words<Type> } = {
  declared: ({ title, severity: key, status, isPractice, begun }, names) =>
    `${isPractice ? 'A practice incident was declared' : status === 'triage' ? 'A warm issue was declared' : 'Declared'} as ${severity(key, names)}${begun ? fromPager(begun) : ''}: ${title}`,
  updatePosted: ({ text }) => `An update was posted: ${text}`,
  statusChanged: ({ from, to, note }) => `The status went from ${statusName(from)} to ${statusName(to)}${why(note)}`,
  severityChanged: ({ from, to, reason }, names) =>
    `The severity was ${severities.indexOf(to) < severities.indexOf(from) ? 'raised' : 'lowered'} from ${severity(from, names)} to ${severity(to, names)}${why(reason)}`,
  impactStated: ({ impact, reason }, names) => `${impactWords(impact, names)}${why(reason)}`,
  impactBegan: ({ impact }, names) =>
    impact.felt === 'yes' ? `Customers felt it again${extent(impact, names)}` : impactWords(impact, names),
  timeCorrected: ({ of, from, to, reason }) =>
    `${corrected[of]} was corrected ${from ? `from ${utc(from)} ` : ''}to ${utc(to)}${why(reason)}`,
  resolved: ({ note }) => `Resolved${why(note)}`,
  reopened: ({ reason }) => `Reopened${why(reason)}`,
  closed: ({ note }) => `Closed${why(note)}`,
  declined: ({ reason }) => `Declined${why(reason)}`,
  cancelled: ({ reason }) => `Cancelled${why(reason)}`,
  // The number of a private one is nothing for whoever may not see it.
  merged: ({ into }) => (into.isPrivate ? 'Merged into another incident' : `Merged into #${into.number}`),
  absorbed: ({ other }) => `#${other.number} was merged into this incident`,
  roleAssigned: assigned,
  roleFreed: ({ role: key, from }, names) => `${role(key, names)} was left open, after ${who(from, names)}`,
  madePrivate: () => 'Made private',

  channelNameTaken: ({ name, next }) => `The channel name ${name} was taken; ${next} was tried`,
  channelOpened: ({ channel }) => `The channel #${channel.name} was opened`,
  headlinePosted: () => 'The headline was posted',
  headlineGone: () => 'The headline was deleted',
  announcementPosted: () => 'It was announced',
  nextUpdateDueChanged: ({ due }) => (due ? `The next update was promised for ${utc(due)}` : 'No update was owed'),
  updateReminded: ({ person }, names) => `${told(person, names)} was reminded of the update`,
  updateFellDue: ({ due }) => `The update promised for ${utc(due)} fell due`,
  updateEscalated: ({ person }, names) =>
    `The overdue update was escalated${person ? ` to ${who(person, names)}` : ', with nobody left to tell'}`,
  updateSnoozed: ({ until }) => `The reminder was put off until ${utc(until)}`,
  updateClaimed: ({ person }, names) => `The update was being written by ${who(person, names)}`,
  updateRequested: ({ person, question }, names) => `${who(person, names)} asked for an update${why(question)}`,
  shadowingStarted: ({ role: key, person }, names) => `${role(key, names)} was shadowed by ${who(person, names)}`,
  shadowingEnded: ({ role: key, person }, names) =>
    `${role(key, names)} was no longer shadowed by ${who(person, names)}`,
  handoverOffered: ({ role: key, to }, names) => `${role(key, names)} was offered to ${who(to, names)}`,
  handoverDeclined: ({ role: key, person, reason }, names) =>
    `${role(key, names)} was declined by ${who(person, names)}${why(reason)}`,
  handoverWithdrawn: ({ role: key, person }, names) =>
    `The offer of ${role(key, names)} to ${who(person, names)} was withdrawn`,
  taskAdded: ({ number, text }) => `Task ${number} was added: ${text}`,
  taskChanged: ({ number, text }) => `Task ${number} was changed${why(text)}`,
  taskFinished: ({ number }) => `Task ${number} was finished`,
  taskReopened: ({ number }) => `Task ${number} was reopened`,
  taskDropped: ({ number }) => `Task ${number} was dropped`,
  timelineAdded: ({ text, source }) =>
    source ? 'A message was kept in the timeline' : `Added to the timeline${why(text)}`,
  timelineRemoved: () => 'A message was taken out of the timeline',
  timelineChanged: ({ text, at, hidden, reason }) => {
    const shown = hidden === undefined ? [] : [hidden ? 'hidden' : 'shown again'];
    const done = [...(text === undefined ? [] : ['reworded']), ...(at ? ['re-timed'] : []), ...shown];
    return `An entry of the timeline was ${done.join(' and ')}${why(reason)}`;
  },
  messagesErased: ({ count }) => `${count === 1 ? 'A message was' : `${count} messages were`} erased`,
  followUpAdded: ({ number, text }) => `Follow-up ${number} was added: ${text}`,
  followUpChanged: ({ number, text }) => `Follow-up ${number} was changed${why(text)}`,
  followUpFinished: ({ number }) => `Follow-up ${number} was finished`,
  followUpReopened: ({ number }) => `Follow-up ${number} was reopened`,
  followUpDropped: ({ number, reason }) => `Follow-up ${number} was dropped${why(reason)}`,
  followUpTicketed: ({ number, ticket }) => `Follow-up ${number} became ${ticket.key}`,
  pageAsked: ({ target, cause, host, why: reason }, names) =>
    `${whomPaged(target, names)} was ${host === undefined ? 'paged' : 'asked to help'}${cause === 'asked' ? why(reason) : ''}`,
  pageFound: ({ target, state, takers }, names) =>
    `${whomPaged(target, names)} had been rung by PagerDuty${state === 'resolved' ? ', which was over' : ''}${takers.length > 0 ? `; taken by ${takers.map((taker) => takerName(taker, names)).join(', ')}` : ''}`,
  pageAccepted: ({ way }) => `The page was accepted by ${wayName(way)}`,
  pageFailed: ({ way, late, why: reason, next, lost }) =>
    `The page was not accepted by ${wayName(way)}${late ? ' in time' : ''}${why(reason)}${next ? `; ${wayName(next)} was tried` : ''}${lost ? '; no way was left' : ''}`,
  pageShown: () => 'How the page stands was posted in the channel',
  pageLinked: () => 'The page was found in PagerDuty',
  pageUntaken: ({ person }, names) => `Nobody had taken the page; ${told(person, names)} was told`,
  pageAcknowledged: ({ by, when, late }, names) =>
    `The page was taken by ${takerName(by, names)}${late ? ` at ${utc(when)}, which was heard of later` : ''}`,
  pageDeclined: ({ by }, names) => `${takerName(by, names)} could not come`,
  pageUnacknowledged: () => 'The page rang again: nobody had it any more',
  pageEscalated: ({ by, assigned }, names) =>
    `The page was escalated${by ? ` by ${takerName(by, names)}` : ''}${assigned.length > 0 ? ` to ${assigned.join(', ')}` : ''}`,
  pageReassigned: ({ assigned }) => `The page went to ${assigned.join(', ') || 'somebody else'}`,
  pageResolved: ({ where }) => `The page was ended${where === 'pagerduty' ? ' in PagerDuty' : ''}`,
  pageReopened: ({ where }) => `The page rang again${where === 'pagerduty' ? ', reopened in PagerDuty' : ''}`,
  pageAnnotated: ({ text, by }, names) => `A note was left in PagerDuty by ${takerName(by ?? {}, names)}: ${text}`,
  pageTakerKnown: ({ person }, names) => `Who took the page was known to be ${who(person, names)}`,
  postmortemOwnerNamed: ({ person }, names) => `The postmortem was given to ${who(person, names)}`,
  postmortemDrafted: () => 'The postmortem was drafted',
  postmortemInReview: () => 'The postmortem was sent for review',
  postmortemPublished: () => 'The postmortem was published',
  postmortemReopened: ({ reason }) => `The postmortem was reopened${why(reason)}`,
  linkAdded: ({ title, url }) => `A link was added: ${title} ${url}`,
  linkRemoved: ({ url }) => `A link was removed: ${url}`,
  related: ({ other }) => `#${other.number} was found to be related`,
  renamed: ({ from, to }) => `Renamed from ${from} to ${to}`,
  channelRenamed: ({ name }) => `The channel was renamed to #${name}`,
  channelGone: ({ how }) => left[how],
  channelBack: () => 'The channel was back',
  troubleReported: ({ what }) => `The bot could not ${what}`,
  troubleCleared: () => 'What the bot could not do before was done',
  personJoined: ({ person }, names) => `${who(person, names)} joined the channel`,
  personLeft: ({ person }, names) => `${who(person, names)} left the channel`,
};
