import { stem } from '../../incident/words.ts';
import type { Titled } from '../../store/incident-titles.ts';

/** Words that say nothing about what is wrong: those of any sentence, and those of any incident. */
const common = new Set(
  `a an and are at by for from has have in is it of on or our the to we with not no some
  fail failure down broken broke error issue problem incident`
    .split(/\s+/)
    .map(stem),
);

/** How long an incident stays a likely double of a new one. Milliseconds. */
export const likelyFor = 2 * 60 * 60_000;
/** Within this time even an unlike title may be the same thing seen by two people. Milliseconds. */
const minutesAgo = 10 * 60_000;

/** Those that may be what somebody is about to declare: alike in words; without a title, those just declared. */
export function alike<One extends Titled>(title: string, open: One[], now: Date): One[] {
  const words = wordsOf(title);
  return open.filter((incident) => {
    const age = now.getTime() - incident.declaredAt.getTime();
    return words.size === 0 ? age < minutesAgo : age < likelyFor && likeness(words, wordsOf(incident.title)) >= 0.5;
  });
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
