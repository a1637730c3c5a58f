import { describe, expect, it } from '@jest/globals';
import { checkMessage, checkView } from '../../sandbox/check.ts';
import { pageOf } from '../../src/features/timeline/page.ts';
import type { Line } from '../../src/features/timeline/read.ts';
import {
  addedNote,
  changedNote,
  changeModal,
  entryModal,
  keepMessageModal,
  keptAlready,
  keptText,
  noIncidentForMessage,
  notATime,
  timelineMessage,
} from '../../src/features/timeline/views.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { anIncident, at } from '../support/given.ts';
import { expectHarmless } from '../support/harmless.ts';
import { ampersands, aNastyIncident, nasty, lines as onlyLines } from '../support/nasty.ts';

type Text = (length: number) => string;

const source = { channel: 'C7', ts: '1700000000.000100' };
const linkTo = () => 'https://example.slack.com/archives/C7/p1700000000000100';

/** An entry with everything that one can have, of each kind in turn. */
const aLine = (text: Text, index: number): Line => ({
  id: index % 2 ? 'm:C7:1700000000.000100' : `e:${index}`,
  at: at('09:00'),
  by: index % 3 ? 'U0BEN' : 'tocsin',
  text: text(4000),
  files: Array.from({ length: index % 2 ? 500 : 0 }, () => aFile),
  ...(index % 2 && { source, author: index % 4 === 1 ? 'U0BEN' : 'B0APP' }),
  ...(index % 5 === 0 && { hidden: true }),
  changes: changes(text),
});

const aFile = { id: 'F1', name: 'graph.png', type: 'image/png', link: linkTo() };
const changes = (text: Text): Line['changes'] =>
  Array.from({ length: 10 }, () => ({
    by: 'U0BEN',
    at: at('09:10'),
    reason: text(3000),
    before: { at: at('08:50'), text: text(3000) },
  }));

/** Thirty of them over and over: a test of a thousand entries need not make a thousand. */
function some(count: number, text: Text): Line[] {
  const kinds = Array.from({ length: Math.min(count, 30) }, (_, index) => aLine(text, index));
  return Array.from({ length: count }, (_, index) => kinds[index % 30] ?? aLine(text, index));
}

const showing = (count: number, text: Text, looking = {}) => ({
  page: pageOf(some(count, text), looking),
  linkTo,
  mayAdd: true,
  mayEdit: true,
});
const looking = { start: 500, hidden: true };

const change = { type: 'timelineChanged', entry: 'e:1', at: at('09:00'), hidden: true } as const;

const circumstances: [string, Incident, Text][] = [
  ['like any other', anIncident(), () => 'Restarted'],
  ['with hostile text', aNastyIncident(), nasty],
  ['with text that grows when escaped', aNastyIncident({}, ampersands), ampersands],
  ['with nothing but lines', aNastyIncident({}, onlyLines), onlyLines],
];

describe.each(circumstances)('the timeline of an incident %s', (_, incident, text) => {
  it.each([0, 1, 100, 1000])('fits a message with %d entries', (count) => {
    for (const view of [
      timelineMessage(incident, showing(count, text)),
      timelineMessage(incident, showing(count, text, looking)),
      timelineMessage(incident, { ...showing(count, text), mayAdd: false, mayEdit: false }),
    ]) {
      expect(checkMessage(view)).toEqual([]);
      expectHarmless(view);
    }
  });

  it.each([
    ['added', addedNote({ type: 'timelineAdded', text: text(3000), at: at('09:00') }, 'U0BEN')],
    ['a message from elsewhere', addedNote({ type: 'timelineAdded', at: at('09:00'), source }, 'U0BEN')],
    ['changed', changedNote({ ...change, text: text(3000), reason: text(3000) }, 'U0BEN')],
    ['kept', keptText(incident)],
    ['kept already', keptAlready(incident)],
    ['no incident', noIncidentForMessage],
    ['no time', notATime(text(4000), text(40_000))],
  ])('fits a message: %s', (_name, view) => {
    expect(checkMessage(view)).toEqual([]);
    expectHarmless(view);
  });

  it.each([
    ['a new entry', { ...entryModal(incident), callback_id: 'timeline-entry' }],
    ['what was typed', { ...entryModal(incident, { text: text(40_000), at: at('09:00') }), callback_id: 'x' }],
    ['a change', changeModal(incident, aLine(text, 0), '{}')],
    ['a change of a message', changeModal(incident, { ...aLine(text, 1), changes: [] }, '{}')],
    [
      'which incident',
      keepMessageModal(
        Array.from({ length: 200 }, () => incident),
        text(40_000),
        '{}',
      ),
    ],
  ])('fits a form: %s', (_name, view) => {
    expect(checkView(view)).toEqual([]);
    expectHarmless(view);
  });
});

it('names people and shows times in the zone of whoever reads', () => {
  const line = { ...aLine(() => '', 2), text: 'Scribe was given to @U012AB3CD at 2026-03-02 08:30 UTC by @CHANNEL' };
  const message = timelineMessage(anIncident(), { ...showing(0, nasty), page: pageOf([line], {}) });
  expect(JSON.stringify(message)).toMatch(/given to <@U012AB3CD> at <!date\^1772440200\^.*> by @CHANNEL/);
});
