import type { Incident } from '../../incident/incident.ts';

/** Words that say nothing about what is wrong: those of any sentence, and those of any incident. */
const common = new Set(
  `a an and are at by for from has have in is it of on or our the to we with not no some
  fail failure down broken broke error issue problem incident`
    .split(/\s+/)
    .map(stem),
);

/** How long an incident stays a likely double of a new one. Milliseconds. */
const window = 2 * 60 * 60_000;
/** Within this time even an unlike title may be the same thing seen by two people. Milliseconds. */
const minutesAgo = 10 * 60_000;

/** Open incidents that somebody about to declare should see first: alike in words, newest first; without a title, those just declared. */
export function similarTo(title: string, open: Incident[], now: Date): Incident[] {
  const words = wordsOf(title);
  return open
    .filter((incident) => !incident.isPractice)
    .filter((incident) => {
      const age = now.getTime() - incident.declaredAt.getTime();
      return words.size === 0 ? age < minutesAgo : age < window && likeness(words, wordsOf(incident.title)) >= 0.5;
    })
    .slice(0, 3);
}

/** Of the words of the shorter title, the share that the other has too. */
function likeness(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.min(one.size, other.size));
}

function wordsOf(title: string): Set<string> {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.map(stem).filter((word) => !common.has(word)));
}

/** "failing" and "fails" are the same complaint, "page" and "pages" the same thing. */
function stem(word: string): string {
  return word.length > 3 ? word.replace(/(ing|ed|es|s|e)$/, '') : word;
}
