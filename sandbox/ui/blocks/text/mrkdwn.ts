/** Slack's mrkdwn → nodes. https://docs.slack.dev/messaging/formatting-message-text */
import { type Chunk, type Inline, joined, link, type Style, text } from './inline.ts';
import { decoded, tokenFor } from './token.ts';

export type MrkdwnOptions = {
  /** Bare addresses stay text. */
  verbatim?: boolean;
};

const preformatted = /```([\s\S]+?)```/g;
const quoteMark = /^(?:>|&gt;) ?/;
const restIsQuote = /^(?:>>>|&gt;&gt;&gt;) ?/;

export function mrkdwn(source: string, { verbatim = false }: MrkdwnOptions = {}): Chunk[] {
  const chunks: Chunk[] = [];
  let end = 0;
  for (const match of source.matchAll(preformatted)) {
    chunks.push(...lines(source.slice(end, match.index).replace(/\n$/, ''), verbatim));
    chunks.push({ type: 'pre', children: literal(match[1]?.replace(/^\n/, '') ?? '') });
    end = match.index + match[0].length;
  }
  const rest = end === 0 ? source : source.slice(end).replace(/^\n/, '');
  return [...chunks, ...lines(rest, verbatim)];
}

/** The words of one line, as for a label. */
export function inline(source: string, { verbatim = false }: MrkdwnOptions = {}): Inline[] {
  return joined(createReader(source, verbatim).read(0, source.length, []));
}

function lines(source: string, verbatim: boolean): Chunk[] {
  if (source === '') return [];
  const chunks: Chunk[] = [];
  const rows = source.split('\n');
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] ?? '';
    if (restIsQuote.test(row)) {
      const rest = rows.slice(at).join('\n').replace(restIsQuote, '');
      return [...chunks, { type: 'quote', chunks: [paragraph(rest, verbatim)] }];
    }
    const quoted = quoteMark.test(row);
    const from = at;
    while (
      at < rows.length &&
      quoteMark.test(rows[at] ?? '') === quoted &&
      !(at > from && restIsQuote.test(rows[at] ?? ''))
    )
      at += 1;
    const run = rows.slice(from, at);
    if (quoted) {
      const inside = run.map((line) => line.replace(quoteMark, '')).join('\n');
      chunks.push({ type: 'quote', chunks: [paragraph(inside, verbatim)] });
    } else chunks.push(paragraph(run.join('\n'), verbatim));
  }
  return chunks;
}

const paragraph = (source: string, verbatim: boolean): Chunk => ({
  type: 'paragraph',
  children: inline(source, { verbatim }),
});

const marks: Record<string, Style> = { '*': 'bold', _: 'italic', '~': 'strike' };
const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isSpace = (char: string | undefined) => char === undefined || /\s/.test(char);

const emojiAt = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/y;
const tokenAt = /<([^<>\n]+)>/y;
const addressAt = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"*_~]/y;

function at(pattern: RegExp, source: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(source);
}

/** Within code and preformatted text only `<…>` still counts. */
function literal(source: string): Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(/<([^<>\n]+)>/g)) {
    nodes.push(text(decoded(source.slice(end, match.index))), ...(tokenFor(match[1] ?? '') ?? [text(match[0])]));
    end = match.index + match[0].length;
  }
  return joined(
    [...nodes, text(decoded(source.slice(end)))].filter((node) => node.type !== 'text' || node.text !== ''),
  );
}

function createReader(source: string, verbatim: boolean) {
  /** A mark without an end has none further on in its line either: keeps hostile rows of marks from costing their square. */
  const unclosedUntil = new Map<string, number>();

  function lineEnd(from: number, until: number): number {
    const newline = source.indexOf('\n', from);
    return newline < 0 || newline > until ? until : newline;
  }

  function closing(mark: string, from: number, until: number): number | undefined {
    const end = lineEnd(from, until);
    if ((unclosedUntil.get(mark) ?? -1) >= from) return undefined;
    for (let index = from; index < end; index += 1) {
      const char = source[index];
      if (char === '<') index += Math.max((at(tokenAt, source, index)?.[0].length ?? 1) - 1, 0);
      else if (char === mark && index > from && closes(mark, index)) return index;
    }
    unclosedUntil.set(mark, end);
    return undefined;
  }

  const closes = (mark: string, index: number) =>
    mark === '`' || (!isSpace(source[index - 1]) && !isWord(source[index + 1]) && source[index + 1] !== mark);

  const opens = (mark: string, index: number) => {
    const next = source[index + 1];
    return !isWord(source[index - 1]) && source[index - 1] !== mark && !isSpace(next) && next !== mark;
  };

  function code(index: number, until: number): [Inline[], number] | undefined {
    const end = closing('`', index + 1, until);
    if (end === undefined) return undefined;
    return [[{ type: 'styled', style: 'code', children: literal(source.slice(index + 1, end)) }], end + 1];
  }

  function styled(mark: string, index: number, until: number, within: Style[]): [Inline[], number] | undefined {
    const style = marks[mark];
    if (!style || within.includes(style) || !opens(mark, index)) return undefined;
    const end = closing(mark, index + 1, until);
    if (end === undefined) return undefined;
    return [[{ type: 'styled', style, children: joined(read(index + 1, end, [...within, style])) }], end + 1];
  }

  function token(index: number): [Inline[], number] | undefined {
    const match = at(tokenAt, source, index);
    const nodes = match && tokenFor(match[1] ?? '');
    return nodes ? [nodes, index + match[0].length] : undefined;
  }

  function emoji(index: number): [Inline[], number] | undefined {
    const match = at(emojiAt, source, index);
    if (!match?.[1]) return undefined;
    const tone = match[2] && { tone: Number(match[2]) };
    return [[{ type: 'emoji', name: match[1], ...tone }], index + match[0].length];
  }

  function address(index: number, until: number): [Inline[], number] | undefined {
    if (verbatim || isWord(source[index - 1])) return undefined;
    const match = at(addressAt, source, index);
    if (!match || index + match[0].length > until) return undefined;
    const url = decoded(match[0]);
    return [link(url, [text(url)]), index + match[0].length];
  }

  function special(index: number, until: number, within: Style[]): [Inline[], number] | undefined {
    const char = source[index] ?? '';
    if (char === '`') return code(index, until);
    if (char === '<') return token(index);
    if (char === ':') return emoji(index);
    if (char === 'h') return address(index, until);
    return marks[char] && styled(char, index, until, within);
  }

  function read(from: number, until: number, within: Style[]): Inline[] {
    const nodes: Inline[] = [];
    let plainFrom = from;
    const plainUntil = (index: number) => {
      if (index > plainFrom) nodes.push(text(decoded(source.slice(plainFrom, index))));
    };
    for (let index = from; index < until; ) {
      const found = special(index, until, within);
      if (found) {
        plainUntil(index);
        nodes.push(...found[0]);
        plainFrom = found[1];
      }
      index = found ? found[1] : index + 1;
    }
    plainUntil(until);
    return nodes;
  }

  return { read };
}
