import { seeded } from '../../../sandbox/random.ts';

/** Everything that is left to chance in a run is drawn here, so that a seed gives the same plan again. */
export interface Dice {
  chance(probability: number): boolean;
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  pick<T>(choices: readonly T[]): T;
  /** A word that nothing else is called. */
  word(): string;
}

export function diceOf(seed: number): Dice {
  const random = seeded(seed);
  const below = (end: number) => Math.floor(random() * end);
  let words = 0;
  return {
    chance: (probability) => random() < probability,
    below,
    pick<T>(choices: readonly T[]): T {
      const picked = choices[below(choices.length)];
      if (picked === undefined) throw new Error('Nothing to pick from.');
      return picked;
    },
    word() {
      words += 1;
      // Letters only, so that a word is a word of its own in a title, a channel's name and a text.
      return letters(seed) + letters(words) + letters(below(17_576) + 17_576);
    },
  };
}

const letters = (count: number): string =>
  (count >= 26 ? letters(Math.floor(count / 26)) : '') + String.fromCharCode(97 + (count % 26));
