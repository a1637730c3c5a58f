import { lexer, type Token } from 'marked';
import { visible } from '../../slack/blocks.ts';

/**
 * Markdown as it was written, but for HTML and for links to anything but the web: those are made text. A file goes to editors and
 * sites that we do not know, and some of them obey what stands in it.
 */
export function tamed(markdown: string): string {
  const text = visible(markdown.replaceAll('\r\n', '\n'));
  return /[<:]/.test(text) ? lexer(text).map(rebuilt).join('') : text;
}

function rebuilt(token: Token): string {
  if (token.type === 'code' || token.type === 'codespan') return token.raw;
  if (token.type === 'html' || token.type === 'tag') return lined(token.raw);
  if ((token.type === 'link' || token.type === 'image') && !/^(?:https?|mailto|image):/i.test(token.href))
    return lined(token.text);
  // A picture from elsewhere tells its owner who reads.
  if (token.type === 'image' && !token.href.startsWith('image:')) return token.raw.slice(1);
  if (token.type === 'def' && !/^(?:https?|mailto):/i.test(token.href)) return '';
  const inner = 'tokens' in token ? token.tokens : undefined;
  if (!inner) return token.type === 'list' || token.type === 'table' ? lined(token.raw) : token.raw;
  return joined(token.raw, inner) ?? lined(token.raw);
}

/** The raw text with each part of it rebuilt; undefined where the parts are not found in it as they are. */
function joined(raw: string, parts: Token[]): string | undefined {
  let text = '';
  let at = 0;
  for (const part of parts) {
    const found = raw.indexOf(part.raw, at);
    if (found < 0) return undefined;
    text += raw.slice(at, found) + rebuilt(part);
    at = found + part.raw.length;
  }
  return text + raw.slice(at);
}

/** Where the parts are not at hand, as in lists and tables, what is dangerous is looked for in the lines. */
const lined = (raw: string) =>
  raw
    .replaceAll(/<(?!(?:https?:\/\/|mailto:)[^\s<>]*>)/g, '&lt;')
    .replaceAll(/!(?=\[[^\]]*\]\(\s*<?https?:)/gi, '')
    .replaceAll(/\]\(\s*<?(?!https?:|mailto:|image:)[^)]*\)?/gi, ']');
