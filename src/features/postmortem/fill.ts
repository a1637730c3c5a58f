import { type Fields, fields, type Values } from './fields.ts';
import { escapeAddress, escapeLine, escapeText } from './markdown.ts';
import type { Node } from './template.ts';

type Filling = Record<string, unknown>;

/** A scope of values with what they are, innermost first. */
interface Scope {
  fields: Fields;
  values: Filling;
  around?: Scope;
}

/** Markdown of a section: what is known in its place, every value escaped, and nothing twice. `prompts`: questions are shown. */
export function fill(nodes: Node[], values: Values, { prompts }: { prompts: boolean }): string {
  return tidy(nodesIn(nodes, { fields, values }, prompts));
}

function nodesIn(nodes: Node[], scope: Scope, prompts: boolean): string {
  return nodes.map((node) => nodeIn(node, scope, prompts)).join('');
}

function nodeIn(node: Node, scope: Scope, prompts: boolean): string {
  switch (node.kind) {
    case 'words':
      return node.text;
    case 'prompt':
      return prompts ? `*${escapeLine(node.text)}*` : '';
    case 'value':
      return valueIn(node.name, scope);
    case 'block':
      return blockIn(node, scope, prompts);
  }
}

function valueIn(name: string, scope: Scope): string {
  const found = holderOf(name, scope);
  const value = found.values[name];
  if (typeof value !== 'string') return '';
  const escape = { line: escapeLine, text: escapeText, address: escapeAddress };
  const kind = found.fields[name];
  return typeof kind === 'string' ? escape[kind](value) : '';
}

function blockIn({ name, when, inside }: Node & { kind: 'block' }, scope: Scope, prompts: boolean): string {
  const found = holderOf(name, scope);
  const value = found.values[name];
  const isThere = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';
  if (when === 'absent') return isThere ? '' : nodesIn(inside, scope, prompts);
  const kind = found.fields[name];
  if (!isThere || !Array.isArray(value) || typeof kind !== 'object')
    return isThere ? nodesIn(inside, scope, prompts) : '';
  return value
    .map((one: Filling) => nodesIn(inside, { fields: kind.each, values: one, around: scope }, prompts))
    .join('');
}

/** Who has the field, whether or not it is known there: an inner field that is not known is not looked for outside. */
function holderOf(name: string, scope: Scope): Scope {
  if (Object.hasOwn(scope.fields, name) || !scope.around) return scope;
  return holderOf(name, scope.around);
}

const tidy = (markdown: string): string =>
  markdown
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
