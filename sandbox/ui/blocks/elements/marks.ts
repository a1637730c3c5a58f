/** Typed marks ↔ the rich_text that an input reports. */

import type { RichText } from '../../../client.ts';
import { type Json, objects } from '../../../json.ts';
import { type Chunk, type Inline, type Style, wordsOf } from '../text/inline.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { richText } from '../text/rich-text.ts';

/** Nothing typed is nothing, not an empty block. */
export function richTextFrom(source: string): RichText | null {
  if (source.trim() === '') return null;
  // What people type is theirs alone: an angle bracket is one, not the beginning of a mention.
  const escaped = source.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(/^> ?/gm, '&gt; ');
  return { type: 'rich_text', elements: mrkdwn(escaped).flatMap(elementOf) };
}

function elementOf(chunk: Chunk): Json[] {
  if (chunk.type === 'paragraph') return [{ type: 'rich_text_section', elements: leaves(chunk.children, {}) }];
  if (chunk.type === 'pre') return [{ type: 'rich_text_preformatted', elements: leaves(chunk.children, {}) }];
  if (chunk.type !== 'quote') return [];
  const inside = chunk.chunks.flatMap((one) => (one.type === 'paragraph' ? leaves(one.children, {}) : []));
  return [{ type: 'rich_text_quote', elements: inside }];
}

function leaves(nodes: Inline[], style: Partial<Record<Style, true>>): Json[] {
  const styled = Object.keys(style).length > 0 ? { style } : {};
  return nodes.flatMap((node): Json[] => {
    if (node.type === 'styled') return leaves(node.children, { ...style, [node.style]: true });
    if (node.type === 'link') return [{ type: 'link', url: node.url, text: wordsOf(node.children), ...styled }];
    if (node.type === 'emoji')
      return [{ type: 'emoji', name: node.name, ...(node.tone && { skin_tone: node.tone }), ...styled }];
    return node.type === 'text' ? [{ type: 'text', text: node.text, ...styled }] : [];
  });
}

const signs: Partial<Record<Style, string>> = { bold: '*', italic: '_', strike: '~', code: '`' };

function signed(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'styled') return `${signs[node.style] ?? ''}${signed(node.children)}${signs[node.style] ?? ''}`;
      return wordsOf([node]);
    })
    .join('');
}

/** The other way round, for what the app wrote into the input. */
export function marksOf(block: Json): string {
  return richText({ elements: objects(block.elements) })
    .map((chunk) => {
      if (chunk.type === 'paragraph') return signed(chunk.children);
      if (chunk.type === 'pre') return `\`\`\`\n${wordsOf(chunk.children)}\n\`\`\``;
      if (chunk.type === 'quote')
        return chunk.chunks
          .map((one) => (one.type === 'paragraph' ? signed(one.children).replace(/^/gm, '> ') : ''))
          .join('\n');
      if (chunk.type === 'list')
        return chunk.items
          .map(({ children }, at) => `${chunk.ordered ? `${chunk.start + at}.` : '•'} ${signed(children)}`)
          .join('\n');
      return '';
    })
    .join('\n');
}
