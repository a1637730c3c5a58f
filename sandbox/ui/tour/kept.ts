/** Over a reload the tour goes on where it was; once it is over, it stays away until somebody asks for it. */
import { isObject, parseObject, strings } from '../../json.ts';
import type { Memory } from './steps.ts';

const key = 'sandbox:tour';

export type Kept = { over: boolean; memory?: Memory };

export function readTour(): Kept {
  const kept = parseObject(localStorage.getItem(key) ?? '{}') ?? {};
  const { over, memory } = kept;
  if (!isObject(memory)) return { over: over === true };
  const { who, before, channel, killedAfter } = memory;
  return {
    over: over === true,
    memory: {
      who: String(who),
      before: strings(before),
      ...(typeof channel === 'string' && { channel }),
      ...(typeof killedAfter === 'string' && { killedAfter }),
    },
  };
}

export function keepTour(kept: Kept): void {
  localStorage.setItem(key, JSON.stringify(kept));
}

/** Somebody is here for the first time, or in the middle of the tour. */
export const wantsTour = (): boolean => !readTour().over;
