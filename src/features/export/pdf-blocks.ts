import { lexer, type Token, type Tokens } from 'marked';
import type { Content, ContentText, TableCell } from 'pdfmake/interfaces.js';
import { visible } from '../../slack/blocks.ts';
import { imageId, plainOf, safeLink } from './render.ts';

/** The key of an image among those that the PDF holds. Undefined: it cannot be drawn. */
export type Drawable = (id: string) => string | undefined;

/** Points between the margins of a page. */
export const pageWidth = 487;
/** Points; a picture leaves room for what is said about it. */
const pictureHeight = 280;

const sizes = [20, 14, 11.5, 10.5, 10.5, 10.5];

/** Markdown as pdfmake's blocks: the same reading of it as in `render.ts`, in another output. */
export function blocksOf(markdown: string, drawable: Drawable): Content[] {
  return lexer(visible(markdown.replaceAll('\r\n', '\n'))).flatMap((token) => blockOf(token, drawable));
}

function blockOf(token: Token, drawable: Drawable): Content[] {
  const { type } = token as Tokens.Generic;
  if (type === 'heading') {
    const { tokens, depth } = token as Tokens.Heading;
    return [{ text: inlineOf(tokens), fontSize: sizes[depth] ?? 10, bold: true, margin: [0, 8, 0, 4] }];
  }
  if (type === 'paragraph' || type === 'text') return paragraphOf(token, drawable);
  if (type === 'list') {
    const { ordered, items, start } = token as Tokens.List;
    const entries = items.map((item) => ({ stack: itemOf(item, drawable), margin: [0, 1, 0, 1] }) as Content);
    const margin: [number, number, number, number] = [0, 0, 0, 8];
    return [ordered ? { ol: entries, start: Number(start) || 1, margin } : { ul: entries, margin }];
  }
  if (type === 'code') return [boxed((token as Tokens.Code).text)];
  if (type === 'blockquote')
    return [
      {
        table: {
          widths: ['*'],
          body: [[{ stack: (token as Tokens.Blockquote).tokens.flatMap((one) => blockOf(one, drawable)) }]],
        },
        layout: 'quote',
        color: '#5b6472',
        margin: [0, 0, 0, 8],
      },
    ];
  if (type === 'table') return [tableOf(token as Tokens.Table)];
  if (type === 'hr')
    return [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: pageWidth, y2: 0, lineColor: '#d5dae0' }], margin: [0, 8, 0, 8] },
    ];
  if (type === 'html') return [{ text: (token as Tokens.HTML).text.trim(), margin: [0, 0, 0, 8] }];
  return [];
}

/** Pictures stand under the words they are among. */
function paragraphOf(token: Token, drawable: Drawable): Content[] {
  const tokens = ('tokens' in token && token.tokens) || [token];
  const words = inlineOf(tokens.filter((one) => one.type !== 'image'));
  const pictures = tokens.filter((one): one is Tokens.Image => one.type === 'image');
  return [
    ...(words.some(({ text }) => String(text).trim() !== '') ? [{ text: words, margin: [0, 0, 0, 6] } as Content] : []),
    ...pictures.map((picture) => pictureOf(picture, drawable)),
  ];
}

function itemOf(item: Tokens.ListItem, drawable: Drawable): Content[] {
  const box: Content[] = item.task ? [{ text: item.checked ? '[x]' : '[ ]' }] : [];
  return [...box, ...item.tokens.flatMap((token) => blockOf(token, drawable))];
}

function pictureOf({ href, text }: Tokens.Image, drawable: Drawable): Content {
  const id = imageId(href);
  const image = id && drawable(id);
  if (image) return { image, fit: [pageWidth - 30, pictureHeight], margin: [0, 2, 0, 8] };
  return { text: `[image: ${text || 'without a name'}]`, italics: true, margin: [0, 0, 0, 6] };
}

function tableOf({ header, rows, align }: Tokens.Table): Content {
  const cell = ({ tokens }: Tokens.TableCell, index: number, bold = false): TableCell => ({
    text: inlineOf(tokens),
    alignment: align[index] ?? 'left',
    ...(bold && { bold, color: '#5b6472' }),
  });
  return {
    table: {
      headerRows: 1,
      widths: header.map((_, index) => (index === longest([header, ...rows]) ? '*' : 'auto')),
      body: [
        header.map((one, index) => cell(one, index, true)),
        ...rows.map((row) => row.map((one, index) => cell(one, index))),
      ],
    },
    layout: 'lines',
    fontSize: 9.5,
    margin: [0, 2, 0, 10],
  };
}

/** The column that says most takes the room there is. */
function longest(rows: Tokens.TableCell[][]): number {
  const lengths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.text.length ?? 0)));
  return lengths.indexOf(Math.max(...lengths));
}

/** Without a fixed-width font: what people paste keeps its line ends and its spaces. */
const boxed = (text: string): Content => ({
  table: { widths: ['*'], body: [[{ text, preserveLeadingSpaces: true, fontSize: 9 }]] },
  layout: 'box',
  margin: [0, 0, 0, 8],
});

type Look = Pick<ContentText, 'bold' | 'italics' | 'decoration' | 'color' | 'link' | 'background'>;

function inlineOf(tokens: readonly Token[], look: Look = {}): ContentText[] {
  return tokens.flatMap((token): ContentText[] => {
    const generic = token as Tokens.Generic;
    const inner = (more: Look) => inlineOf(generic.tokens ?? [], { ...look, ...more });
    if (generic.type === 'strong') return inner({ bold: true });
    if (generic.type === 'em') return inner({ italics: true });
    if (generic.type === 'del') return inner({ decoration: 'lineThrough' });
    if (generic.type === 'codespan') return [{ ...look, text: generic.text as string, background: '#f0f1f4' }];
    if (generic.type === 'br') return [{ text: '\n' }];
    if (generic.type === 'image') return [{ ...look, text: `[image: ${generic.text as string}]`, italics: true }];
    if (generic.type === 'link') {
      const link = safeLink(generic.href as string);
      if (link) return inner({ link, color: '#0b57a8', decoration: 'underline' });
      return [...inner({}), { ...look, text: ` (${generic.href as string})` }];
    }
    if (generic.tokens) return inner({});
    return [{ ...look, text: unescaped(plainOf([token])) }];
  });
}

/** Marked has the text of a token as HTML would have it in a few places. */
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
