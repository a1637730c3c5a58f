import {
  accepts,
  actions,
  button,
  card,
  container,
  counts,
  empty,
  feedback,
  image,
  inMessage,
  input,
  limits,
  long,
  missing,
  mrkdwn,
  plain,
  press,
  ranges,
  refuses,
  richText,
  section,
  times,
  tooFew,
  tooLong,
  trash,
  unknownKey,
  unsupported,
  video,
  words,
} from './payloads.ts';

refuses('any block', inMessage, '/blocks/0', [
  ['an unknown type', { type: 'banner' }, '/type', unsupported('banner')],
  ['a type of the language itself', { type: 'constructor' }, '/type', unsupported('constructor')],
  ['no type', { text: plain('words') }, '', missing('type')],
  ['an unknown key', { ...section, colour: 'red' }, '', unknownKey('colour')],
  ['an empty block_id', { type: 'divider', block_id: '' }, '/block_id', empty],
  ['null', { ...section, block_id: null }, '/block_id', 'must provide a string'],
]);

refuses('a text', (text) => inMessage({ type: 'section', text }), '/blocks/0/text', [
  ['nothing', plain(''), '/text', empty],
  ['more than 3,000 characters', mrkdwn(long(3001)), '/text', tooLong(3000)],
  ['a string', 'words', '', 'must provide an object'],
  ['an unknown type', { type: 'markdown', text: 'words' }, '/type', unsupported('markdown')],
  ['emoji in mrkdwn', { ...mrkdwn('words'), emoji: true }, '', unknownKey('emoji')],
  ['verbatim in plain_text', { ...plain('words'), verbatim: true }, '', unknownKey('verbatim')],
  ['emoji that is no boolean', { ...plain('words'), emoji: 'yes' }, '/emoji', 'must provide a boolean'],
  ['no text', { type: 'mrkdwn' }, '', missing('text')],
]);

accepts('a block of a message', inMessage, [
  ['a section', section],
  ['a section with 3,000 characters', { type: 'section', text: mrkdwn(long(3000)) }],
  ['a section with ten fields', { type: 'section', fields: times(10, () => mrkdwn(long(2000))) }],
  ['a section with an accessory', { ...section, accessory: button, expand: true }],
  ['a section with a picture', { ...section, accessory: image }],
  ['a divider', { type: 'divider', block_id: long(255) }],
  ['a header', { type: 'header', text: plain(long(150)), level: 2 }],
  ['a context', { type: 'context', elements: [image, mrkdwn('words'), plain('words')] }],
  ['25 buttons', actions(...times(25, () => button))],
  ['an image', { ...image, title: plain(long(2000)) }],
  ['an image out of Slack', { type: 'image', alt_text: 'A chart', slack_file: { id: 'F1' } }],
  ['an input', input({ type: 'plain_text_input' })],
  ['markdown', { type: 'markdown', text: long(12_000) }],
  ['a file', { type: 'file', external_id: 'report', source: 'remote' }],
  [
    'a video',
    { ...video, title_url: 'https://example.com', provider_name: 'Demos', description: plain('What it does') },
  ],
  ['a context action', { type: 'context_actions', elements: [feedback(), trash()] }],
  ['a card', card()],
  ['a carousel', { type: 'carousel', elements: times(10, card) }],
  ['a container', container({ is_collapsible: true, default_collapsed: true })],
  ['a plan', { type: 'plan', title: 'Recovery', tasks: [{ task_id: 't1', title: 'Roll back' }] }],
  [
    'a task',
    { type: 'task_card', task_id: 't1', title: 'Roll back', status: 'pending', output: richText(words('done')) },
  ],
]);

refuses('a section', inMessage, '/blocks/0', [
  ['neither text nor fields', { type: 'section' }, '/type', 'must define either `text` or `fields`'],
  ['no field', { type: 'section', fields: [] }, '/fields', tooFew(1)],
  [
    'an input beside it',
    { ...section, accessory: { type: 'plain_text_input' } },
    '/accessory/type',
    unsupported('plain_text_input'),
  ],
  ['expand that is no boolean', { ...section, expand: 'yes' }, '/expand', 'must provide a boolean'],
]);

refuses('the other simple blocks', inMessage, '/blocks/0', [
  ['a header in mrkdwn', { type: 'header', text: mrkdwn('words') }, '/text/type', unsupported('mrkdwn')],
  ['a context without elements', { type: 'context', elements: [] }, '/elements', tooFew(1)],
  ['a button in a context', { type: 'context', elements: [button] }, '/elements/0/type', unsupported('button')],
  ['actions without elements', { type: 'actions' }, '', missing('elements')],
  ['text among actions', actions(plain('a')), '/elements/0/type', unsupported('plain_text')],
  [
    'an action_id used twice',
    actions(press('a'), press('b'), press('a')),
    '/elements/2/action_id',
    '`action_id` "a" already exists',
  ],
  ['an image without words', { type: 'image', image_url: image.image_url }, '', missing('alt_text')],
  ['an image from a disk', { ...image, image_url: 'file:///a.png' }, '/image_url', 'must be a valid url'],
  ['an image of a relative address', { ...image, image_url: '/a.png' }, '/image_url', 'must be a valid url'],
  ['no source', { type: 'image', alt_text: 'A' }, '', 'must define either `image_url` or `slack_file`'],
  ['two sources', { ...image, slack_file: { id: 'F1' } }, '', 'must define only one of `image_url` or `slack_file`'],
  [
    'a Slack file named twice',
    { type: 'image', alt_text: 'A', slack_file: { id: 'F1', url: 'https://files.slack.com/a' } },
    '/slack_file',
    'must define only one of `id` or `url`',
  ],
  [
    'a file that is not remote',
    { type: 'file', external_id: 'a', source: 'local' },
    '/source',
    'must be a valid enum value',
  ],
  ['a video over http', { ...video, video_url: 'http://example.com/v' }, '/video_url', 'must be a valid url'],
]);

limits('a text in a block', inMessage, '/blocks/0', [
  ['a section', 3000, (text) => ({ type: 'section', text: plain(text) }), '/text/text'],
  ['a field', 2000, (text) => ({ type: 'section', fields: [plain(text)] }), '/fields/0/text'],
  ['a header', 150, (text) => ({ type: 'header', text: plain(text) }), '/text/text'],
  ['what an image shows', 2000, (text) => ({ ...image, alt_text: text }), '/alt_text'],
  ['the title of an image', 2000, (text) => ({ ...image, title: plain(text) }), '/title/text'],
  [
    'what a picture beside a section shows',
    2000,
    (text) => ({ ...section, accessory: { ...image, alt_text: text } }),
    '/accessory/alt_text',
  ],
  ['what a video shows', 2000, (text) => ({ ...video, alt_text: text }), '/alt_text'],
  ['the title of a video', 199, (text) => ({ ...video, title: plain(text) }), '/title/text'],
  ['the author of a video', 49, (text) => ({ ...video, author_name: text }), '/author_name'],
  ['block_id', 255, (text) => ({ ...section, block_id: text }), '/block_id'],
  ['a text of a context', 3000, (text) => ({ type: 'context', elements: [mrkdwn(text)] }), '/elements/0/text'],
  ['a plain text of a context', 3000, (text) => ({ type: 'context', elements: [plain(text)] }), '/elements/0/text'],
  ['what a video is about', 3000, (text) => ({ ...video, description: plain(text) }), '/description/text'],
  [
    'the address of a picture',
    3000,
    (text) => ({ ...image, image_url: `https://a/${text.slice('https://a/'.length)}` }),
    '/image_url',
  ],
  ['markdown', 12_000, (text) => ({ type: 'markdown', text }), '/text'],
]);

counts('a block', inMessage, '/blocks/0', [
  ['fields', 1, 10, (count) => ({ type: 'section', fields: times(count, () => plain('a')) }), '/fields'],
  [
    'elements of a context',
    1,
    10,
    (count) => ({ type: 'context', elements: times(count, () => plain('a')) }),
    '/elements',
  ],
  ['elements of actions', 1, 25, (count) => actions(...times(count, () => button)), '/elements'],
]);

ranges('a block', inMessage, '/blocks/0', [
  ['a level', 1, 4, (level) => ({ type: 'header', text: plain('a'), level }), '/level'],
]);
