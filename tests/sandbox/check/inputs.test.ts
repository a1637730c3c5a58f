import { expect, it } from '@jest/globals';
import {
  accepts,
  button,
  counts,
  inInput,
  inModal,
  input,
  limits,
  line,
  missing,
  mrkdwn,
  number,
  plain,
  ranges,
  refuses,
  richText,
  times,
  tooFew,
  unknownKey,
  unsupported,
  words,
} from './payloads.ts';

accepts('an input', inInput, [
  ['a line', { type: 'plain_text_input', initial_value: '', min_length: 0, max_length: 3000, multiline: true }],
  ['dispatching', { type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } }],
  ['an e-mail address', { type: 'email_text_input', initial_value: 'ana@example.com' }],
  ['an address', { type: 'url_text_input', placeholder: plain('https://') }],
  ['a number', { ...number, initial_value: '5', min_value: '-1', max_value: '10' }],
  ['formatted text', { type: 'rich_text_input', initial_value: richText(words('a')), min_lines: 2, max_lines: 100 }],
  ['files', { type: 'file_input', filetypes: ['png'], max_files: 10 }],
  ['a menu with an answer', { type: 'conversations_select', response_url_enabled: true }],
]);

refuses('an input', inInput, '/view/blocks/0/element', [
  ['a button', button, '/type', unsupported('button')],
  ['an unknown key', { type: 'plain_text_input', multi_line: true }, '', unknownKey('multi_line')],
  [
    'a minimum above the maximum',
    { type: 'plain_text_input', min_length: 9, max_length: 5 },
    '/min_length',
    'must not be greater than `max_length`',
  ],
  [
    'a dispatch of nothing',
    { type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: [] } },
    '/dispatch_action_config/trigger_actions_on',
    tooFew(1),
  ],
  [
    'a dispatch of our own',
    { type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['on_blur'] } },
    '/dispatch_action_config/trigger_actions_on/0',
    'must be a valid enum value',
  ],
  ['a number that does not say what it is', { type: 'number_input' }, '', missing('is_decimal_allowed')],
  ['a bound that is no string', { ...number, min_value: 1 }, '/min_value', 'must provide a string'],
  ['a bound that is no number', { ...number, max_value: 'ten' }, '/max_value', 'must be a valid number'],
  [
    'bounds the wrong way round',
    { ...number, min_value: '10', max_value: '9' },
    '/min_value',
    'must not be greater than `max_value`',
  ],
  [
    'formatted text as a string',
    { type: 'rich_text_input', initial_value: 'a' },
    '/initial_value',
    'must provide an object',
  ],
]);

refuses('an input block', inModal, '/view/blocks/0', [
  ['no label', { type: 'input', element: line }, '', missing('label')],
  ['no element', { type: 'input', label: plain('a') }, '', missing('element')],
  ['a label in mrkdwn', input(line, { label: mrkdwn('a') }), '/label/type', unsupported('mrkdwn')],
  [
    'dispatching files',
    input({ type: 'file_input' }, { dispatch_action: true }),
    '/dispatch_action',
    'must be false with a `file_input`',
  ],
]);

it.each(['plain_text_input', 'email_text_input', 'url_text_input'])('lets a %s start empty', (type) => {
  expect(inInput({ type, initial_value: '' })).toEqual([]);
});

limits('a text in an input block', inModal, '/view/blocks/0', [
  ['a label', 2000, (text) => input(line, { label: plain(text) }), '/label/text'],
  ['a hint', 2000, (text) => input(line, { hint: plain(text) }), '/hint/text'],
  ['what is typed in already', 3000, (text) => input({ ...line, initial_value: text }), '/element/initial_value'],
  ['a placeholder', 150, (text) => input({ ...line, placeholder: plain(text) }), '/element/placeholder/text'],
]);

ranges('an input', inInput, '/view/blocks/0/element', [
  ['the least length', 0, 3000, (length) => ({ ...line, min_length: length }), '/min_length'],
  ['the greatest length', 1, 3000, (length) => ({ ...line, max_length: length }), '/max_length'],
  ['the fewest lines', 1, 100, (lines) => ({ type: 'rich_text_input', min_lines: lines }), '/min_lines'],
  ['the most lines', 1, 100, (lines) => ({ type: 'rich_text_input', max_lines: lines }), '/max_lines'],
  ['files', 1, 10, (files) => ({ type: 'file_input', max_files: files }), '/max_files'],
]);

counts('an input', inInput, '/view/blocks/0/element', [
  [
    'triggers',
    1,
    2,
    (count) => ({ ...line, dispatch_action_config: { trigger_actions_on: times(count, () => 'on_enter_pressed') } }),
    '/dispatch_action_config/trigger_actions_on',
  ],
]);
