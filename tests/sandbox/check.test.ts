import { describe, expect, it } from '@jest/globals';
import { checkMessage, checkView, type Problem } from '../../sandbox/check.ts';
import {
  accepts,
  actions,
  type Block,
  card,
  cell,
  chart,
  container,
  data,
  empty,
  home,
  inHome,
  inMessage,
  inModal,
  input,
  long,
  missing,
  modal,
  mrkdwn,
  number,
  pie,
  plain,
  press,
  refuses,
  richText,
  section,
  table,
  times,
  tooLong,
  tooMany,
  unknownKey,
  unsupported,
  words,
} from './check/payloads.ts';

accepts('a message', (given) => checkMessage(given as Block), [
  ['text alone', { text: 'words' }],
  ['50 blocks', { text: 'words', blocks: times(50, () => section) }],
  ['empty text and no attachments', { text: '', attachments: [], blocks: [section] }],
  ['no blocks', { text: 'words', blocks: [] }],
  ['text of 40,000 characters', { text: long(40_000) }],
  ['blocks in an attachment', { text: 'words', attachments: [{ color: '#e01e5a', blocks: [section] }] }],
  ['metadata', { text: 'words', metadata: { event_type: 'incident', event_payload: { id: 'inc_7' } } }],
  ['a field without a value, which JSON leaves out', { text: 'words', blocks: [{ ...section, block_id: undefined }] }],
]);

refuses('a message', (given) => checkMessage(given as Block), '', [
  ['more than 40,000 characters', { text: long(40_001) }, '/text', tooLong(40_000)],
  ['text that is no string', { text: 7 }, '/text', 'must provide a string'],
  ['51 blocks', { text: 'words', blocks: times(51, () => section) }, '/blocks', tooMany(50)],
  ['blocks that are no list', { text: 'words', blocks: section }, '/blocks', 'must provide an array'],
  ['a block that is no object', { text: 'words', blocks: ['section'] }, '/blocks/0', 'must provide an object'],
  [
    'an attachment that is no object',
    { text: 'words', attachments: ['red'] },
    '/attachments/0',
    'must provide an object',
  ],
  ['101 attachments', { text: 'words', attachments: times(101, () => ({})) }, '/attachments', tooMany(100)],
  [
    'a wrong block in an attachment',
    { text: 'words', attachments: [{}, { blocks: [{ type: 'section', text: mrkdwn('') }] }] },
    '/attachments/1/blocks/0/text/text',
    empty,
  ],
  [
    'metadata whose payload is no object',
    { text: 'words', metadata: { event_type: 'incident', event_payload: 'inc_7' } },
    '/metadata/event_payload',
    'must provide an object',
  ],
  [
    'a block_id used twice',
    { text: 'words', blocks: [{ ...section, block_id: 'a' }, section, { type: 'divider', block_id: 'a' }] },
    '/blocks/2/block_id',
    '`block_id` "a" already exists',
  ],
  [
    'a block_id used again in an attachment',
    {
      text: 'words',
      blocks: [{ ...section, block_id: 'a' }],
      attachments: [{ blocks: [{ ...section, block_id: 'a' }] }],
    },
    '/attachments/0/blocks/0/block_id',
    '`block_id` "a" already exists',
  ],
  [
    'markdown of more than 12,000 characters altogether',
    { text: 'words', blocks: times(2, () => ({ type: 'markdown', text: long(6001) })) },
    '/blocks',
    'markdown blocks must be less than 12001 characters together',
  ],
  [
    'a second table',
    { text: 'words', blocks: times(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] })) },
    '/blocks/1',
    'only_one_table_allowed',
  ],
  [
    'a third chart',
    { text: 'words', blocks: times(3, () => ({ type: 'data_visualization', title: 'Share', chart: pie(['a', 1]) })) },
    '/blocks/2',
    'no more than 2 data_visualization blocks allowed',
  ],
]);

describe('surfaces', () => {
  it.each([
    ['alert', { type: 'alert', text: plain('a'), level: 'warning' }, ['modal']],
    ['card', card(), ['message', 'modal', 'home']],
    ['carousel', { type: 'carousel', elements: [card()] }, ['message', 'home']],
    ['container', container(), ['message']],
    ['table', table([[cell]]), ['message', 'home']],
    ['data_table', data([[cell], [cell]]), ['message', 'home']],
    ['data_visualization', chart(pie(['a', 1])), ['message']],
    ['context_actions', { type: 'context_actions', elements: [{ type: 'x' }] }, ['message']],
    ['markdown', { type: 'markdown', text: 'a' }, ['message']],
    ['plan', { type: 'plan', title: 'a' }, ['message']],
    ['task_card', { type: 'task_card', task_id: 't', title: 'a', status: 'error' }, ['message']],
    ['file', { type: 'file', external_id: 'a', source: 'remote' }, ['message']],
    ['rich_text', richText(words('a')), ['message', 'modal', 'home']],
  ])('shows %s only where Slack does', (type, block, surfaces) => {
    const refused = ([_, problems]: [string, Problem[]]) =>
      problems.some(({ message, pointer }) => message === unsupported(type) && pointer.endsWith('/0/type'));
    const places: [string, Problem[]][] = [
      ['message', inMessage(block)],
      ['modal', inModal(block)],
      ['home', inHome(block)],
    ];
    expect(places.filter((place) => !refused(place)).map(([surface]) => surface)).toEqual(surfaces);
  });

  it.each([
    ['file_input', input({ type: 'file_input' }), inMessage, '/blocks/0/element/type'],
    ['email_text_input', input({ type: 'email_text_input' }), inHome, '/view/blocks/0/element/type'],
    ['number_input', input(number), inMessage, '/blocks/0/element/type'],
    ['url_text_input', input({ type: 'url_text_input' }), inHome, '/view/blocks/0/element/type'],
    ['rich_text_input', input({ type: 'rich_text_input' }), inMessage, '/blocks/0/element/type'],
    ['datetimepicker', actions({ type: 'datetimepicker' }), inHome, '/view/blocks/0/elements/0/type'],
  ])('keeps %s from where it does not work', (type, block, check, pointer) => {
    expect(check(block)).toEqual([{ pointer, message: unsupported(type) }]);
  });

  it('lets a menu answer only from an input of a modal', () => {
    const asking = input({ type: 'channels_select', response_url_enabled: true });
    expect(inMessage(asking)).toMatchObject([{ pointer: '/blocks/0/element/response_url_enabled' }]);
  });
});

accepts('a view', checkView, [
  ['a modal', modal([section], { private_metadata: long(3000), callback_id: long(255), external_id: 'a' })],
  ['empty ids and metadata', modal([section], { private_metadata: '', callback_id: '', external_id: '' })],
  ['100 blocks', modal(times(100, () => section))],
  ['a modal to read, without submit', modal([section], { submit: undefined, close: plain('Close') })],
  ['a home', home([section, actions(press('declare'))])],
  ['one element in focus', modal([input({ type: 'plain_text_input', focus_on_load: true })])],
  ['one action_id in two blocks', modal([actions(press('a')), actions(press('a'))])],
]);

refuses('a view', checkView, '/view', [
  ['nothing', null, '', 'must provide an object'],
  ['an unknown type', { type: 'dialog', blocks: [] }, '/type', unsupported('dialog')],
  ['no title', modal([section], { title: undefined }), '', missing('title')],
  ['no blocks', modal(undefined), '', missing('blocks')],
  ['101 blocks', modal(times(101, () => section)), '/blocks', tooMany(100)],
  ['101 blocks at home', home(times(101, () => section)), '/blocks', tooMany(100)],
  ['a title of 25 characters', modal([section], { title: plain(long(25)) }), '/title/text', tooLong(24)],
  ['a title in mrkdwn', modal([section], { title: mrkdwn('a') }), '/title/type', unsupported('mrkdwn')],
  ['a submit of 25 characters', modal([section], { submit: plain(long(25)) }), '/submit/text', tooLong(24)],
  ['a close of 25 characters', modal([section], { close: plain(long(25)) }), '/close/text', tooLong(24)],
  [
    '3,001 characters of metadata',
    modal([section], { private_metadata: long(3001) }),
    '/private_metadata',
    tooLong(3000),
  ],
  ['a callback_id of 256 characters', modal([section], { callback_id: long(256) }), '/callback_id', tooLong(255)],
  ['an external_id of 256 characters', modal([section], { external_id: long(256) }), '/external_id', tooLong(255)],
  ['an unknown key', modal([section], { submit_disabled: true }), '', unknownKey('submit_disabled')],
  ['a title at home', { ...home([section]), title: plain('a') }, '', unknownKey('title')],
  [
    'an input without submit',
    modal([section, input({ type: 'plain_text_input' })], { submit: undefined }),
    '/blocks/1/input',
    'must define `submit` to use an `input` block in modals',
  ],
  [
    'two elements in focus',
    modal(times(2, () => input({ type: 'plain_text_input', focus_on_load: true }))),
    '/blocks/1/element/focus_on_load',
    'only one element can be set to `true`',
  ],
  [
    'more than 250 KB',
    modal(times(100, () => ({ type: 'section', text: plain('ä'.repeat(2000)) }))),
    '',
    'must be less than 250001 bytes',
  ],
]);
