import { setTimeout as sleep } from 'node:timers/promises';

/** Real milliseconds. A story is made of many small waits, so the first looks come quickly. */
const firstPause = 3;
const longestPause = 25;
const patience = 8_000;

/** Looks until there is something to see; when there never is, the error tells what was seen instead. */
export async function eventually<T>(
  wanted: string,
  look: () => Promise<T | undefined>,
  { seen, within = patience }: { seen?: () => Promise<string>; within?: number } = {},
): Promise<T> {
  const end = performance.now() + within;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) {
      const instead = seen ? `\nWhat there was to see:\n${(await seen()) || '(nothing)'}` : '';
      throw new Error(`Waited ${within} ms for ${wanted}.${instead}`);
    }
    await sleep(pause);
  }
}
