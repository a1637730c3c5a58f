const first = 1_000;
const longest = 5 * 60_000;

/** Milliseconds until the next try: doubles up to five minutes, with a quarter of chance so that many do not come back at once. */
export function backOff(attempts: number, chance = Math.random): number {
  const wait = Math.min(longest, first * 2 ** Math.min(attempts - 1, 20));
  return Math.round(wait * (0.875 + chance() / 4));
}
