import { describe, expect, it } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { checkMessage, checkView } from '../../sandbox/check.ts';
import { hintsFor } from '../../src/features/follow-ups/hints.ts';
import type { Document } from '../../src/features/postmortem/document.ts';
import { clashModal, editModal, pointedModal, tooLongForForm } from '../../src/features/postmortem/edit-views.ts';
import {
  announcedMessage,
  draftedMessage,
  goesOnMessage,
  inReviewMessage,
  lateMessage,
  ownerMessage,
  publishedMessage,
  reopenedMessage,
  soonMessage,
  yoursMessage,
} from '../../src/features/postmortem/messages.ts';
import type { Draft } from '../../src/features/postmortem/sections.ts';
import {
  noPostmortem,
  ownerModal,
  postmortemMessage,
  readMessage,
  reopenModal,
  whichSection,
} from '../../src/features/postmortem/views.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Postmortem } from '../../src/incident/postmortem.ts';
import type { Message } from '../../src/slack/blocks.ts';
import { anIncident, at } from '../support/given.ts';
import { ampersands, aNastyIncident, lines, nasty } from '../support/nasty.ts';

const aHint = (words: string) =>
  ({ from: 0, to: words.length, rule: 'blame', why: 'Why.', rewrite: 'What.', words }) as const;

const by = 'U0BEN';
const metadata = JSON.stringify({ incident: 'inc_7', here: true, section: 'summary', base: 3 });
const begun: Postmortem = { status: 'draft', draftedAt: at('09:50'), reviewDue: at('10:00'), publishDue: at('11:00') };

const revision = (text: string, number = 1) => ({
  section: 'summary',
  revision: number,
  text,
  by,
  at: at('09:55'),
  aside: false,
});

function aDraft(index: number, text: (length: number) => string): Draft {
  return {
    key: `section-${index}`,
    title: text(300),
    text: text(3000),
    revision: index % 3,
    ...(index % 3 > 0 && { by, at: at('09:55') }),
    asides: index % 2 ? [{ ...revision(text(40_000), 9), aside: true }] : [],
    questions: index % 4,
    nodes: [],
  };
}

const drafts = (count: number, text: (length: number) => string) =>
  Array.from({ length: count }, (_, index) => aDraft(index, text));

function aDocument(incident: Incident, count: number, length: number, text: (length: number) => string): Document {
  const sections = Array.from({ length: count }, (_, index) => ({
    key: `section-${index}`,
    title: text(100),
    markdown: text(length),
    revision: 0,
  }));
  return { incident, title: text(300), status: 'draft', sections, services: [], names: new Map(), madeAt: at('10:00') };
}

const messages = (incident: Incident, text: (length: number) => string): [string, Message][] => [
  ['drafted', draftedMessage(incident)],
  ['goes on', goesOnMessage(incident)],
  ['in review', inReviewMessage(incident, by)],
  ['published', publishedMessage(incident, by)],
  ['re-opened', reopenedMessage(incident, by, text(3000))],
  ['an owner', ownerMessage(incident, by, 'U0ANA')],
  ['announced', announcedMessage(incident)],
  ['yours', yoursMessage(incident)],
  ['due soon', soonMessage(incident, 'review')],
  ['late', lateMessage(incident, 'publish', true)],
  ['late, of somebody else', lateMessage(incident, 'review', false)],
  ['the state, no section', postmortemMessage(incident, [])],
  ['the state, one section', postmortemMessage(incident, drafts(1, text))],
  ['the state, many sections', postmortemMessage(incident, drafts(100, text))],
  ['all of it, nothing', readMessage(aDocument(incident, 0, 0, text))],
  ['all of it', readMessage(aDocument(incident, 1, 500, text))],
  ['all of it, too long', readMessage(aDocument(incident, 100, 40_000, text))],
  ['none', noPostmortem(incident)],
  [
    'which section',
    whichSection(
      text(4000),
      drafts(100, text).map(({ title }) => title),
    ),
  ],
  ['too long for a form', tooLongForForm(aDraft(1, text))],
];

const form = { callback_id: 'form', private_metadata: '{}' };
const modals = (incident: Incident, text: (length: number) => string): [string, ModalView][] => [
  ['owner', { ...ownerModal(incident), ...form }],
  ['re-open', { ...reopenModal(incident, ''), ...form }],
  ['re-open, typed', { ...reopenModal(incident, text(4000)), ...form }],
  ['edit', editModal(incident, aDraft(0, text), metadata)],
  ['edit, nothing yet', editModal(incident, { ...aDraft(0, text), text: '' }, metadata)],
  ['edit, with something kept aside', editModal(incident, aDraft(1, text), metadata)],
  ['a clash', clashModal(text(300), revision(text(40_000)), text(3000), metadata)],
  [
    'what may blame, and what may never be done',
    pointedModal(text(300), {
      pointed: Array.from({ length: 100 }, () => aHint(text(2000))),
      weak: Array.from({ length: 100 }, () => ({ words: text(2000), hints: hintsFor({ text: text(2000) }) })),
    }),
  ],
  ['a clash with nothing', clashModal('Summary', revision(''), '', metadata)],
];

const over: Partial<Incident> = { status: 'resolved', resolvedAt: at('09:50'), postmortem: begun };
const circumstances: [string, Incident, (length: number) => string][] = [
  ['like any other', anIncident({ ...over, postmortemOwner: by }), () => 'Better'],
  ['that nobody owes', anIncident({ ...over, postmortem: { status: 'draft', draftedAt: at('09:50') } }), () => 'x'],
  ['in review', anIncident({ ...over, postmortem: { ...begun, status: 'in-review' } }), () => 'x'],
  [
    'that is published',
    anIncident({ ...over, postmortem: { ...begun, status: 'published', publishedAt: at('10:00') } }),
    () => 'x',
  ],
  ['with hostile text', aNastyIncident(over), nasty],
  ['with text that grows when escaped', aNastyIncident(over, ampersands), ampersands],
  ['with nothing but lines', aNastyIncident({ ...over, isPractice: true }, lines), lines],
];

/** Of what Slack reads as markup, nothing in angle brackets is anybody's but ours. */
function harmless(shown: unknown): void {
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, text } = value as { type?: unknown; text?: unknown };
    if ((type === 'mrkdwn' || type === undefined) && typeof text === 'string') {
      const ours = /^> |<@U0[A-Z]+>|<#C7>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+ UTC>/gm;
      expect(text.replace(ours, '')).not.toMatch(/[<>]/);
    }
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(shown);
}

describe.each(circumstances)('of a postmortem %s', (_, incident, text) => {
  it.each(messages(incident, text))('every message fits: %s', (_name, shown) => {
    expect(checkMessage(shown)).toEqual([]);
    harmless(shown);
  });
  it.each(modals(incident, text))('every form fits: %s', (_name, shown) => {
    expect(checkView(shown)).toEqual([]);
    harmless(shown);
  });
});
