/** What mrkdwn, markdown and rich_text all become before anything is drawn: plain data, so that text never turns into markup. */
export type Style = 'bold' | 'italic' | 'strike' | 'underline' | 'code' | 'highlight';

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'styled'; style: Style; children: Inline[] }
  | { type: 'link'; url: string; children: Inline[] }
  | { type: 'user'; id: string }
  | { type: 'channel'; id: string; label?: string }
  | { type: 'usergroup'; id: string; label?: string }
  | { type: 'broadcast'; range: string }
  | { type: 'date'; seconds: number; format: string; fallback: string; url?: string }
  | { type: 'emoji'; name: string; tone?: number; unicode?: string }
  | { type: 'color'; value: string };

export type ListItem = { children: Inline[]; checked?: boolean };

export type Chunk =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: number; children: Inline[] }
  | { type: 'quote'; chunks: Chunk[] }
  | { type: 'pre'; children: Inline[] }
  | { type: 'list'; ordered: boolean; indent: number; start: number; border: boolean; items: ListItem[] }
  | { type: 'grid'; head: Inline[][]; rows: Inline[][][] }
  | { type: 'rule' };

export const text = (words: string): Inline => ({ type: 'text', text: words });

/** Slack's client opens these; everything else stays text, `javascript:` first of all. */
export function isSafeUrl(url: string): boolean {
  return /^(?:https?:\/\/|mailto:|tel:)/i.test(url) && URL.canParse(url);
}

/** A link, or its words where the address is not one to follow. */
export function link(url: string, children: Inline[]): Inline[] {
  return isSafeUrl(url) ? [{ type: 'link', url, children }] : children;
}

/** Neighbouring texts become one. */
export function joined(nodes: Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (node.type === 'text' && last?.type === 'text') out[out.length - 1] = text(last.text + node.text);
    else out.push(node);
  }
  return out;
}

/** The words alone, for labels and for the search in menus. */
export function wordsOf(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'styled' || node.type === 'link') return wordsOf(node.children);
      if (node.type === 'emoji') return node.unicode ?? `:${node.name}:`;
      if (node.type === 'date') return node.fallback;
      return '';
    })
    .join('');
}

const code = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/g;

/** Words with short codes in them. */
export function withEmoji(words: string): Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: name = '', 2: tone } of words.matchAll(code)) {
    nodes.push(text(words.slice(end, index)), { type: 'emoji', name, ...(tone && { tone: Number(tone) }) });
    end = index + whole.length;
  }
  return joined([...nodes, text(words.slice(end))]).filter((node) => node.type !== 'text' || node.text !== '');
}
