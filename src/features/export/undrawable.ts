import type { Document } from '../postmortem/document.ts';

type Has = (codePoint: number) => boolean;

/** What stands in the place of what the font does not have. */
const instead = '\u25a1';

const scripts: [name: string, pattern: RegExp][] = [
  ['emoji', /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}/u],
  ['Chinese or Japanese', /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
];

/** Parts of a character that is drawn or not as a whole, and what is never drawn. */
const joins = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

const isMissing = (character: string, has: Has) => !joins.test(character) && !has(character.codePointAt(0) ?? 0);

/** A sentence on what the font does not have, for the reader of the PDF. Undefined: it has everything. */
export function undrawableWords(text: string, has: Has): string | undefined {
  const missing = [...text].filter((character) => isMissing(character, has));
  if (missing.length === 0) return undefined;
  const kinds = new Set(missing.map((one) => scripts.find(([, pattern]) => pattern.test(one))?.[0] ?? 'other signs'));
  const count = missing.length === 1 ? '1 character' : `${missing.length} characters`;
  return `This PDF was drawn without a browser, by fonts that lack ${count} of the text (${[...kinds].join(', ')}); each stands as an empty box. The HTML and Markdown files have them.`;
}

/** The document with an empty box for each character that the font lacks: what looks like nothing would be read as nothing. */
export function withoutUndrawable(document: Document, has: Has): Document {
  const kept = (text: string) =>
    [...text.replaceAll(/[\ufe00-\ufe0f\u200d]/g, '')]
      .map((character) => (isMissing(character, has) ? instead : character))
      .join('');
  return {
    ...document,
    title: kept(document.title),
    services: document.services.map(kept),
    sections: document.sections.map((section) => ({
      ...section,
      title: kept(section.title),
      markdown: kept(section.markdown),
    })),
    names: new Map([...document.names].map(([id, name]) => [id, kept(name)])),
  };
}
