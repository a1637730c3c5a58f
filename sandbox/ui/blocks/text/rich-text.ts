/** rich_text → the same nodes as mrkdwn. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import { type Json, objectOf, objects, textOf } from '../../../json.ts';
import { type Chunk, type Inline, joined, link, type Style, text } from './inline.ts';

const styles: Style[] = ['code', 'strike', 'underline', 'italic', 'bold', 'highlight'];

export function richText(block: Json): Chunk[] {
  return objects(block.elements).flatMap(chunkOf);
}

function chunkOf(element: Json): Chunk[] {
  const children = inlineOf(element);
  switch (element.type) {
    case 'rich_text_section':
      return [{ type: 'paragraph', children }];
    case 'rich_text_quote':
      return [{ type: 'quote', chunks: [{ type: 'paragraph', children }] }];
    case 'rich_text_preformatted':
      return [{ type: 'pre', children }];
    case 'rich_text_list':
      return [listOf(element)];
    default:
      return [];
  }
}

function listOf(element: Json): Chunk {
  return {
    type: 'list',
    ordered: element.style === 'ordered',
    indent: Math.min(Number(element.indent ?? 0), 8),
    start: Number(element.offset ?? 0) + 1,
    border: element.border === 1,
    items: objects(element.elements).map((item) => ({ children: inlineOf(item) })),
  };
}

export const inlineOf = (element: Json): Inline[] => joined(objects(element.elements).flatMap(leaf));

function leaf(element: Json): Inline[] {
  const wanted = objectOf(element.style);
  return styles
    .filter((style) => wanted[style] === true || (style === 'highlight' && wanted.client_highlight === true))
    .reduce((children: Inline[], style) => [{ type: 'styled', style, children }], bare(element));
}

function bare(element: Json): Inline[] {
  const said = (field: string) => textOf(element[field]) ?? '';
  switch (element.type) {
    case 'text':
      return [text(said('text'))];
    case 'link':
      return link(said('url'), [text(said('text') || said('url'))]);
    case 'user':
      return [{ type: 'user', id: said('user_id') }];
    case 'channel':
      return [{ type: 'channel', id: said('channel_id') }];
    case 'usergroup':
      return [{ type: 'usergroup', id: said('usergroup_id') }];
    case 'team':
      return [text(`@${said('team_id')}`)];
    case 'broadcast':
      return [{ type: 'broadcast', range: said('range') }];
    case 'color':
      return [{ type: 'color', value: said('value') }];
    case 'emoji':
      return [emoji(element)];
    case 'date':
      return [date(element)];
    default:
      return [];
  }
}

function emoji({ name, unicode, skin_tone: tone }: Json): Inline {
  const codes = textOf(unicode);
  return {
    type: 'emoji',
    name: textOf(name) ?? '',
    ...(typeof tone === 'number' && { tone }),
    ...(codes && /^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6})*$/i.test(codes) && { unicode: fromCodes(codes) }),
  };
}

/** `1f44b-1f3fd` */
export function fromCodes(codes: string): string {
  const points = codes.split('-').map((code) => Number.parseInt(code, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : '';
}

function date({ timestamp, format, fallback, url }: Json): Inline {
  const seconds = Number(timestamp);
  return {
    type: 'date',
    seconds,
    format: textOf(format) ?? '',
    fallback: textOf(fallback) ?? '',
    ...(textOf(url) && { url: textOf(url) ?? '' }),
  };
}
