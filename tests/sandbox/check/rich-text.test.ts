import { expect, it } from '@jest/globals';
import {
  accepts,
  bullets,
  empty,
  endless,
  inMessage,
  inRichText,
  leaf,
  missing,
  ranges,
  refuses,
  richText,
  unknownKey,
  unsupported,
  words,
} from './payloads.ts';

accepts('rich text', inRichText, [
  ['nothing in a section', { type: 'rich_text_section', elements: [] }],
  ['nothing in code', { type: 'rich_text_preformatted', elements: [] }],
  ['a list', { ...bullets, indent: 8, offset: 2, border: 1 }],
  ['code', { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'npm test' }], language: 'sh' }],
  ['a quote', { type: 'rich_text_quote', elements: [{ type: 'user', user_id: 'U1' }], border: 0 }],
]);

accepts('a piece of rich text', leaf, [
  ['styled text', { type: 'text', text: 'a', style: { bold: true, code: true } }],
  ['a link', { type: 'link', url: 'https://example.com', text: 'here' }],
  ['a link without words', { type: 'link', url: 'mailto:ana@example.com', text: '' }],
  ['a channel', { type: 'channel', channel_id: 'C1' }],
  ['a usergroup', { type: 'usergroup', usergroup_id: 'S1' }],
  ['an emoji', { type: 'emoji', name: 'fire', unicode: '1f525' }],
  ['a broadcast', { type: 'broadcast', range: 'here' }],
  ['a color', { type: 'color', value: '#E01E5A' }],
  ['a date', { type: 'date', timestamp: 1_795_000_000, format: '{date_short} {time}', fallback: 'today' }],
  ['a team', { type: 'team', team_id: 'T1' }],
]);

it('may hold nothing', () => {
  expect(inMessage(richText())).toEqual([]);
});

refuses('rich text', inRichText, '/blocks/0/elements/0', [
  ['text outside a section', { type: 'text', text: 'a' }, '/type', unsupported('text')],
  ['a list of no kind', { type: 'rich_text_list', elements: [words('a')] }, '', missing('style')],
  ['a list of text', { ...bullets, elements: [{ type: 'text', text: 'a' }] }, '/elements/0/type', unsupported('text')],
  ['a thick border', { ...bullets, border: 2 }, '/border', 'must be a valid enum value'],
  [
    'a person in code',
    { type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] },
    '/elements/0/type',
    unsupported('user'),
  ],
  ['a style on a section', { ...words('a'), style: { bold: true } }, '', unknownKey('style')],
]);

refuses('a piece of rich text', leaf, '/blocks/0/elements/0/elements/0', [
  ['an unknown type', { type: 'mention' }, '/type', unsupported('mention')],
  ['empty text', { type: 'text', text: '' }, '/text', empty],
  ['a style of our own', { type: 'text', text: 'a', style: { big: true } }, '/style', unknownKey('big')],
  ['a link to nowhere', { type: 'link', text: 'here' }, '', missing('url')],
  ['a person by name', { type: 'user', user_id: 'ana' }, '/user_id', 'must be a valid user id'],
  ['a broadcast to nobody', { type: 'broadcast', range: 'all' }, '/range', 'must be a valid enum value'],
  ['a named color', { type: 'color', value: 'red' }, '/value', 'must be a valid color'],
  ['a date without a form', { type: 'date', timestamp: 1 }, '', missing('format')],
  ['a date in text', { type: 'date', timestamp: '1', format: '{date}' }, '/timestamp', 'must provide an integer'],
]);

ranges('rich text', inRichText, '/blocks/0/elements/0', [
  ['how far a list is moved in', 0, 8, (indent) => ({ ...bullets, indent }), '/indent'],
  ['where a list starts', 0, endless, (offset) => ({ ...bullets, offset }), '/offset'],
]);

ranges('a piece of rich text', leaf, '/blocks/0/elements/0/elements/0', [
  ['a skin tone', 1, 6, (tone) => ({ type: 'emoji', name: 'wave', skin_tone: tone }), '/skin_tone'],
  ['a timestamp', 0, endless, (timestamp) => ({ type: 'date', timestamp, format: '{date}' }), '/timestamp'],
]);
