import { visible } from '../../slack/blocks.ts';
import { isPerson, otherName } from '../../slack/mention.ts';

/** What stands for something in Markdown; after a backslash it stands for itself. */
const marks = /[\\`*_[\]<>|~&]/g;

/** Text of people's, so that in Markdown it reads as it was written. */
export const escapeMarkdown = (text: string): string =>
  visible(text).replaceAll(/\s+/g, ' ').trim().replace(marks, '\\$&');

const mention = /<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>|(?<![\w@])@([UW][A-Z0-9]{2,20})\b/g;

/** Whoever nobody knows any more is still told apart from others. */
export const nameOf = (names: ReadonlyMap<string, string>, id: string): string =>
  visible(names.get(id) ?? (isPerson(id) ? `somebody (${id})` : otherName(id)));

/** Puts names where people's ids are: `@U012` is `@Ana Ruiz`. */
export const withNames = (markdown: string, names: ReadonlyMap<string, string>): string =>
  markdown.replace(mention, (_, one?: string, other?: string) => {
    const id = one ?? other ?? '';
    return `${names.has(id) ? '@' : ''}${escapeMarkdown(nameOf(names, id))}`;
  });
