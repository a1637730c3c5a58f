import {
  accepts,
  bars,
  cell,
  chart,
  data,
  inMessage,
  long,
  missing,
  mrkdwn,
  pie,
  points,
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
  ['101 rows', table(times(101, () => [cell])), '/rows', tooMany(100)],
  ['21 cells', table([times(21, () => cell)]), '/rows/0', tooMany(20)],
  ['a cell of mrkdwn', table([[mrkdwn('a')]]), '/rows/0/0/type', unsupported('mrkdwn')],
  ['10,001 characters', table([times(2, () => ({ ...cell, text: long(5001) }))]), '/rows', tooLong(10_000)],
  ['10,001 characters of rich text', table([[richText(words(long(10_001)))]]), '/rows', tooLong(10_000)],
  ['21 columns', table([[cell]], { column_settings: times(21, () => null) }), '/column_settings', tooMany(20)],
  [
    'a column to the middle',
    table([[cell]], { column_settings: [{ align: 'middle' }] }),
    '/column_settings/0/align',
    'must be a valid enum value',
  ],
  ['a heading alone', data([[cell]]), '/rows', tooFew(2)],
  ['102 rows of data', data(times(102, () => [cell])), '/rows', tooMany(101)],
  ['a heading of rich text', data([[richText(words('a'))], [cell]]), '/rows/0/0/type', unsupported('rich_text')],
  ['rows of two lengths', data([[cell], [cell, cell]]), '/rows/1', 'all rows must have the same number of cells'],
  ['no caption', data([[cell], [cell]], { caption: undefined }), '', missing('caption')],
  ['101 rows a page', data([[cell], [cell]], { page_size: 101 }), '/page_size', 'must be less than or equal to 100'],
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
  ['a title of 51 characters', chart(pie(['a', 1]), long(51)), '/title', tooLong(50)],
  ['seven segments', chart(pie(...times(7, (at): [string, number] => [`${at}`, 1]))), '/chart/segments', tooMany(6)],
  ['a segment of nothing', chart(pie(['a', 0])), '/chart/segments/0/value', 'must be greater than 0'],
  [
    'seven series',
    bars(times(7, (at) => ({ name: `${at}`, data: points('May', 'June') }))),
    '/chart/series',
    tooMany(6),
  ],
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
