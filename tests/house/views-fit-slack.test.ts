import { describe, expect, it } from '@jest/globals';
import { checkMessage, checkView } from '../../sandbox/check.ts';
import { announcementMessage, updateReply } from '../../src/features/announcement/views.ts';
import { storyOf } from '../../src/features/catchup/story.ts';
import { type CatchUp, catchUpMessage, catchUpOffer } from '../../src/features/catchup/views.ts';
import { backMessage, goneMessage } from '../../src/features/channel/gone-views.ts';
import { headlineMessage, topic, troubleMessage } from '../../src/features/channel/views.ts';
import { decideModal, verdictModal } from '../../src/features/decide/views.ts';
import { declareModal, progressMessage } from '../../src/features/declare/views.ts';
import { type Started, startedOf } from '../../src/features/from-pagerduty/started.ts';
import { declaredMessage, offerMessage as pagerOfferMessage } from '../../src/features/from-pagerduty/views.ts';
import { helpMessage } from '../../src/features/help/feature.ts';
import type { HomeFacts } from '../../src/features/home/facts.ts';
import { closedHome, homeView } from '../../src/features/home/views.ts';
import {
  correctedMessage,
  correctModal,
  impactMessage,
  impactModal,
  whichImpact,
  whichTime,
} from '../../src/features/impact/views.ts';
import {
  archivedByHand,
  cancelledMessage,
  cancelModal,
  closedMessage,
  closeModal,
  declinedMessage,
  declineModal,
  reopenedMessage,
  reopenModal,
} from '../../src/features/lifecycle/endings-views.ts';
import { absorbedMessage, mergedMessage, mergeModal } from '../../src/features/lifecycle/merge-views.ts';
import {
  resolvedMessage,
  resolveModal,
  statusMessage,
  statusModal,
  whichStatus,
} from '../../src/features/lifecycle/views.ts';
import { linkAddedMessage, linkModal, linksMessage, notALink, relatedMessage } from '../../src/features/links/views.ts';
import { everything, type Filter } from '../../src/features/list/filter.ts';
import {
  foundMessage,
  incidentsModal,
  type Listed,
  listMessage,
  unknownFilter,
} from '../../src/features/list/views.ts';
import { dutyWords } from '../../src/features/paging/duty.ts';
import { dutyPreview, pageModal } from '../../src/features/paging/form-views.ts';
import { unknownTarget } from '../../src/features/paging/on-call.ts';
import {
  cardMessage,
  failedMessage,
  misdirectedMessage,
  refusedMessage,
  untakenMessage,
} from '../../src/features/paging/views.ts';
import { practiceModal } from '../../src/features/practice/views.ts';
import { madePrivateMessage, privateModal } from '../../src/features/privacy/views.ts';
import { renamedMessage, renameModal } from '../../src/features/rename/views.ts';
import { handoverModal, type OfferState, offerMessage } from '../../src/features/roles/handover-views.ts';
import {
  commandOfferMessage,
  dutiesMessage,
  longDutyMessage,
  newsMessage,
  declinedMessage as offerDeclinedMessage,
  relievedMessage,
  untrainedMessage,
} from '../../src/features/roles/messages.ts';
import {
  historyMessage,
  holderMessage,
  rolesModal,
  takenMessage,
  unfilledMessage,
  whichRole,
  yoursAlready,
} from '../../src/features/roles/views.ts';
import { severityMessage, severityModal, whichSeverity } from '../../src/features/severity/views.ts';
import {
  digestMessage,
  digestUpdate,
  followingText,
  livingMessage,
  lostMessage,
  ruleText,
  stoppedMessage,
  subscriptionsModal,
  unfollowedText,
  unknownWish,
} from '../../src/features/subscriptions/views.ts';
import {
  droppedNote,
  dueMessage,
  givenMessage,
  notATime,
  taskModal,
  taskNote,
  tasksMessage,
} from '../../src/features/tasks/views.ts';
import { trayMessage } from '../../src/features/tray/views.ts';
import { previewOf } from '../../src/features/updates/preview.ts';
import {
  answerMessage,
  askedAlready,
  askedMessage,
  claimedMessage,
  escalationMessage,
  reminderMessage,
  requestMessage,
  snoozedMessage,
  youWriteIt,
} from '../../src/features/updates/reminder-views.ts';
import { previewModal, updateMessage, updateModal } from '../../src/features/updates/views.ts';
import { features } from '../../src/features.ts';
import type { FollowUp, Incident, Task } from '../../src/incident/incident.ts';
import type { WayTried } from '../../src/incident/page.ts';
import { verdictOf } from '../../src/incident/verdict.ts';
import type { PagerIncident } from '../../src/integrations/pager-shapes.ts';
import type { Message } from '../../src/slack/blocks.ts';
import { askWhichIncident, done, noOpenIncident, unknownWord } from '../../src/slack/views.ts';
import type { Recorded } from '../../src/store/record.ts';
import type { Rule } from '../../src/store/subscriptions.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';
import { expectHarmless, unseen } from '../support/harmless.ts';
import { aLongPolicy, ampersands, aNastyIncident, lines, nasty } from '../support/nasty.ts';

const now = at('10:00');
const by = 'U0BEN';
const over: Partial<Incident> = {
  status: 'resolved',
  resolvedBy: by,
  resolvedAt: at('09:50'),
  impact: { felt: 'yes', started: at('08:00'), ended: at('09:40') },
};
const feltByAll: Partial<Incident> = {
  impact: {
    felt: 'yes',
    started: at('08:00'),
    ended: at('09:40'),
    share: 12.5,
    journeys: Array.from({ length: 120 }, (_, index) => `journey-${index}`),
  },
  earlierImpacts: Array.from({ length: 100 }, () => ({ started: at('07:00'), ended: at('07:30') })),
  absorbed: Array.from({ length: 100 }, (_, index) => ({ id: `inc_${index}`, number: index })),
};
const happened = (text: (length: number) => string): Recorded[] =>
  Array.from({ length: 60 }, (_, index) => ({
    seq: index + 1,
    by,
    at: now,
    event: { type: 'updatePosted', number: index + 1, text: text(3000) },
  }));
const many = (count: number, text = nasty) =>
  Array.from({ length: count }, (_, index) => aNastyIncident({}, text, index + 1));

const late: Partial<Incident> = {
  nextUpdateDue: at('09:55'),
  reminder: { remindedTo: by, claimedBy: by, escalatedTo: by, fellDue: true },
};
const requests = (count: number, text: (length: number) => string) =>
  Array.from({ length: count }, () => ({ by, question: text(3000), at: now }));
const anUpdate = (text: string) => ({ type: 'postUpdate' as const, text });
const aList: Listed = { filter: everything, incidents: [], first: true, open: 0, resolved: [] };
const aLongFilter: Filter = { ...everything, all: true, mine: true, severity: 'sev1', service: 'service-100' };
const everyItem = features.flatMap(({ tray = [] }) => tray);
const aRareItem = { action: 'open-update', label: nasty(75), group: 'rare', may: 'see', when: () => true } as const;
const aPerson = (text: (length: number) => string) => ({
  person: { id: 'PUSRBEN', name: text(100) },
  from: now,
  until: now,
});
const aPageDraft = (text: (length: number) => string) => {
  const level = { now: [aPerson(text), aPerson(text)], next: [aPerson(text)] };
  const duty = dutyWords(Array.from({ length: 20 }, (_, index) => ({ level: index + 1, ...level })));
  return { why: text(4000), duty: dutyPreview(text(75), duty), metadata: '{}' };
};
/** The longest ids and keys that a policy takes. */
const misnamed = [
  { what: `service ${'P'.repeat(20)}`, where: `paging.targets.${'x'.repeat(40)}.service` },
  { what: `escalation policy ${'P'.repeat(20)}`, where: `paging.targets.${'x'.repeat(40)}.escalationPolicy` },
];

const named = (name: string) => ({ id: 'PSVCCHK', name });
const aStart = (text: (length: number) => string): Started =>
  startedOf({
    id: '01E',
    kind: 'triggered',
    at: now,
    incident: {
      id: 'Q1',
      url: 'https://example.pagerduty.com/incidents/Q1',
      number: 12345,
      title: text(3000),
      urgency: 'high',
      priority: named(text(100)),
      service: named(text(255)),
      escalationPolicy: named(text(255)),
      assigned: Array.from({ length: 20 }, () => aPerson(text).person),
    },
  });
const aThere: PagerIncident = {
  id: 'Q1',
  number: 12345,
  title: '',
  url: 'https://example.pagerduty.com/incidents/Q1',
  status: 'resolved',
  urgency: 'high',
  assigned: [],
  acknowledged: [],
  createdAt: now,
  changedAt: now,
};
const aWay = (outcome: WayTried['outcome']): WayTried[] => [
  { way: 'pagerduty', outcome, why: nasty(3000), since: now, at: now },
];
const linkTo = () => 'https://example.slack.com/archives/C7/p1700000000000100';
const aTask = (text: (length: number) => string): Task => ({
  number: 123,
  text: text(500),
  owner: by,
  due: now,
  by,
  at: now,
  source: { channel: 'C7', ts: '1700000000.000100' },
});
const aCatchUp = (incident: Incident, text: (length: number) => string): CatchUp => ({
  incident: { ...incident, handovers: { commander: { to: by, at: now, state: '', thinking: '', watch: '' } } },
  story: storyOf(aRecord(text), aLongPolicy()),
  related: many(5, text),
  similar: many(5, text),
  isIn: false,
});
const aRecord = (text: (length: number) => string): Recorded[] =>
  Array.from({ length: 100 }, (_, seq) => ({
    seq,
    by,
    at: now,
    event: { type: 'severityChanged', from: 'sev1', to: 'sev2', reason: text(3000) },
  }));

/** What a message or a form shows, under what circumstances. */
type View = [name: string, shown: Message | object];

function messages(incident: Incident, text: (length: number) => string): View[] {
  const policy = aLongPolicy();
  return [
    ['headline', headlineMessage(incident, policy, now)],
    ['announcement', announcementMessage(incident, policy, now)],
    ['announcement, private', announcementMessage({ ...incident, isPrivate: true }, policy, now)],
    ['progress', progressMessage(incident)],
    ['progress, at first', progressMessage({ ...incident, channel: undefined, headline: undefined, troubles: [] })],
    ['update', updateMessage({ text: text(3000), by, promised: now })],
    ['update in the thread', updateReply({ text: text(3000), by, promised: 'on change' })],
    ['headline, overdue', headlineMessage({ ...incident, ...late }, policy, now)],
    ['announcement, overdue', announcementMessage({ ...incident, ...late }, policy, now)],
    ['reminder', reminderMessage({ ...incident, ...late }, at('10:05'), policy, now)],
    [
      'reminder, late',
      reminderMessage({ ...incident, ...late, updateRequests: requests(100, text) }, now, policy, now),
    ],
    ['escalation', escalationMessage({ ...incident, ...late }, now)],
    ['snoozed', snoozedMessage({ ...incident, ...late }, now)],
    ['claimed', claimedMessage(incident)],
    ['request', requestMessage(incident, by, text(3000))],
    ...incident.pages.slice(0, 2).flatMap((page): View[] => [
      ['page', cardMessage(incident, page)],
      ['page, accepted', cardMessage(incident, { ...page, ways: aWay('accepted'), untakenAt: now })],
      ['page, late', cardMessage(incident, { ...page, ways: aWay('late') })],
      ['page, over', cardMessage(incident, { ...page, state: 'resolved' })],
      ['page, untaken', untakenMessage(incident, page, 5)],
      ['page, failed', failedMessage(incident, page)],
      ['page, to what PagerDuty does not know', misdirectedMessage(page.target, misnamed, text(3000))],
    ]),
    ['offer', pagerOfferMessage(aStart(text), undefined, aLongPolicy())],
    ['offer, over', pagerOfferMessage(aStart(text), { ...aThere, resolvedBy: aPerson(text).person }, aLongPolicy())],
    ['offer, declared', declaredMessage(incident)],
    ['offer, declared in private', declaredMessage({ ...incident, isPrivate: true })],
    ['token refused', refusedMessage(text(3000))],
    ['whom to page', unknownTarget(text(3000), policy)],
    ['asked', askedMessage(incident)],
    ['asked already', askedAlready({ ...incident, ...late })],
    ['asked oneself', youWriteIt(incident)],
    ['answer', answerMessage(incident, 'updated', 'https://x.slack.com/archives/C7/p11')],
    ['answer, without a place', answerMessage(incident, 'resolved', undefined)],
    ['status', statusMessage('monitoring', by, text(3000))],
    ['status, skipping', statusMessage('monitoring', by, text(3000), ['investigating', 'identified'])],
    ['resolved', resolvedMessage(incident, by, { note: text(3000) }, now)],
    [
      'resolved, all at once',
      resolvedMessage(incident, by, { note: text(3000), skipped: ['identified', 'monitoring'], owner: by }, now),
    ],
    ['impact', impactMessage({ reason: text(3000), again: true }, incident, policy, by, now)],
    ['which impact', whichImpact(text(4000))],
    ['which time', whichTime(text(4000))],
    [
      'time corrected',
      correctedMessage({ type: 'timeCorrected', of: 'declared', from: now, to: now, reason: text(3000) }, by),
    ],
    ['reopened', reopenedMessage(incident, by, text(3000))],
    ['closed', closedMessage(incident, by, text(3000))],
    ['closed by itself', closedMessage(incident, undefined, '')],
    ['declined', declinedMessage(incident, by, text(3000))],
    ['cancelled', cancelledMessage(incident, by, text(3000))],
    ['merged', mergedMessage(by, incident)],
    ['merged into a private one', mergedMessage(by, undefined)],
    ['absorbed', absorbedMessage(by, 9, incident)],
    ['renamed', renamedMessage(text(300), text(300), by)],
    ['made private', madePrivateMessage({ ...incident, channelIsPublic: true }, by)],
    ['channel archived', goneMessage({ ...incident, channelGone: 'archived' })],
    ['channel deleted', goneMessage({ ...incident, channelGone: 'deleted' })],
    ['bot removed', goneMessage({ ...incident, channelGone: 'bot-removed' })],
    ['channel back', backMessage([], policy)],
    ['channel back after long', backMessage(happened(text), policy)],
    ['to be unarchived by hand', archivedByHand(incident)],
    ['severity', severityMessage({ from: nasty(20), to: nasty(20) }, by, text(3000))],
    ['trouble', troubleMessage(text(80), text(5000), incident)],
    [
      'list',
      listMessage({ ...aList, incidents: many(10, text), resolved: many(5, text), older: 7, open: 200 }, policy, now),
    ],
    ['list of one', listMessage({ ...aList, incidents: [incident], open: 1 }, policy, now)],
    ['list of none', listMessage(aList, policy, now)],
    [
      'list of all',
      listMessage({ ...aList, filter: aLongFilter, incidents: many(10, text), first: false }, policy, now),
    ],
    ['unknown list', unknownFilter(text(4000), 'mine', policy)],
    ['found', foundMessage({ words: text(40_000), incidents: many(10, text), older: 7 }, policy, now)],
    ['found nothing', foundMessage({ words: text(40_000), incidents: [] }, policy, now)],
    ['tray', trayMessage(incident, everyItem, policy)],
    ['tray with nothing', trayMessage(incident, [], policy)],
    [
      'tray with too much',
      trayMessage(
        incident,
        Array.from({ length: 40 }, (_, index) => ({ ...aRareItem, action: `open-${index}` })),
        policy,
      ),
    ],
    ['catch-up', catchUpMessage(aCatchUp(incident, text), policy, now)],
    ['catch-up offer', catchUpOffer(incident, now)],
    ['tasks', tasksMessage(incident, linkTo)],
    ['tasks, none', tasksMessage({ ...incident, tasks: [] }, linkTo)],
    ['task added', taskNote('added', aTask(text), by)],
    ['task dropped', droppedNote(7, by)],
    ['task given', givenMessage(incident, aTask(text), by)],
    ['task due', dueMessage(incident, aTask(text))],
    ['task without a time', notATime(text(4000), text(40_000))],
    ['links', linksMessage(incident, many(100, text), policy)],
    ['links, none', linksMessage({ ...incident, links: [] }, [], policy)],
    [
      'link added',
      linkAddedMessage({ title: text(100), url: `https://x.example/${encodeURIComponent(text(100))}` }, by),
    ],
    ['no link', notALink(text(4000))],
    ['related', relatedMessage(7, by)],
    ['which incident', askWhichIncident(many(200, text), 'update', 'command:1.2.abc', text(4000))],
    ['no open incident', noOpenIncident(text(4000))],
    ['unknown word', unknownWord(text(4000), 'update', text(4000))],
    ['unknown word, unlike any', unknownWord(text(4000), undefined, text(4000))],
    ['done', done(incident)],
    ['followed', livingMessage(incident, policy, now)],
    ['followed no more', stoppedMessage(incident)],
    ['followed until it was private', lostMessage({ ...incident, isPrivate: true })],
    ['digest of 100', digestMessage(followedBy(many(100, text)), policy)],
    ['digest of one', digestMessage([{ incident, follows: 'following' }], policy)],
    ['digest of none', digestMessage([], policy)],
    ['update under a digest', digestUpdate(incident, { text: text(3000), by })],
    ['following', followingText(incident)],
    ['following no more', unfollowedText(incident)],
    ['rule', ruleText({ what: 'service', of: 'service-1' }, policy, 'added')],
    ['unknown wish', unknownWish(text(4000), 'checkout', 'subscribe')],
    ['which status', whichStatus(text(4000))],
    ['which severity', whichSeverity(policy)],
    ...roleMessages(incident, text),
    ['help', helpMessage(features.flatMap(({ subcommands = [] }) => subcommands))],
  ];
}

function roleMessages(incident: Incident, text: (length: number) => string): View[] {
  const policy = aLongPolicy();
  const role = 'role-0';
  const notes = { state: text(3000), thinking: text(3000), watch: text(3000) };
  const offer = (state: OfferState) => offerMessage(incident, { role, to: 'U0EVA', by, ...notes }, state, policy, now);
  const trained = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `U0${index}`, name: text(80) }));
  const tenure = { role, person: by, from: at('09:00'), until: at('09:40'), how: 'assigned' as const, by: 'U0ANA' };
  const history = (count: number) => historyMessage(incident, Array(count).fill(tenure), policy, now);
  return [
    ['who takes a role', unfilledMessage({ ...incident, status: 'triage', roles: {} }, policy, nasty(300))],
    ['command offered', commandOfferMessage({ ...incident, roles: {} }, 'commander', policy)],
    ['command taken', commandOfferMessage(incident, 'commander', policy)],
    ['which role', whichRole(text(4000), role, policy, 'role <role> @who')],
    ['who has a role', holderMessage(incident, role, policy)],
    ['who has taken it', takenMessage(role, by, policy)],
    ['have it already', yoursAlready(role, policy)],
    ['no history', history(0)],
    ['a long history', history(500)],
    ['an assignment', newsMessage({ what: 'assigned', role, person: by, by: 'U0ANA', from: 'U0EVA' }, policy)],
    ['a decline', newsMessage({ what: 'declined', role, person: by, by, reason: text(3000) }, policy)],
    ['duties', dutiesMessage(incident, role, by, policy)],
    ['relieved', relievedMessage(incident, role, by, 'U0ANA', policy)],
    ['offer declined', offerDeclinedMessage(incident, role, by, text(3000), policy)],
    ['long duty', longDutyMessage(incident, role, '3 h', policy)],
    ['untrained, nobody is', untrainedMessage(incident, { role, person: by }, [], policy)],
    ['untrained', untrainedMessage(incident, { role, person: by }, trained(20), policy)],
    ['an offer', offer('open')],
    ['an offer, accepted', offer('accepted')],
  ];
}

function modals(incident: Incident, text: (length: number) => string): View[] {
  const draft = {
    title: text(4000),
    summary: text(40_000),
    metadata: { answerTo: 'command:1.2.abc', seen: ['a', 'b', 'c'].map((id) => id.repeat(30)) },
    similar: many(3, text),
  };
  const form = { callback_id: 'form', private_metadata: '{}' };
  return [
    ['declare', declareModal(draft, aLongPolicy())],
    ['declare, empty', declareModal({ title: '', summary: '', metadata: { seen: [] }, similar: [] }, aLongPolicy())],
    ['declare, without services', declareModal({ ...draft, similar: [] }, thePolicy({ services: {} }))],
    ['update', { ...updateModal(incident, aLongPolicy(), now), ...form }],
    [
      'update, private',
      { ...updateModal({ ...incident, isPrivate: true }, aLongPolicy(), now, text(40_000)), ...form },
    ],
    [
      'update, asked for',
      { ...updateModal({ ...incident, updateRequests: requests(100, text) }, aLongPolicy(), now), ...form },
    ],
    [
      'preview',
      previewModal(
        previewOf({ ...incident, updateRequests: requests(100, text) }, anUpdate(text(3000)), by, now, aLongPolicy()),
      ),
    ],
    ['preview of nothing', previewModal(previewOf(incident, undefined, by, now, aLongPolicy()))],
    ['status', { ...statusModal(incident), ...form }],
    ['severity', { ...severityModal(incident, aLongPolicy()), ...form }],
    ['roles', { ...rolesModal(incident, aLongPolicy(), 'U0EVA'), ...form }],
    [
      'roles, nobody has one',
      { ...rolesModal({ ...incident, roles: {} }, aLongPolicy(), 'U0EVA', nasty(300)), ...form },
    ],
    ['hand over', { ...handoverModal(incident, aLongPolicy(), now, { role: 'role-0', to: by }), ...form }],
    ['resolve', { ...resolveModal(incident, aLongPolicy(), now, { fix: text(4000), ended: now }), ...form }],
    ['impact', { ...impactModal(incident, aLongPolicy(), now), ...form }],
    [
      'impact, from the button',
      { ...impactModal({ ...incident, impact: { felt: 'no' } }, thePolicy(), now, now), ...form },
    ],
    ['correct', { ...correctModal(incident), ...form }],
    ['correct, typed', { ...correctModal(incident, { of: 'declared', to: now, reason: text(4000) }), ...form }],
    ['reopen', { ...reopenModal(incident, text(4000)), ...form }],
    ['close', { ...closeModal(incident, text(4000)), ...form }],
    ['decline', { ...declineModal(incident, text(4000)), ...form }],
    ['cancel', { ...cancelModal(incident, ''), ...form }],
    ['merge', { ...mergeModal(incident, many(200, text), many(3, text)), ...form }],
    ['merge with one', { ...mergeModal(incident, many(1, text), []), ...form }],
    ['rename', { ...renameModal(incident, text(4000)), ...form }],
    ['private', { ...privateModal(incident), ...form }],
    ['decide', decideModal({ title: text(4000), answerTo: 'command:1.2.abc' }, aLongPolicy())],
    ['verdict', verdictModal(verdictOf([0, 0, 0, 0, 0], aLongPolicy()), { title: text(4000) }, aLongPolicy())],
    ['verdict: none', verdictModal(verdictOf([3, 5, 2], thePolicy()), { title: '' }, thePolicy())],
    ['page somebody', pageModal(incident, { ...aPageDraft(text), target: 'target-7', person: 'U0BEN' }, aLongPolicy())],
    ['page somebody, outside', pageModal(undefined, { ...aPageDraft(text), choose: many(120, text) }, aLongPolicy())],
    ['declare, with whom it wakes', declareModal({ ...draft, woken: 'a'.repeat(4_000) }, aLongPolicy())],
    ['declare, after a verdict', declareModal({ ...draft, severity: 'sev1', felt: 'yes' }, aLongPolicy())],
    ['what I follow', subscriptionsModal({ rules, open: many(200, text).map(followed) }, aLongPolicy())],
    ['what I follow, nothing', subscriptionsModal({ rules: [], open: [] }, thePolicy({ services: {} }))],
    ['home', homeView(aFullHome(many(100, text), text), aLongPolicy(), now)],
    ['home with one of everything', homeView(aFullHome([incident], text, rules.slice(0, 1)), aLongPolicy(), now)],
    ['home, empty', homeView(aFullHome([], text, []), aLongPolicy(), now)],
    ['home, closed', closedHome('guest')],
    ['practice', practiceModal('command:1.2.abc', text(4000), aLongPolicy())],
    ['task', taskModal(incident, { task: aTask(text), metadata: '{}' })],
    ['task of a message', taskModal(undefined, { text: text(4000), choose: many(120, text), metadata: '{}' })],
    ['link', { ...linkModal(incident, text(4000)), ...form }],
    ['link, begun', { ...linkModal(incident, `https://x.example/${'x'.repeat(4000)}`), ...form }],
    [
      'incidents',
      incidentsModal(
        { ...aList, incidents: many(10, text), resolved: many(5, text), older: 7, open: 200 },
        aLongPolicy(),
        now,
      ),
    ],
    ['incidents, none', incidentsModal(aList, aLongPolicy(), now)],
  ];
}

const followed = (incident: Incident) => ({ incident, follows: incident.number % 2 === 0 });
const followedBy = (all: Incident[]) => all.map((incident) => ({ incident, follows: 'following' as const }));
const rules: Rule[] = [
  { what: 'all', of: '' },
  { what: 'severity', of: 'sev2' },
  ...Array.from({ length: 120 }, (_, index) => ({ what: 'service' as const, of: `service-${index}` })),
];

/** As much of everything as there are incidents. */
function aFullHome(all: Incident[], text: (length: number) => string, has = rules): HomeFacts {
  const offer = { from: by, to: 'U0ANA', at: now, state: text(3000), thinking: '', watch: '' };
  const task = { number: 1, text: text(500), owner: 'U0ANA', due: now, by, at: now };
  return {
    handovers: all.map((incident) => ({ incident, role: 'commander', offer })),
    tasks: all.map((incident) => ({ incident, task })),
    followUps: all.map((incident) => ({
      incident,
      followUp: { ...task, kind: 'detect', priority: 'high', proof: '' } as FollowUp,
    })),
    postmortems: all,
    mine: all.map((incident) => ({ incident, roles: ['commander', text(40)] })),
    others: all,
    rules: has,
    followed: all,
  };
}

const circumstances: [string, Incident, (length: number) => string][] = [
  [
    'an incident like any other',
    anIncident({ latestUpdate: { number: 1, text: 'Better', by, at: now } }),
    () => 'Better',
  ],
  ['with hostile text', aNastyIncident(), nasty],
  ['with text that grows when escaped', aNastyIncident({}, ampersands), ampersands],
  ['with nothing but lines', aNastyIncident({ isPractice: true }, lines), lines],
  ['that is over', aNastyIncident(over), nasty],
  ['that was merged', aNastyIncident({ ...over, status: 'merged', mergedInto: { id: 'inc_9', number: 9 } }), nasty],
  [
    'merged into a private one',
    aNastyIncident({ status: 'merged', mergedInto: { id: 'inc_9', number: 9, isPrivate: true } }),
    nasty,
  ],
  [
    'that was closed',
    aNastyIncident({ ...over, status: 'closed', reached: { closed: now }, postmortemOwner: by }),
    nasty,
  ],
  ['with all that impact can be', aNastyIncident(feltByAll), nasty],
  ['that is warm', anIncident({ status: 'triage', impact: { felt: 'no' }, detectedAt: now }), nasty],
  ['whose channel is gone', anIncident({ channelGone: 'archived', isPrivate: true, channelIsPublic: true }), nasty],
];

describe.each(circumstances)('every view of an incident %s', (_, incident, text) => {
  it.each(messages(incident, text))('fits a message: %s', (_name, shown) => {
    expect(checkMessage(shown)).toEqual([]);
    expectHarmless(shown);
  });

  it.each(modals(incident, text))('fits a form: %s', (_name, shown) => {
    expect(checkView(shown)).toEqual([]);
    expectHarmless(shown);
  });

  it('fits a topic', () => {
    const said = topic(incident, aLongPolicy());
    expect(said.length).toBeLessThanOrEqual(250);
    expect(said).not.toMatch(/[<>&\n]/);
    expect(said).not.toMatch(unseen);
  });
});

describe('the test itself', () => {
  it.each([
    ['a mention', '<!channel>'],
    ['a person', '<@U1>'],
    ['a link', '<http://x.example|y>'],
    ['half a date', '<!date^177…'],
    ['half an entity', 'Tom &am…'],
    ['a direction mark', 'a \u202e b'],
  ])('sees %s', (_, text) =>
    expect(() => expectHarmless({ text: '', blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] })).toThrow(),
  );

  it('sees what Slack would refuse', () => {
    const tooLong = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } };
    expect(checkMessage({ text: '', blocks: [tooLong] })).not.toEqual([]);
    expect(checkView({ type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks: [] })).not.toEqual(
      [],
    );
  });
});
