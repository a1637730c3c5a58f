import {
  accepts,
  button,
  confirm,
  inActions,
  limits,
  long,
  missing,
  mrkdwn,
  plain,
  press,
  ranges,
  refuses,
  unknownKey,
  unsupported,
  workflow,
} from './payloads.ts';

accepts('an element', inActions, [
  ['a button', { ...press('go'), value: long(2000), style: 'primary', url: 'https://example.com', confirm }],
  ['a button without action_id', button],
  ['a day', { type: 'datepicker', initial_date: '2028-02-29' }],
  ['a time', { type: 'timepicker', initial_time: '23:59', timezone: 'Europe/Berlin' }],
  ['a moment', { type: 'datetimepicker', initial_date_time: 1_795_000_000 }],
  [
    'a workflow button',
    {
      ...workflow,
      workflow: { trigger: { url: 'https://slack.com/a', customizable_input_parameters: [{ name: 'a', value: 1 }] } },
    },
  ],
]);

refuses('an element', inActions, '/blocks/0/elements/0', [
  ['an unknown type', { type: 'slider' }, '/type', unsupported('slider')],
  ['an unknown key', { ...button, icon: 'bell' }, '', unknownKey('icon')],
  ['a button in mrkdwn', { type: 'button', text: mrkdwn('a') }, '/text/type', unsupported('mrkdwn')],
  ['an address that is none', { ...button, url: 'example.com' }, '/url', 'must be a valid url'],
  ['a style of our own', { ...button, style: 'warning' }, '/style', 'must be a valid enum value'],
  ['a question without a no', { ...button, confirm: { ...confirm, deny: undefined } }, '/confirm', missing('deny')],
  [
    'a day written otherwise',
    { type: 'datepicker', initial_date: '24.11.2026' },
    '/initial_date',
    'must be a valid date',
  ],
  ['a day in numbers', { type: 'datepicker', initial_date: 20_261_124 }, '/initial_date', 'must provide a string'],
  [
    'a day that is not there',
    { type: 'datepicker', initial_date: '2026-02-29' },
    '/initial_date',
    'must be a valid date',
  ],
  ['a time that is not there', { type: 'timepicker', initial_time: '24:00' }, '/initial_time', 'must be a valid time'],
  [
    'a workflow button without action_id',
    { type: 'workflow_button', text: plain('a'), workflow: { trigger: { url: 'https://slack.com/a' } } },
    '',
    missing('action_id'),
  ],
]);

limits('a text in an element', inActions, '/blocks/0/elements/0', [
  ['a button', 75, (text) => ({ type: 'button', text: plain(text) }), '/text/text'],
  ['a value', 2000, (text) => ({ ...button, value: text }), '/value'],
  ['an address', 3000, (text) => ({ ...button, url: `https:${text.slice('https:'.length)}` }), '/url'],
  ['a label', 75, (text) => ({ ...button, accessibility_label: text }), '/accessibility_label'],
  ['action_id', 255, (text) => press(text), '/action_id'],
  ['a question', 100, (text) => ({ ...button, confirm: { ...confirm, title: plain(text) } }), '/confirm/title/text'],
  ['an explanation', 300, (text) => ({ ...button, confirm: { ...confirm, text: plain(text) } }), '/confirm/text/text'],
  ['a yes', 30, (text) => ({ ...button, confirm: { ...confirm, confirm: plain(text) } }), '/confirm/confirm/text'],
  ['a no', 30, (text) => ({ ...button, confirm: { ...confirm, deny: plain(text) } }), '/confirm/deny/text'],
  ['a workflow button', 75, (text) => ({ ...workflow, text: plain(text) }), '/text/text'],
]);

ranges('an element', inActions, '/blocks/0/elements/0', [
  [
    'a moment in ten digits',
    1_000_000_000,
    9_999_999_999,
    (seconds) => ({ type: 'datetimepicker', initial_date_time: seconds }),
    '/initial_date_time',
  ],
]);
