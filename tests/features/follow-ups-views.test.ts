import { describe, expect, it } from '@jest/globals';
import { checkMessage, checkView } from '../../sandbox/check.ts';
import { dateModal, dropModal, followUpModal } from '../../src/features/follow-ups/form-views.ts';
import { hintsFor } from '../../src/features/follow-ups/hints.ts';
import { followUpsLine } from '../../src/features/follow-ups/lines.ts';
import {
  afterPress,
  carriedMessage,
  carriedNote,
  droppedNote,
  dueMessage,
  followUpNote,
  givenMessage,
  hintsMessage,
  offerMessage,
} from '../../src/features/follow-ups/messages.ts';
import { followUpsMessage, notADate, notATicket, unclearFollowUp } from '../../src/features/follow-ups/views.ts';
import type { FollowUp, Incident } from '../../src/incident/incident.ts';
import type { Message } from '../../src/slack/blocks.ts';
import { anIncident, at } from '../support/given.ts';
import { ampersands, aNastyIncident, lines, nasty } from '../support/nasty.ts';

const now = at('10:00');
const by = 'U0BEN';
const linkTo = () => 'https://example.slack.com/archives/C7/p1700000000000100';

const followUps = (count: number, text: (length: number) => string): FollowUp[] =>
  Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    text: text(500),
    kind: index % 2 ? 'process' : 'detect',
    priority: index % 2 ? 'medium' : 'high',
    due: index % 2 ? at('09:00') : at('12:00'),
    proof: index % 3 ? text(3000) : '',
    by,
    at: now,
    ...(index % 4 && { owner: by }),
    ...(index % 2 && { source: { channel: 'C7', ts: '1700000000.000100' } }),
    ...(index % 2 === 0 && {
      ticket: {
        tracker: 'tracker.example',
        key: text(60),
        url: `https://tracker.example/${text(10)}|${'x'.repeat(500)}`,
      },
    }),
    ...(index % 5 === 4 && { done: { by, at: now } }),
  }));

type View = [name: string, shown: Message];

function messages(incident: Incident, text: (length: number) => string): View[] {
  const all = incident.followUps;
  const [one = followUps(1, text)[0] as FollowUp] = all;
  const hints = hintsFor({ text: one.text });
  return [
    ['list', followUpsMessage(incident, now, linkTo)],
    ['a page further down', followUpsMessage(incident, now, linkTo, 20)],
    ['a page that is gone', followUpsMessage(incident, now, linkTo, 5_000)],
    ['list, over', followUpsMessage({ ...incident, status: 'resolved' }, now, linkTo)],
    ['note', followUpNote('added', one, by)],
    ['note of those that were tasks', carriedNote(all, by)],
    ['dropped', droppedNote(7, by, text(3000))],
    ['given', givenMessage(incident, one, by)],
    ['due', dueMessage(incident, one, by, now)],
    ['due, of somebody else', dueMessage(incident, { ...one, owner: undefined }, by, at('23:00'))],
    ['after a press', afterPress(incident, 7, 'Done')],
    ['hints', hintsMessage(incident, one, hints)],
    ['offer', offerMessage(incident, incident.tasks)],
    ['carried over', carriedMessage(incident, 100)],
    ['nothing carried over', carriedMessage(incident, 0)],
    ['no date', notADate(text(4000), text(40_000))],
    ['unclear', unclearFollowUp('done 3')],
    ['no ticket', notATicket],
    ['headline', { text: followUpsLine(incident).join('\n') }],
  ];
}

function forms(incident: Incident, text: (length: number) => string): [string, object][] {
  const [one = followUps(1, text)[0] as FollowUp] = incident.followUps;
  const many = Array.from({ length: 120 }, (_, index) => aNastyIncident({}, text, index + 1));
  return [
    ['new', followUpModal(incident, { text: text(4000), due: now, metadata: '{}' })],
    ['of a message', followUpModal(undefined, { text: text(4000), choose: many, metadata: '{}' })],
    ['change', followUpModal(incident, { followUp: one, metadata: '{}' })],
    ['hints', followUpModal(incident, { followUp: one, hints: hintsFor({ text: one.text }), metadata: '{}' })],
    ['date', dateModal(incident, one, '{}')],
    ['drop', dropModal(incident, one, '{}')],
  ];
}

const circumstances = [0, 1, 100].flatMap((count): [string, Incident, (length: number) => string][] => [
  [`${count} like any other`, anIncident({ followUps: followUps(count, () => 'Add an alert') }), () => 'Add an alert'],
  [`${count} with hostile text`, aNastyIncident({ followUps: followUps(count, nasty) }), nasty],
  [
    `${count} with text that grows`,
    aNastyIncident({ followUps: followUps(count, ampersands) }, ampersands),
    ampersands,
  ],
  [`${count} with nothing but lines`, aNastyIncident({ followUps: followUps(count, lines) }, lines), lines],
]);

/** What the bot itself says in angle brackets. */
const ours =
  /^> |<https:\/\/[^|>\s]+\|[^<>]*>|<@U0[A-Z]+>|<#C7>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+ UTC>/gm;

/** Of a message: what people wrote mentions nobody and links nowhere. */
function expectHarmless({ text, blocks = [] }: Message): void {
  const markup = [text, ...blocks.flatMap((block) => markupOf(block))];
  for (const said of markup) expect(said.replace(ours, '')).not.toMatch(/[<>]/);
}

const markupOf = (block: object): string[] =>
  [...JSON.stringify(block).matchAll(/"type":"mrkdwn","text":("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) =>
    JSON.parse(text),
  );

describe.each(circumstances)('follow-ups: %s', (_, incident, text) => {
  it.each(messages(incident, text))('fit a message: %s', (_name, shown) => {
    if (shown.text) expect(checkMessage(shown)).toEqual([]);
    expectHarmless(shown);
  });

  it.each(forms(incident, text))('fit a form: %s', (_name, shown) => expect(checkView(shown)).toEqual([]));
});

describe('the list', () => {
  it('shows what is open first, soonest first, ten on a page', () => {
    const made = followUps(100, () => 'Add an alert');
    const shown = JSON.stringify(followUpsMessage(anIncident({ followUps: made }), now, linkTo));
    expect(shown.match(/follow-up-menu/g)).toHaveLength(10);
    expect(shown).toMatch(/80 open follow-ups/);
    expect(shown).toMatch(/90 more/);
    expect(shown.indexOf('overdue')).toBeLessThan(shown.indexOf('Done when'));
    expect(JSON.stringify(followUpsMessage(anIncident({ followUps: made }), now, linkTo, 90))).toMatch(/Back/);
  });

  it('offers to go on with tasks that were left, once it is over', () => {
    const tasks = [{ number: 1, text: 'Restart', by, at: now }];
    const button = 'Make a follow-up of 1 task';
    expect(JSON.stringify(followUpsMessage(anIncident({ tasks }), now, linkTo))).not.toContain(button);
    const over = anIncident({ tasks, status: 'resolved' });
    expect(JSON.stringify(followUpsMessage(over, now, linkTo))).toContain(button);
  });
});
