import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { compactTable, emojiFor } from '../../../sandbox/ui/blocks/text/emoji.ts';
import { markdown } from '../../../sandbox/ui/blocks/text/markdown.ts';
import { richText } from '../../../sandbox/ui/blocks/text/rich-text.ts';

const section = (...elements: Record<string, unknown>[]) =>
  richText({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const paragraph = (...children: unknown[]) => [{ type: 'paragraph', children }];

describe('rich text', () => {
  it('shows text to the letter', () => {
    const hostile = '<script>&amp; *not bold* :tada: <@U1>';
    expect(section({ type: 'text', text: hostile })).toEqual(paragraph({ type: 'text', text: hostile }));
  });

  it('puts styles around one another', () => {
    expect(section({ type: 'text', text: 'a', style: { bold: true, italic: true } })).toEqual(
      paragraph({
        type: 'styled',
        style: 'bold',
        children: [{ type: 'styled', style: 'italic', children: [{ type: 'text', text: 'a' }] }],
      }),
    );
  });

  it('makes a link only of what can be followed', () => {
    expect(section({ type: 'link', url: 'javascript:alert(1)', text: 'click' })).toEqual(
      paragraph({ type: 'text', text: 'click' }),
    );
    expect(section({ type: 'link', url: 'https://example.com' })).toEqual(
      paragraph({
        type: 'link',
        url: 'https://example.com',
        children: [{ type: 'text', text: 'https://example.com' }],
      }),
    );
  });

  it('keeps the depth and the first number of lists', () => {
    const item = { type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] };
    const [list] = richText({
      elements: [{ type: 'rich_text_list', style: 'ordered', indent: 2, offset: 3, elements: [item] }],
    });
    expect(list).toMatchObject({ type: 'list', ordered: true, indent: 2, start: 4 });
  });

  it('says nothing of what it does not know', () => {
    expect(richText({ elements: [{ type: 'rich_text_hologram' }, 'x', null] })).toEqual([]);
    expect(section({ type: 'hologram' })).toEqual(paragraph());
  });
});

describe('markdown', () => {
  it('reads headings, lists in lists, tasks, code and tables', () => {
    const chunks = markdown(
      '# A\n\n1. one\n   - two\n2. three\n\n- [x] done\n\n```js\n<b>\n```\n\n|a|b|\n|-|-|\n|1|**2**|',
    );
    expect(chunks.map(({ type }) => type)).toEqual(['heading', 'list', 'list', 'list', 'list', 'pre', 'grid']);
    expect(chunks[2]).toMatchObject({ indent: 1, ordered: false });
    expect(chunks[3]).toMatchObject({ ordered: true, start: 2 });
    expect(chunks[4]).toMatchObject({ items: [{ checked: true }] });
    expect(chunks[5]).toEqual({ type: 'pre', children: [{ type: 'text', text: '<b>' }] });
  });

  it('leaves HTML as typed and follows no script', () => {
    const said = JSON.stringify(markdown('<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) <b>b</b>'));
    expect(said).toContain('<img src=x onerror=alert(1)>');
    expect(said).toContain('<b>');
    expect(said).not.toContain('"link"');
  });
});

describe('emoji', () => {
  const source = createRequire(import.meta.url).resolve('emoji-datasource/emoji.json');
  const table = compactTable(JSON.parse(readFileSync(source, 'utf8')));

  it('knows short names and all their other names', () => {
    expect([emojiFor(table, 'tada'), emojiFor(table, '+1'), emojiFor(table, 'thumbsup')]).toEqual(['🎉', '👍', '👍']);
  });

  it('gives a skin tone to those that take one', () => {
    expect(emojiFor(table, 'wave', 4)).toBe('👋🏽');
    expect(emojiFor(table, 'female-technologist', 6)).toBe('👩🏿‍💻');
    expect(emojiFor(table, 'point_up', 2)).toBe('☝🏻');
    expect(emojiFor(table, 'tada', 4)).toBe('🎉');
    expect(emojiFor(table, 'wave', 9)).toBe('👋');
  });

  it('does not take what every object has for an emoji', () => {
    expect(['constructor', '__proto__', 'nothing'].map((name) => emojiFor(table, name))).toEqual(
      Array(3).fill(undefined),
    );
  });
});
