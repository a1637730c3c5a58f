import { Marked, type RendererObject, type Token, type Tokens } from 'marked';
import { visible } from '../../slack/blocks.ts';

/** Where an image can be had, by its id: an address of ours, or `data:`. Undefined: it is not there (any more). */
export type ImageUrl = (id: string) => string | undefined;

/** Nobody nests as deep by hand, and marked goes one level down the stack for each. */
const deepest = 50;

/**
 * Markdown (CommonMark with tables) as HTML that can be put into any page of ours: HTML in it is shown and not obeyed, links lead to
 * the web or to mail, images are ours (`image:<id>`) and no others. Each block finds its own direction.
 */
export function renderMarkdown(markdown: string, imageUrl: ImageUrl): string {
  const text = flattened(visible(markdown.replaceAll('\r\n', '\n')));
  return new Marked({ gfm: true, renderer: rendererWith(imageUrl) }).parse(text, { async: false });
}

const linked = /^(?:https?:\/\/|mailto:)/i;
const image = /^image:([\w-]{1,64})$/;

/** The address when it leads to the web or to mail. */
export function safeLink(href: string): string | undefined {
  const address = URL.parse(href);
  return linked.test(href) && address ? address.href : undefined;
}

/** The id of an image of ours. */
export const imageId = (href: string): string | undefined => image.exec(href)?.[1];

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** What is fetched waits until it is seen; a page that is printed is never scrolled. */
const lazy = ' loading="lazy"';

/** Dates with a time stay in one line. Of HTML whose signs are escaped. */
export const withTimes = (escaped: string): string =>
  escaped.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '<span class="time">$&</span>');

function rendererWith(imageUrl: ImageUrl): RendererObject {
  return {
    text(token) {
      if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens);
      return withTimes('escaped' in token && token.escaped ? token.text : escapeHtml(token.text));
    },
    html: ({ text, block }) => (block ? `<p dir="auto">${escapeHtml(text.trim())}</p>\n` : escapeHtml(text)),
    link(token) {
      const words = this.parser.parseInline(token.tokens);
      const href = safeLink(token.href);
      // Where it leads is shown where it cannot be followed, as on paper.
      if (!href) return `${words} (${escapeHtml(token.href)})`;
      return `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${words}</a>`;
    },
    image({ href, text }) {
      const id = imageId(href);
      const url = id && imageUrl(id);
      if (url) return `<img src="${escapeHtml(url)}" alt="${escapeHtml(text)}"${url.startsWith('/') ? lazy : ''}>`;
      const words = id ? `image: ${text || 'without a name'}` : text;
      const away = id ? undefined : safeLink(href);
      return away
        ? `<a href="${escapeHtml(away)}" rel="noopener noreferrer">${escapeHtml(text || away)}</a>`
        : `<em>[${escapeHtml(words)}]</em>`;
    },
    heading({ tokens, depth }) {
      return `<h${depth} dir="auto">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    paragraph({ tokens }) {
      return `<p dir="auto">${this.parser.parseInline(tokens)}</p>\n`;
    },
    listitem(item) {
      return `<li dir="auto">${this.parser.parse(item.tokens)}</li>\n`;
    },
    checkbox: ({ checked }) => `<span aria-hidden="true">${checked ? '☑' : '☐'}</span> `,
    code: ({ text }) => `<pre><code>${escapeHtml(text)}\n</code></pre>\n`,
    table(token) {
      const cells = (row: Tokens.TableCell[], name: 'th' | 'td') =>
        row
          .map(
            ({ tokens, align }) =>
              `<${name} dir="auto"${align ? ` class="${align}"` : ''}>${this.parser.parseInline(tokens)}</${name}>`,
          )
          .join('');
      const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>\n`).join('');
      return `<div class="wide"><table><thead><tr>${cells(token.header, 'th')}</tr></thead>\n<tbody>\n${rows}</tbody></table></div>\n`;
    },
  };
}

/** Quotes and lists in one another without end are text. */
function flattened(markdown: string): string {
  return markdown.replace(/^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]*){51,}/gm, (marks) => `${marks.slice(0, deepest)} `);
}

/** What is said in a piece of Markdown, without its marks. */
export function plainOf(tokens: readonly Token[] = []): string {
  return tokens
    .map((token) => ('tokens' in token && token.tokens ? plainOf(token.tokens) : 'text' in token ? token.text : ''))
    .join('');
}
