import { describe, expect, it } from '@jest/globals';
import { type Row, rowsOf } from '../../../sandbox/ui/shell/rows.ts';
import { merged } from '../../../sandbox/ui/state/sorted.ts';
import type { Message } from '../../../sandbox/wire.ts';

const said = (seconds: number, rest: Partial<Message> = {}): Message => ({
  type: 'message',
  channel: 'C1',
  ts: `${1_767_000_000 + seconds}.000100`,
  user: 'UANA',
  text: String(seconds),
  ...rest,
});

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const rows = (messages: Message[], more: { readUpTo?: string; isWhole?: boolean } = {}) =>
  rowsOf(messages, { dayOf, viewer: 'UME', isWhole: false, ...more });
/** What one reads from the top to the bottom. */
const shape = (all: Row[]) =>
  all.flatMap((row) => {
    if (row.kind === 'intro') return ['intro'];
    const above = [row.day !== undefined && 'day', row.isNew && 'new'].filter((one) => one !== false);
    return [...above, [row.message.text, row.follows]];
  });

describe('the rows of a channel', () => {
  it('write a name once for what somebody says within five minutes', () =>
    expect(shape(rows([said(0), said(60), said(400), said(401, { user: 'UBEN' })]))).toEqual([
      'day',
      ['0', false],
      ['60', true],
      ['400', false],
      ['401', false],
    ]));

  it('never put what is pinned, private or a system’s word under another’s name', () =>
    expect(
      shape(
        rows([
          said(0),
          said(1, { pinned: true }),
          said(2, { ephemeralFor: 'UME' }),
          said(3, { subtype: 'channel_join' }),
        ]),
      ),
    ).toEqual(['day', ['0', false], ['1', false], ['2', false], ['3', false]]));

  it('begin each day, and a whole channel with its intro', () =>
    expect(shape(rows([said(0), said(86_400)], { isWhole: true }))).toEqual([
      'intro',
      'day',
      ['0', false],
      'day',
      ['86400', false],
    ]));

  it('draw one line above what is new, and none above one’s own words', () => {
    const readUpTo = said(0).ts;
    expect(shape(rows([said(0), said(1, { user: 'UME' }), said(2), said(3)], { readUpTo }))).toEqual([
      'day',
      ['0', false],
      ['1', false],
      'new',
      ['2', false],
      ['3', true],
    ]);
  });

  it('keep their keys when older ones come in', () => {
    const keys = (all: Row[]) => all.map(({ key }) => key);
    const newest = [said(10), said(20)];
    expect(keys(rows([said(0), ...newest])).slice(1)).toEqual(keys(rows(newest)));
  });
});

describe('messages that come in', () => {
  const before = [said(0), said(10), said(20)];
  const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);

  it('are put in order, whatever order they came in', () =>
    expect(texts(merged(before, [said(30), said(15), said(5)]))).toEqual(['0', '5', '10', '15', '20', '30']));

  it('replace what they change and take away what is deleted', () =>
    expect(
      texts(merged(before, [said(10, { text: 'better' }), said(20, { deleted: true }), said(40, { deleted: true })])),
    ).toEqual(['0', 'better']));

  it('leave the list that was there alone', () => {
    merged(before, [said(5), said(10, { deleted: true })]);
    expect(texts(before)).toEqual(['0', '10', '20']);
    expect(merged(before, [])).toBe(before);
  });
});
