import { expect, it } from '@jest/globals';
import {
  button,
  card,
  container,
  feedback,
  inMessage,
  long,
  missing,
  mrkdwn,
  plain,
  refuses,
  section,
  select,
  times,
  tooFew,
  tooLong,
  tooMany,
  trash,
  unsupported,
} from './payloads.ts';

refuses('the newer blocks', inMessage, '/blocks/0', [
  ['an empty card', { type: 'card' }, '', 'must define either `hero_image` or `title` or `actions` or `body`'],
  ['a card of 151 characters', { type: 'card', title: mrkdwn(long(151)) }, '/title/text', tooLong(150)],
  ['a card with 201 characters inside', { type: 'card', body: mrkdwn(long(201)) }, '/body/text', tooLong(200)],
  ['a menu on a card', { type: 'card', actions: [select] }, '/actions/0/type', unsupported('static_select')],
  ['eleven cards', { type: 'carousel', elements: times(11, card) }, '/elements', tooMany(10)],
  ['no card', { type: 'carousel', elements: [] }, '/elements', tooFew(1)],
  ['a section in a carousel', { type: 'carousel', elements: [section] }, '/elements/0/type', unsupported('section')],
  ['eleven blocks in a container', container({ child_blocks: times(11, () => section) }), '/child_blocks', tooMany(10)],
  [
    'a container in a container',
    container({ child_blocks: [container()] }),
    '/child_blocks/0/type',
    unsupported('container'),
  ],
  [
    'a container without a title',
    container({ title: undefined }),
    '',
    'must define either `title` or `rich_text_title`',
  ],
  ['a container of 151 characters', container({ title: plain(long(151)) }), '/title/text', tooLong(150)],
  ['a width of our own', container({ width: 'half' }), '/width', 'must be a valid enum value'],
  [
    'what cannot collapse, collapsed',
    container({ default_collapsed: true }),
    '/default_collapsed',
    'must define `is_collapsible` to use `default_collapsed`',
  ],
  ['six context actions', { type: 'context_actions', elements: times(6, feedback) }, '/elements', tooMany(5)],
  [
    'a button as context action',
    { type: 'context_actions', elements: [button] },
    '/elements/0/type',
    unsupported('button'),
  ],
  [
    'an icon of our own',
    { type: 'context_actions', elements: [{ ...trash(), icon: 'bell' }] },
    '/elements/0/icon',
    'must be a valid enum value',
  ],
  ['a plan titled with an object', { type: 'plan', title: plain('a') }, '/title', 'must provide a string'],
  ['a task without a status', { type: 'task_card', task_id: 't', title: 'a' }, '', missing('status')],
  [
    'a task that is late',
    { type: 'task_card', task_id: 't', title: 'a', status: 'late' },
    '/status',
    'must be a valid enum value',
  ],
]);

it('looks for doubled ids inside a container', () => {
  const child = { ...section, block_id: 'a' };
  expect(inMessage(container({ child_blocks: [child, child] }))).toEqual([
    { pointer: '/blocks/0/child_blocks/1/block_id', message: '`block_id` "a" already exists' },
  ]);
});
