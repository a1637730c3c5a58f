import { describe, expect, it } from '@jest/globals';
import { checkMessage, checkView } from '../../sandbox/check.ts';
import { announcementMessage, updateReply } from '../../src/features/announcement/views.ts';
import { headlineMessage, topic, troubleMessage } from '../../src/features/channel/views.ts';
import { declareModal, progressMessage } from '../../src/features/declare/views.ts';
import { helpMessage } from '../../src/features/help/feature.ts';
import {
  resolvedMessage,
  resolveModal,
  statusMessage,
  statusModal,
  whichStatus,
} from '../../src/features/lifecycle/views.ts';
import { listMessage } from '../../src/features/list/views.ts';
import { severityMessage, severityModal, whichSeverity } from '../../src/features/severity/views.ts';
import { updateMessage, updateModal } from '../../src/features/updates/views.ts';
import { features } from '../../src/features.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Message } from '../../src/slack/blocks.ts';
import { askWhichIncident, done, noOpenIncident, unknownWord } from '../../src/slack/views.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';
import { aLongPolicy, ampersands, aNastyIncident, lines, nasty } from '../support/nasty.ts';

const now = at('10:00');
const by = 'U0BEN';
const over: Partial<Incident> = {
  status: 'resolved',
  resolvedBy: by,
  resolvedAt: at('09:50'),
  impact: { felt: 'yes', started: at('08:00'), ended: at('09:40') },
};
const many = (count: number, text = nasty) =>
  Array.from({ length: count }, (_, index) => aNastyIncident({}, text, index + 1));

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
    ['update', updateMessage({ text: text(3000), by })],
    ['update in the thread', updateReply({ text: text(3000), by })],
    ['status', statusMessage('monitoring', by, text(3000))],
    ['resolved', resolvedMessage(incident, by, text(3000), now)],
    ['severity', severityMessage({ from: nasty(20), to: nasty(20) }, by, text(3000))],
    ['trouble', troubleMessage(text(80), text(5000), incident)],
    ['list', listMessage({ open: many(200, text), over: many(5, text) }, policy, now)],
    ['list of one', listMessage({ open: [incident], over: [] }, policy, now)],
    ['list of none', listMessage({ open: [], over: [] }, policy, now)],
    ['which incident', askWhichIncident(many(200, text), 'update', 'command:1.2.abc', text(4000))],
    ['no open incident', noOpenIncident(text(4000))],
    ['unknown word', unknownWord(text(4000), 'update', text(4000))],
    ['unknown word, unlike any', unknownWord(text(4000), undefined, text(4000))],
    ['done', done(incident)],
    ['which status', whichStatus(text(4000))],
    ['which severity', whichSeverity(policy)],
    ['help', helpMessage(features.flatMap(({ subcommands = [] }) => subcommands))],
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
    ['update', { ...updateModal(incident), ...form }],
    ['update, private', { ...updateModal({ ...incident, isPrivate: true }), ...form }],
    ['status', { ...statusModal(incident), ...form }],
    ['severity', { ...severityModal(incident, aLongPolicy()), ...form }],
    ['resolve', { ...resolveModal(incident, now), ...form }],
  ];
}

/** Text fields by what Slack makes of them; what a person typed comes back into a form as it was. */
function texts(shown: unknown): { markup: string[]; all: string[] } {
  const found = { markup: [] as string[], all: [] as string[] };
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string' && !['value', 'initial_value', 'private_metadata'].includes(key))
      found.all.push(value);
    if (typeof value !== 'object' || value === null) return;
    const { type, text } = value as { type?: unknown; text?: unknown };
    // Without a type it is the message itself, whose text is markup as well.
    if ((type === 'mrkdwn' || type === undefined) && typeof text === 'string') found.markup.push(text);
    for (const [name, inner] of Object.entries(value)) walk(inner, name);
  };
  walk(shown, '');
  return found;
}

/** What the bot itself says in angle brackets: people and channels of the incident, times, and quotes. */
const ours = /^> |<@U0[A-Z]+>|<#C7>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+ UTC>/gm;
const unseen = /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/;

function expectHarmless(shown: unknown): void {
  const { markup, all } = texts(shown);
  for (const text of markup) {
    expect(text.replace(ours, '')).not.toMatch(/[<>]/);
    // Neither a bare `&` nor half an entity: Slack would show the rest of it.
    expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
  }
  for (const text of all) expect(text).not.toMatch(unseen);
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
