import {
  accepts,
  button,
  inInput,
  inModal,
  input,
  long,
  missing,
  mrkdwn,
  number,
  plain,
  refuses,
  richText,
  tooFew,
  tooLong,
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
  ['3,001 characters', { type: 'plain_text_input', initial_value: long(3001) }, '/initial_value', tooLong(3000)],
  [
    'room for 3,001 characters',
    { type: 'plain_text_input', max_length: 3001 },
    '/max_length',
    'must be less than or equal to 3000',
  ],
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
  ['101 lines', { type: 'rich_text_input', max_lines: 101 }, '/max_lines', 'must be less than or equal to 100'],
  ['eleven files', { type: 'file_input', max_files: 11 }, '/max_files', 'must be less than or equal to 10'],
]);

refuses('an input block', inModal, '/view/blocks/0', [
  ['no label', { type: 'input', element: { type: 'plain_text_input' } }, '', missing('label')],
  ['no element', { type: 'input', label: plain('a') }, '', missing('element')],
  [
    'a label in mrkdwn',
    input({ type: 'plain_text_input' }, { label: mrkdwn('a') }),
    '/label/type',
    unsupported('mrkdwn'),
  ],
  [
    'a label of 2,001 characters',
    input({ type: 'plain_text_input' }, { label: plain(long(2001)) }),
    '/label/text',
    tooLong(2000),
  ],
  [
    'a hint of 2,001 characters',
    input({ type: 'plain_text_input' }, { hint: plain(long(2001)) }),
    '/hint/text',
    tooLong(2000),
  ],
  [
    'dispatching files',
    input({ type: 'file_input' }, { dispatch_action: true }),
    '/dispatch_action',
    'must be false with a `file_input`',
  ],
]);
