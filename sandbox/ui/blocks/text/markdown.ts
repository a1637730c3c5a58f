/** The markdown block: standard Markdown, unlike mrkdwn. https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
import { lexer, type Token, type Tokens } from 'marked';
import { type Chunk, type Inline, joined, type ListItem, link, type Style, text, withEmoji } from './inline.ts';

export function markdown(source: string): Chunk[] {
  return lexer(source).flatMap((token) => chunkOf(token, 0));
}

const is = <T extends Token>(token: Token, type: T['type']): token is T => token.type === type;

function chunkOf(token: Token, indent: number): Chunk[] {
  if (is<Tokens.Heading>(token, 'heading'))
    return [{ type: 'heading', level: token.depth, children: inlines(token.tokens) }];
  if (is<Tokens.Paragraph>(token, 'paragraph')) return [{ type: 'paragraph', children: inlines(token.tokens) }];
  if (is<Tokens.Text>(token, 'text')) return [{ type: 'paragraph', children: inlines(token.tokens ?? [token]) }];
  if (is<Tokens.Code>(token, 'code')) return [{ type: 'pre', children: [text(token.text)] }];
  if (is<Tokens.Blockquote>(token, 'blockquote'))
    return [{ type: 'quote', chunks: token.tokens.flatMap((inner) => chunkOf(inner, 0)) }];
  if (is<Tokens.List>(token, 'list')) return listOf(token, indent);
  if (is<Tokens.Table>(token, 'table'))
    return [
      {
        type: 'grid',
        head: token.header.map((cell) => inlines(cell.tokens)),
        rows: token.rows.map((row) => row.map((cell) => inlines(cell.tokens))),
      },
    ];
  if (token.type === 'hr') return [{ type: 'rule' }];
  // HTML is no part of what Slack understands: it stays as it was typed.
  return token.type === 'space' || token.type === 'def' ? [] : [{ type: 'paragraph', children: [text(token.raw)] }];
}

/** A list inside an item is drawn after it, one step further in, as Slack's own lists are kept. */
function listOf(list: Tokens.List, indent: number): Chunk[] {
  const chunks: Chunk[] = [];
  let start = Number(list.start || 1);
  let items: ListItem[] = [];
  const flush = () => {
    if (items.length > 0)
      chunks.push({ type: 'list', ordered: list.ordered, indent: Math.min(indent, 8), start, border: false, items });
    start += items.length;
    items = [];
  };
  for (const item of list.items) {
    const nested = item.tokens.filter((token) => token.type === 'list' || token.type === 'code');
    const own = item.tokens.filter((token) => !nested.includes(token) && token.type !== 'checkbox');
    const children = own.flatMap((token) =>
      'tokens' in token && token.tokens ? inlines(token.tokens) : inline(token),
    );
    items.push({ children: joined(children), ...(item.task && { checked: item.checked === true }) });
    if (nested.length === 0) continue;
    flush();
    chunks.push(...nested.flatMap((token) => chunkOf(token, indent + 1)));
  }
  flush();
  return chunks;
}

const inlines = (tokens: Token[]): Inline[] => joined(tokens.flatMap(inline));

const styles: Record<string, Style> = { strong: 'bold', em: 'italic', del: 'strike' };

function inline(token: Token): Inline[] {
  const style = styles[token.type];
  const inner = 'tokens' in token && token.tokens ? inlines(token.tokens) : undefined;
  if (style) return [{ type: 'styled', style, children: inner ?? [] }];
  if (is<Tokens.Codespan>(token, 'codespan')) return [{ type: 'styled', style: 'code', children: [text(token.text)] }];
  if (is<Tokens.Link>(token, 'link')) return link(token.href, inner ?? [text(token.href)]);
  // Slack draws no pictures from Markdown: they become links.
  if (is<Tokens.Image>(token, 'image')) return link(token.href, [text(token.text || token.href)]);
  if (token.type === 'br') return [text('\n')];
  if (is<Tokens.Escape>(token, 'escape')) return [text(token.text)];
  if (is<Tokens.Text>(token, 'text')) return inner ?? withEmoji(token.raw);
  return [text(token.raw)];
}
