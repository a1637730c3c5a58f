/** The name most like the word, when one is near enough to have been meant: at most two letters off, and less than half of them. */
export function nearest(word: string, names: string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, off: distance(word.toLowerCase(), name) }))
    .sort((one, other) => one.off - other.off);
  return best && best.off <= 2 && best.off < best.name.length / 2 ? best.name : undefined;
}

/** How many letters are added, left out, changed or swapped with their neighbour; two rows of the table are kept. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      const changed = (row[j] ?? 0) + (letter === against ? 0 : 1);
      const isSwap = i > 0 && j > 0 && letter === other.at(j - 1) && one.at(i - 1) === against;
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
