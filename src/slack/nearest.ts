/** The name most like the word, when one is near enough to have been meant: at most two letters off, and less than half of them. */
export function nearest(word: string, names: string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, off: distance(word.toLowerCase(), name) }))
    .sort((one, other) => one.off - other.off);
  return best && best.off <= 2 && best.off < best.name.length / 2 ? best.name : undefined;
}

/** Levenshtein distance, with one row of the table kept. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      const changed = (row[j] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
