import {
  accepts,
  amongOptions,
  boxes,
  confirm,
  counts,
  endless,
  inActions,
  limits,
  long,
  missing,
  mrkdwn,
  option,
  plain,
  ranges,
  refuses,
  select,
  times,
  tooFew,
  unknownKey,
  unsupported,
} from './payloads.ts';

const options = (count: number) => times(count, (at) => option(`${at}`));
const group = (...of: unknown[]) => ({ label: plain('Bad'), options: of });

accepts('a menu', inActions, [
  ['a select', { ...select, initial_option: option('sev2'), placeholder: plain(long(150)) }],
  ['100 options', { type: 'static_select', options: times(100, (at) => option(`${at}`)) }],
  [
    'option groups',
    {
      type: 'static_select',
      option_groups: [{ label: plain('Bad'), options: [option('a')] }],
      initial_option: option('a'),
    },
  ],
  ['a value of 150 characters', { type: 'static_select', options: [option(long(150), 'a')] }],
  ['an external select', { type: 'external_select', min_query_length: 0, initial_option: option('a') }],
  ['a person', { type: 'users_select', initial_user: 'U0ANA' }],
  ['people', { type: 'multi_users_select', initial_users: ['U1', 'W2'], max_selected_items: 2 }],
  [
    'a conversation',
    { type: 'conversations_select', initial_conversation: 'D1', filter: { include: ['im', 'public'] } },
  ],
  ['conversations', { type: 'multi_conversations_select', default_to_current_conversation: true }],
  ['a channel', { type: 'channels_select', initial_channel: 'C1' }],
  ['channels', { type: 'multi_channels_select', initial_channels: ['C1', 'G2'] }],
  ['several options', { ...select, type: 'multi_static_select', initial_options: select.options }],
  ['several options from outside', { type: 'multi_external_select', initial_options: [option('a')] }],
  ['checkboxes', { ...boxes, initial_options: [option('a')] }],
  ['radio buttons', { ...boxes, type: 'radio_buttons', initial_option: option('a') }],
  ['an overflow menu', { type: 'overflow', options: [{ ...option('a'), url: 'https://example.com' }], confirm }],
]);

refuses('a menu', inActions, '/blocks/0/elements/0', [
  ['no options', { type: 'static_select' }, '', 'must define either `options` or `option_groups`'],
  ['an empty list of options', { type: 'static_select', options: [] }, '/options', tooFew(1)],
  [
    'options and groups',
    { ...select, option_groups: [{ label: plain('Bad'), options: [option('a')] }] },
    '',
    'must define only one of `options` or `option_groups`',
  ],
  [
    'an option in mrkdwn',
    { type: 'static_select', options: [{ value: 'a', text: mrkdwn('a') }] },
    '/options/0/text/type',
    unsupported('mrkdwn'),
  ],
  [
    'an option without a value',
    { type: 'static_select', options: [{ text: plain('a') }] },
    '/options/0',
    missing('value'),
  ],
  [
    'a link in a select',
    { type: 'static_select', options: [{ ...option('a'), url: 'https://example.com' }] },
    '/options/0',
    unknownKey('url'),
  ],
  ['an initial option of another menu', { ...select, initial_option: option('sev9') }, '/initial_option', amongOptions],
  [
    'an initial option that lost its description',
    { type: 'static_select', options: [{ ...option('a'), description: plain('d') }], initial_option: option('a') },
    '/initial_option',
    amongOptions,
  ],
  ['no initial option', { ...select, initial_option: null }, '/initial_option', 'must provide an object'],
  [
    'a strange initial box',
    { ...boxes, initial_options: [option('a'), option('z')] },
    '/initial_options/1',
    amongOptions,
  ],
  ['an empty list of initial boxes', { ...boxes, initial_options: [] }, '/initial_options', tooFew(1)],
  ['a person by name', { type: 'users_select', initial_user: '@ana' }, '/initial_user', 'must be a valid user id'],
  [
    'a channel by name',
    { type: 'channels_select', initial_channel: '#general' },
    '/initial_channel',
    'must be a valid channel id',
  ],
  [
    'a conversation by name',
    { type: 'multi_conversations_select', initial_conversations: ['general'] },
    '/initial_conversations/0',
    'must be a valid conversation id',
  ],
  [
    'an empty filter',
    { type: 'conversations_select', filter: {} },
    '/filter',
    'must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`',
  ],
  [
    'a filter of our own',
    { type: 'conversations_select', filter: { include: ['shared'] } },
    '/filter/include/0',
    'must be a valid enum value',
  ],
  ['half a query', { type: 'external_select', min_query_length: 0.5 }, '/min_query_length', 'must provide an integer'],
  [
    'response_url_enabled',
    { type: 'channels_select', response_url_enabled: true },
    '/response_url_enabled',
    '`response_url_enabled` only works in input blocks in modals',
  ],
]);

limits('a text in a menu', inActions, '/blocks/0/elements/0', [
  ['a placeholder', 150, (text) => ({ ...select, placeholder: plain(text) }), '/placeholder/text'],
  ['an option', 75, (text) => ({ type: 'static_select', options: [option('a', text)] }), '/options/0/text/text'],
  [
    'a value of an option',
    150,
    (text) => ({ type: 'static_select', options: [option(text, 'a')] }),
    '/options/0/value',
  ],
  ['a box', 75, (text) => ({ type: 'checkboxes', options: [option('a', text)] }), '/options/0/text/text'],
  [
    'a description of a box',
    75,
    (text) => ({ type: 'checkboxes', options: [{ ...option('a'), description: mrkdwn(text) }] }),
    '/options/0/description/text',
  ],
  [
    'a description',
    75,
    (text) => ({ type: 'static_select', options: [{ ...option('a'), description: plain(text) }] }),
    '/options/0/description/text',
  ],
  [
    'an entry of an overflow menu',
    75,
    (text) => ({ type: 'overflow', options: [option('a', text)] }),
    '/options/0/text/text',
  ],
  [
    'its description',
    75,
    (text) => ({ type: 'overflow', options: [{ ...option('a'), description: plain(text) }] }),
    '/options/0/description/text',
  ],
  [
    'a group',
    75,
    (text) => ({ type: 'static_select', option_groups: [{ label: plain(text), options: [option('a')] }] }),
    '/option_groups/0/label/text',
  ],
]);

counts('a menu', inActions, '/blocks/0/elements/0', [
  ['options', 1, 100, (count) => ({ type: 'static_select', options: options(count) }), '/options'],
  ['options of several', 1, 100, (count) => ({ type: 'multi_static_select', options: options(count) }), '/options'],
  [
    'groups',
    1,
    100,
    (count) => ({ type: 'static_select', option_groups: times(count, () => group(option('a'))) }),
    '/option_groups',
  ],
  [
    'options of a group',
    1,
    100,
    (count) => ({ type: 'static_select', option_groups: [group(...options(count))] }),
    '/option_groups/0/options',
  ],
  ['boxes', 1, 10, (count) => ({ type: 'checkboxes', options: options(count) }), '/options'],
  ['radio buttons', 1, 10, (count) => ({ type: 'radio_buttons', options: options(count) }), '/options'],
  ['entries of an overflow menu', 1, 5, (count) => ({ type: 'overflow', options: options(count) }), '/options'],
]);

ranges('a menu', inActions, '/blocks/0/elements/0', [
  [
    'how many may be chosen',
    1,
    endless,
    (count) => ({ type: 'multi_users_select', max_selected_items: count }),
    '/max_selected_items',
  ],
  [
    'the length of a query',
    0,
    endless,
    (count) => ({ type: 'external_select', min_query_length: count }),
    '/min_query_length',
  ],
  [
    'the length of a query for several',
    0,
    endless,
    (count) => ({ type: 'multi_external_select', min_query_length: count }),
    '/min_query_length',
  ],
]);
