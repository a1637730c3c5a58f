import { expect, it } from '@jest/globals';
import {
  accepts,
  axes,
  bars,
  cell,
  chart,
  counts,
  data,
  inMessage,
  limits,
  long,
  missing,
  mrkdwn,
  pie,
  points,
  ranges,
  refuses,
  richText,
  table,
  times,
  tooFew,
  tooLong,
  tooMany,
  unsupported,
  words,
} from './payloads.ts';

accepts('a table', inMessage, [
  ['10,000 characters', table([[cell, richText(words(long(9_999)))]])],
  [
    'a heading in the second column',
    data(
      [
        [cell, cell],
        [cell, cell],
      ],
      { row_header_column_index: 1 },
    ),
  ],
  ['a heading in the first column', data([[cell], [cell]], { row_header_column_index: 0 })],
  ['100 rows of 20 cells', table(times(100, () => times(20, () => ({ ...cell, text: 'abc' }))))],
  ['columns', table([[cell, richText(words('a'))]], { column_settings: [null, { align: 'right', is_wrapped: true }] })],
  [
    'data',
    data(
      [
        [cell, cell],
        [richText(words('a')), { type: 'raw_number', value: 7, text: '7' }],
      ],
      { page_size: 100 },
    ),
  ],
]);

refuses('a table', inMessage, '/blocks/0', [
  ['a cell of mrkdwn', table([[mrkdwn('a')]]), '/rows/0/0/type', unsupported('mrkdwn')],
  ['10,001 characters', table([times(2, () => ({ ...cell, text: long(5001) }))]), '/rows', tooLong(10_000)],
  ['10,001 characters of rich text', table([[richText(words(long(10_001)))]]), '/rows', tooLong(10_000)],
  [
    'a column to the middle',
    table([[cell]], { column_settings: [{ align: 'middle' }] }),
    '/column_settings/0/align',
    'must be a valid enum value',
  ],
  ['a heading alone', data([[cell]]), '/rows', tooFew(2)],
  ['a heading of rich text', data([[richText(words('a'))], [cell]]), '/rows/0/0/type', unsupported('rich_text')],
  ['rows of two lengths', data([[cell], [cell, cell]]), '/rows/1', 'all rows must have the same number of cells'],
  [
    'a heading before the columns',
    data([[cell], [cell]], { row_header_column_index: -1 }),
    '/row_header_column_index',
    'must be greater than or equal to 0',
  ],
  ['a row that is no list', data([[cell], cell]), '/rows/1', 'must provide an array'],
  ['no caption', data([[cell], [cell]], { caption: undefined }), '', missing('caption')],
  [
    'a heading beyond the columns',
    data([[cell], [cell]], { row_header_column_index: 1 }),
    '/row_header_column_index',
    'must be the index of a column',
  ],
]);

accepts('a chart', inMessage, [
  ['a pie', chart(pie(['sev1', 3], ['sev2', 1]))],
  ['bars', bars([{ name: 'MTTR', data: points('May', 'June') }])],
]);

refuses('a chart', inMessage, '/blocks/0', [
  ['a segment in words', chart(pie(['a', 'one'])), '/chart/segments/0/value', 'must provide a number'],
  ['a segment of nothing', chart(pie(['a', 0])), '/chart/segments/0/value', 'must be greater than 0'],
  [
    'a series that skips a category',
    bars([{ name: 'a', data: points('May') }]),
    '/chart/series/0/data',
    'must have one data point per category',
  ],
  [
    'two series of one name',
    bars(times(2, () => ({ name: 'a', data: points('May', 'June') }))),
    '/chart/series/1/name',
    'must be unique',
  ],
  ['a map', chart({ type: 'map' }), '/chart/type', unsupported('map')],
]);

limits('a text in a chart', inMessage, '/blocks/0', [
  ['a title', 50, (text) => chart(pie(['a', 1]), text), '/title'],
  ['a segment', 20, (text) => chart(pie([text, 0.5])), '/chart/segments/0/label'],
  ['a series', 20, (text) => bars([{ name: text, data: points('May', 'June') }]), '/chart/series/0/name'],
  ['a label below', 50, (text) => axes({ x_label: text }), '/chart/axis_config/x_label'],
  ['a label beside', 50, (text) => axes({ y_label: text }), '/chart/axis_config/y_label'],
]);

counts('a table', inMessage, '/blocks/0', [
  ['rows', 1, 100, (count) => table(times(count, () => [cell])), '/rows'],
  ['cells', 1, 20, (count) => table([times(count, () => cell)]), '/rows/0'],
  [
    'columns described',
    0,
    20,
    (count) => table([[cell]], { column_settings: times(count, () => null) }),
    '/column_settings',
  ],
  ['rows of data', 2, 101, (count) => data(times(count, () => [cell])), '/rows'],
]);

ranges('a table', inMessage, '/blocks/0', [
  ['rows a page', 1, 100, (rows) => data([[cell], [cell]], { page_size: rows }), '/page_size'],
]);

const months = (count: number) => times(count, (at) => `${at}`);

counts('a chart', inMessage, '/blocks/0', [
  [
    'segments',
    1,
    6,
    (count) => chart(pie(...months(count).map((month): [string, number] => [month, 1]))),
    '/chart/segments',
  ],
  [
    'series',
    1,
    6,
    (count) => bars(months(count).map((name) => ({ name, data: points('May', 'June') }))),
    '/chart/series',
  ],
]);

it('takes 20 points in a chart and refuses 21', () => {
  const trend = (count: number) => bars([{ name: 'MTTR', data: points(...months(count)) }], months(count));
  expect(inMessage(trend(20))).toEqual([]);
  expect(inMessage(trend(21))).toEqual([
    { pointer: '/blocks/0/chart/series/0/data', message: tooMany(20) },
    { pointer: '/blocks/0/chart/axis_config/categories', message: tooMany(20) },
  ]);
});
