import { lazily } from '../lazily.ts';

/** Words that say nothing about what is wrong. */
const empty = new Set(
  'a an and are at by for from has have in is it of on or our the to was we were with not no some'.split(' '),
);

/** Scripts that put no blanks between words: taking those apart is slow, and needs to know the language. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = lazily(() => new Intl.Segmenter('en', { granularity: 'word' }));

function partsOf(text: string): string[] {
  const parts = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return parts.flatMap((part) =>
    unspaced.test(part) ? [...segmenter().segment(part)].map(({ segment }) => segment) : [part],
  );
}

/** No word that anybody looks for is longer; Postgres takes at most 2,046 bytes. */
const longestWord = 40;
/** Of one text: what somebody pastes in can be a whole log. */
const mostWords = 500;

/** "failing" and "fails" are the same complaint, "page" and "pages" the same thing. */
export function stem(word: string): string {
  return word.length > 3 ? word.replace(/(ing|ed|es|s|e)$/, '') : word;
}

/** The different words of a text, in one form each: letters and digits, without case, accents and endings. Also of Japanese, which has no blanks. */
export function wordsIn(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = partsOf(plain).map((word) => [...stem(word)].slice(0, longestWord).join(''));
  return [...new Set(words)].slice(0, mostWords);
}

/** Nobody asks for more at once. */
const mostAsked = 10;

/** What is looked for when somebody types this: without the words that are in any sentence, unless there are no others. */
export function wordsAsked(text: string): string[] {
  const words = wordsIn(text);
  const telling = words.filter((word) => !empty.has(word));
  return (telling.length > 0 ? telling : words).slice(0, mostAsked);
}
