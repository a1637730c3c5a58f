import type { Content, Margins, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { visible } from '../../slack/blocks.ts';
import type { Document } from '../postmortem/document.ts';
import { factsOf, headOf, madeWords } from './facts.ts';
import { escapeMarkdown, withNames } from './named.ts';
import { blocksOf, type Drawable, pageWidth } from './pdf-blocks.ts';

/** The document as pdfmake's pages. `undrawable`: a sentence on what is missing in it, if anything is. */
export function pagesOf(document: Document, drawable: Drawable, undrawable: string | undefined): TDocumentDefinitions {
  const sections = document.sections.flatMap(({ title, markdown }): Content[] => [
    { text: visible(title), style: 'section' },
    rule('#d5dae0'),
    ...(markdown.trim()
      ? blocksOf(withNames(markdown, document.names), drawable)
      : [{ text: 'Nothing was written here.', italics: true, color: '#5b6472' }]),
  ]);
  return {
    pageSize: 'A4',
    pageMargins: [54, 56, 54, 60],
    info: { title: headOf(document), creator: 'Tocsin' },
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.25, color: '#1d2129' },
    styles: { section: { fontSize: 14, bold: true, margin: [0, 18, 0, 4] } },
    footer: (page, pages) => ({
      text: `${page} / ${pages}`,
      alignment: 'right',
      fontSize: 8,
      color: '#5b6472',
      margin: [0, 20, 54, 0],
    }),
    content: [
      { text: 'INCIDENT POSTMORTEM', fontSize: 8.5, bold: true, color: '#7a1f1f', characterSpacing: 0.6 },
      { text: headOf(document), fontSize: 21, bold: true, lineHeight: 1.15, margin: [0, 4, 0, 12] },
      factsTable(document),
      ...(undrawable ? [{ text: undrawable, italics: true, color: '#7a1f1f', margin: [0, 10, 0, 0] } as Content] : []),
      ...sections,
      rule('#d5dae0', [0, 24, 0, 6]),
      { text: madeWords(document), fontSize: 8.5, color: '#5b6472' },
    ],
  };
}

const rule = (lineColor: string, margin: Margins = [0, 0, 0, 8]): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: pageWidth, y2: 0, lineColor }],
  margin,
});

const factsTable = (document: Document): Content => ({
  table: {
    widths: [110, '*'],
    body: factsOf(document).map(({ label, text }) => [{ text: label, color: '#5b6472' }, { text }]),
  },
  layout: 'box',
});

/** Everything that will stand in it as text. */
export const wordsIn = (document: Document): string =>
  [
    headOf(document),
    ...factsOf(document).map(({ text }) => text),
    ...document.sections.flatMap(({ title, markdown }) => [title, withNames(markdown, document.names)]),
    ...[...document.names.values()].map(escapeMarkdown),
  ].join('\n');
