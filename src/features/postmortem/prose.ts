/** A stretch of text that people read in one go: a paragraph, an item of a list, a heading, a row of a table. */
export interface Block {
  /** Where it begins in the whole. */
  at: number;
  /** What is not the writer's own prose is dots, so that places stay what they are. */
  text: string;
}

const dots = (text: string): string => text.replace(/[^\n]/g, '·');

/** Code, what others said, addresses and fields of the template: none of it is the writer's choice of words. */
const exempt: RegExp[] = [
  /<!--[\s\S]*?(?:-->|$)/g,
  /(?<!`)(`{1,10})(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)\1(?!`)/g,
  /!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)/g,
  /\]\([^)\n]{0,2000}\)/g,
  /\bhttps?:\/\/[^\s<>)]{1,2000}/g,
  /\{\{[^{}\n]{0,200}\}\}/g,
  /<\/?[a-z][^<>\n]{0,500}>/gi,
  /"[^"\n]{1,500}(?:\n[^"\n]{1,500}){0,10}"/g,
  /“[^”]{1,2000}”|„[^“”]{1,2000}[“”]|«[^»]{1,2000}»/g,
];

/** The prose of a Markdown text (CommonMark), in order. */
export function proseOf(markdown: string): Block[] {
  let masked = withoutBlocks(markdown);
  for (const what of exempt) masked = masked.replace(what, dots);
  return blocksOf(masked);
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
const quote = /^ {0,3}>/;
const indented = /^(?: {4}|\t)/;
const item = /^\s{0,8}(?:[-*+]|\d{1,9}[.)])\s/;
const begins = /^\s{0,8}(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|\||`{3}|~{3})/;

/** Whole lines that are no prose: fenced and indented code, and quotes with the lines that go on with them. */
function withoutBlocks(markdown: string): string {
  let closing: string | undefined;
  let before: 'blank' | 'text' | 'list' | 'quote' | 'code' = 'blank';
  let inList = false;
  const lines = markdown.split('\n').map((line) => {
    if (closing) {
      if (line.trim().startsWith(closing) && /^[`~\s]*$/.test(line)) closing = undefined;
      return dots(line);
    }
    const [, opened] = fence.exec(line) ?? [];
    if (opened) closing = opened;
    else if (line.trim() === '') before = before === 'code' ? 'code' : 'blank';
    else if (quote.test(line)) before = 'quote';
    else if (before === 'quote' && !begins.test(line)) return dots(line);
    else if (indented.test(line) && !inList && (before === 'blank' || before === 'code')) before = 'code';
    else {
      inList = item.test(line) || (inList && /^\s/.test(line));
      before = inList ? 'list' : 'text';
    }
    return opened || before === 'quote' || (before === 'code' && line.trim() !== '') ? dots(line) : line;
  });
  return lines.join('\n');
}

function blocksOf(masked: string): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  let open: Block | undefined;
  for (const line of masked.split('\n')) {
    const isBlank = line.trim() === '';
    if (open && !isBlank && !begins.test(line)) open.text += `\n${line}`;
    else {
      open = isBlank ? undefined : { at, text: line };
      if (open) blocks.push(open);
    }
    at += line.length + 1;
  }
  return blocks;
}
