import { expect, it } from '@jest/globals';
import {
  button,
  card,
  container,
  contextActions,
  counts,
  feedback,
  image,
  inMessage,
  inModal,
  limits,
  missing,
  mrkdwn,
  plain,
  press,
  refuses,
  section,
  select,
  times,
  tooFew,
  trash,
  unsupported,
} from './payloads.ts';

refuses('the newer blocks', inMessage, '/blocks/0', [
  ['an empty card', { type: 'card' }, '', 'must define either `hero_image` or `title` or `actions` or `body`'],
  ['a menu on a card', { type: 'card', actions: [select] }, '/actions/0/type', unsupported('static_select')],
  [
    'a card with two icons',
    { ...card(), icon: image, slack_icon: { type: 'icon', name: 'bell' } },
    '',
    'must define only one of `icon` or `slack_icon`',
  ],
  ['a card with an icon of no name', { ...card(), slack_icon: { type: 'icon' } }, '/slack_icon', missing('name')],
  ['no card', { type: 'carousel', elements: [] }, '/elements', tooFew(1)],
  ['a section in a carousel', { type: 'carousel', elements: [section] }, '/elements/0/type', unsupported('section')],
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
  ['a width of our own', container({ width: 'half' }), '/width', 'must be a valid enum value'],
  [
    'what cannot collapse, collapsed',
    container({ default_collapsed: true }),
    '/default_collapsed',
    'must define `is_collapsible` to use `default_collapsed`',
  ],
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

limits('a text in a newer block', inMessage, '/blocks/0', [
  ['the title of a card', 150, (text) => ({ ...card(), title: mrkdwn(text) }), '/title/text'],
  ['the subtitle of a card', 150, (text) => ({ ...card(), subtitle: mrkdwn(text) }), '/subtitle/text'],
  ['the body of a card', 200, (text) => ({ ...card(), body: mrkdwn(text) }), '/body/text'],
  ['the small print of a card', 200, (text) => ({ ...card(), subtext: mrkdwn(text) }), '/subtext/text'],
  ['the title of a container', 150, (text) => container({ title: plain(text) }), '/title/text'],
  ['the subtitle of a container', 150, (text) => container({ subtitle: mrkdwn(text) }), '/subtitle/text'],
  ['an icon button', 75, (text) => contextActions({ ...trash(), text: plain(text) }), '/elements/0/text/text'],
  [
    'a feedback button',
    75,
    (text) => contextActions({ ...feedback(), positive_button: { text: plain(text), value: 'good' } }),
    '/elements/0/positive_button/text/text',
  ],
  [
    'the value of a feedback button',
    2000,
    (text) => contextActions({ ...feedback(), negative_button: { text: plain('Bad'), value: text } }),
    '/elements/0/negative_button/value',
  ],
]);

counts('a newer block', inMessage, '/blocks/0', [
  ['buttons on a card', 1, 3, (count) => ({ ...card(), actions: times(count, (at) => press(`b${at}`)) }), '/actions'],
  ['cards', 1, 10, (count) => ({ type: 'carousel', elements: times(count, card) }), '/elements'],
  [
    'blocks in a container',
    1,
    10,
    (count) => container({ child_blocks: times(count, () => section) }),
    '/child_blocks',
  ],
  ['context actions', 1, 5, (count) => contextActions(...times(count, feedback)), '/elements'],
]);

it('takes an icon of Slack on a card', () => {
  expect(inMessage({ ...card(), slack_icon: { type: 'icon', name: 'bell' } })).toEqual([]);
});

it('takes a task without sources and with one', () => {
  const task = { type: 'task_card', task_id: 't1', title: 'Roll back', status: 'complete' };
  const source = { type: 'url', url: 'https://example.com', text: 'Runbook' };
  expect([[], [source]].flatMap((sources) => inMessage({ ...task, sources }))).toEqual([]);
});

limits('an alert', inModal, '/view/blocks/0', [
  ['its text', 200, (text) => ({ type: 'alert', text: mrkdwn(text) }), '/text/text'],
]);
