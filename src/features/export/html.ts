import { createHash } from 'node:crypto';
import { visible } from '../../slack/blocks.ts';
import type { Document, Section } from '../postmortem/document.ts';
import { factsOf, headOf, madeWords } from './facts.ts';
import { withNames } from './named.ts';
import type { Picture } from './pictures.ts';
import { escapeHtml, type ImageUrl, renderMarkdown, withTimes } from './render.ts';
import { style } from './style.ts';

export interface Image {
  id: string;
  name: string;
  /** Its media type. */
  type: string;
  bytes: Uint8Array;
}
export type Images = ReadonlyMap<string, Image>;

/** What a browser draws without reading a program in it, which an SVG may hold. */
const drawn = /^image\/(?:png|jpeg|gif|webp)$/;

/** Nothing is loaded, run or sent, whatever stands in the text: the one style is known by what it says. */
const contentPolicy = (images: 'data:' | 'data: file:') =>
  [
    "default-src 'none'",
    `img-src ${images}`,
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** The document as one HTML file that needs nothing else: images are in it, it prints well, and it can do nothing. */
export const toHtml = (document: Document, images: Images): string =>
  pageOf(document, (id) => dataUri(images.get(id)), 'data:');

/**
 * The same for the browser that prints it, in the folder of its images: in the page they would be read as megabytes of letters.
 * `standIn`: what is shown instead of one.
 */
export function toPrintable(document: Document, pictures: readonly Picture[], standIn: ImageUrl): string {
  const files = new Map(pictures.filter(({ type }) => drawn.test(type)).map(({ id, file }) => [id, file]));
  return pageOf(document, (id) => (files.has(id) ? (standIn(id) ?? files.get(id)) : undefined), 'data: file:');
}

function pageOf(document: Document, url: ImageUrl, images: 'data:' | 'data: file:'): string {
  const head = escapeHtml(headOf(document));
  const facts = factsOf(document).map(
    ({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd dir="auto">${withTimes(escapeHtml(text))}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(images)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Tocsin">
<title>${head}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="kind">Incident postmortem</p>
<h1 dir="auto"${headOf(document).length > longTitle ? ' class="long"' : ''}>${head}</h1>
<dl class="facts">
${facts.join('\n')}
</dl>
${contents(document.sections)}
</header>
${document.sections.map((section) => sectionHtml(section, document, url)).join('\n')}
<footer><p>${escapeHtml(madeWords(document))}</p></footer>
</main>
</body>
</html>
`;
}

/** Characters: what is longer is a sentence, and would fill the page as a title. */
const longTitle = 90;

/** By what it counts, as two may have the same title. */
const anchor = (index: number) => `section-${index + 1}`;

function contents(sections: Section[]): string {
  if (sections.length < 3) return '';
  const items = sections.map(
    ({ title }, index) => `<li><a href="#${anchor(index)}">${escapeHtml(visible(title))}</a></li>`,
  );
  return `<nav aria-label="Contents"><ol>\n${items.join('\n')}\n</ol></nav>`;
}

function sectionHtml(section: Section, { sections, names }: Document, url: ImageUrl): string {
  const id = anchor(sections.indexOf(section));
  const body = renderMarkdown(withNames(section.markdown, names), url);
  return `<section aria-labelledby="${id}">
<h2 id="${id}" dir="auto">${escapeHtml(visible(section.title))}</h2>
${body || '<p class="empty">Nothing was written here.</p>\n'}</section>`;
}

function dataUri(image: Image | undefined): string | undefined {
  if (!image || !drawn.test(image.type)) return undefined;
  return `data:${image.type};base64,${Buffer.from(image.bytes).toString('base64')}`;
}
