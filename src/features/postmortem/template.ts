import { CannotStart } from '../../cannot-start.ts';
import type { Policy } from '../../policy.ts';
import { type Fields, fields } from './fields.ts';

/** A piece of a section, parsed: what stands there as it is, and what is filled in. */
export type Node =
  | { kind: 'words'; text: string }
  /** A question to whoever writes: shown until somebody answers it, and never published. */
  | { kind: 'prompt'; text: string }
  | { kind: 'value'; name: string }
  /** `{{#name}}`: once for each of a list, or where there is such a value; `{{^name}}`: where there is none. */
  | { kind: 'block'; name: string; when: 'there' | 'absent'; inside: Node[] };

export interface TemplateSection {
  key: string;
  title: string;
  /** What stands in the template: where the text of a writer begins. */
  text: string;
  nodes: Node[];
}

export interface Template {
  sections: TemplateSection[];
}

/** The template cannot be used; the message says where and why. */
export class TemplateError extends CannotStart {
  override name = 'TemplateError';
}

/** Wrong at a line, counted from 0 in what was parsed. */
class Wrong extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}

const heading = /^##\s+(.*\S)\s*$/;

/** `## Section` begins one. Throws `TemplateError` with file, line and reason. */
export function parseTemplate({ file, text }: { file: string; text: string }): Template {
  const wrong = (line: number, why: string) => new TemplateError(`${file}:${line + 1}: ${why}`);
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (heading.test(line) ? [index] : []));
  const [first = lines.length] = starts;
  const astray = lines.slice(0, first).findIndex((line) => line.trim() !== '');
  if (astray >= 0) throw wrong(astray, 'stands before the first section; a section begins with "## " and its title');
  if (starts.length === 0) throw wrong(0, 'has no section; a section begins with "## " and its title');
  const sections = starts.map((start, index): TemplateSection => {
    const title = heading.exec(lines[start] ?? '')?.[1] ?? '';
    const body = lines.slice(start + 1, starts[index + 1]).join('\n');
    const before = body.length - body.trimStart().length;
    const offset = start + 1 + body.slice(0, before).split('\n').length - 1;
    try {
      return { key: keyOf(title), title, text: body.trim(), nodes: parseStrictly(body.trim()) };
    } catch (error) {
      if (error instanceof Wrong) throw wrong(offset + error.line, error.message);
      throw error;
    }
  });
  const keys = sections.map(({ key }) => key);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice >= 0) throw wrong(starts[twice] ?? 0, `the section "${sections[twice]?.title}" is there twice`);
  const nameless = keys.indexOf('');
  if (nameless >= 0) throw wrong(starts[nameless] ?? 0, 'the title of a section needs a letter or a digit');
  return { sections };
}

const parsed = new Map<string, Template>();

/** The template that the policy names, parsed once. */
export function templateOf({ postmortemTemplate: given }: Policy): Template {
  const known = parsed.get(given.text) ?? parseTemplate(given);
  parsed.set(given.text, known);
  return known;
}

/** Such as `customer-impact`: texts are kept by it, so a section that is renamed begins anew. */
export const keyOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** What a person wrote: braces that mean nothing here, as in a chart of Helm, stay as they are. */
export function parseText(text: string): Node[] {
  return parse(text, (_, literal) => literal);
}

function parseStrictly(text: string): Node[] {
  return parse(text, (line, _, why) => {
    throw new Wrong(line, why);
  });
}

/** Given the line, what stands there, and why it means nothing: gives the words that stand in its place. */
type Wronged = (line: number, literal: string, why: string) => string;

const tag = /\{\{\s*([#^/?])?\s*([\s\S]*?)\s*\}\}/g;

interface Open {
  node: Node & { kind: 'block' };
  scope: Fields[];
  literal: string;
  line: number;
}

function parse(text: string, wronged: Wronged): Node[] {
  const top: Node[] = [];
  const open: Open[] = [];
  const here = () => open.at(-1)?.node.inside ?? top;
  const scope = () => open.at(-1)?.scope ?? [fields];
  const say = (words: string) => {
    if (words !== '') here().push({ kind: 'words', text: words });
  };
  let at = 0;
  for (const found of text.matchAll(tag)) {
    const [literal, sign = '', name = ''] = found;
    const line = lineOf(text, found.index);
    const own = sign === '#' || sign === '^' || sign === '/' ? ownLine(text, found.index, literal) : undefined;
    const means = meaning(sign, name, scope(), open.at(-1)?.node.name);
    if ('wrong' in means) {
      say(text.slice(at, found.index) + wronged(line, literal, means.wrong));
      at = found.index + literal.length;
      continue;
    }
    say(text.slice(at, own?.from ?? found.index));
    at = own?.to ?? found.index + literal.length;
    if ('closes' in means) open.pop();
    else here().push(means.node);
    if ('scope' in means) open.push({ ...means, literal: text.slice(own?.from ?? found.index, at), line });
  }
  say(text.slice(at));
  for (let left = open.pop(); left; left = open.pop()) {
    const words = wronged(left.line, left.literal, `the block {{#${left.node.name}}} is not closed`);
    const around = here();
    around.splice(around.indexOf(left.node), 1, { kind: 'words', text: words }, ...left.node.inside);
  }
  return top;
}

type Meaning = { wrong: string } | { closes: true } | { node: Node } | { node: Open['node']; scope: Fields[] };

/** What a tag means where it stands. `inside`: the block that is open there. */
function meaning(sign: string, name: string, scope: Fields[], inside: string | undefined): Meaning {
  if (sign === '?') return { node: { kind: 'prompt', text: name.replace(/\s+/g, ' ') } };
  if (sign === '/') {
    if (inside === name) return { closes: true };
    return { wrong: `{{/${name}}} closes nothing${inside === undefined ? '' : ` here: {{#${inside}}} is open`}` };
  }
  const field = look(scope, name);
  if (field === undefined) return { wrong: unknown(name) };
  if (sign === '' && typeof field === 'object')
    return { wrong: `"${name}" is a list: {{#${name}}} … {{/${name}}} goes through it` };
  if (sign === '') return { node: { kind: 'value', name } };
  const when = sign === '#' ? 'there' : 'absent';
  const within = typeof field === 'object' && when === 'there' ? [field.each, ...scope] : scope;
  return { node: { kind: 'block', name, when, inside: [] }, scope: within };
}

const unknown = (name: string) => `there is no field "${name}" here; docs/postmortems.md names them all`;

/** The innermost that has it. Own keys only: every object has a `constructor`. */
function look(scope: Fields[], name: string): Fields[string] | undefined {
  return scope.find((one) => Object.hasOwn(one, name))?.[name];
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length - 1;

/** A block's beginning or end that has a line for itself takes the whole line, so that it leaves no empty one behind. */
function ownLine(text: string, index: number, literal: string): { from: number; to: number } | undefined {
  const before = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, index));
  const behind = /^[ \t]*(?:\n|$)/.exec(text.slice(index + literal.length));
  if (!before || !behind) return undefined;
  return { from: index - (before[1]?.length ?? 0), to: index + literal.length + behind[0].length };
}
