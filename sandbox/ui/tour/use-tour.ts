/** The tour's memory and what it sees of the workspace, put together into the step one stands before. */
import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../blocks/contract.ts';
import { keepTour, readTour } from './kept.ts';
import { type Memory, newChannel, type Seen, type Step, stepOf } from './steps.ts';

export type Tour = {
  step: Step;
  seen: Seen;
  memory: Memory;
  remember(change: Partial<Memory>): void;
};

export function useTour(page: Page): Tour {
  const [memory, setMemory] = useState<Memory>(() => begun(page));
  // After a start over there is no such channel to ask for.
  const known = page.channels.value.has(memory.channel ?? '') ? memory.channel : undefined;
  const seen: Seen = {
    views: page.views.value,
    channels: page.channels.value,
    openId: page.openId.value,
    viewer: page.viewer.value?.id ?? '',
    messages: known ? page.messages(known).value : [],
  };

  function remember(change: Partial<Memory>) {
    setMemory((before) => ({ ...before, ...change }));
  }

  useEffect(() => keepTour({ over: false, memory }), [memory]);

  const found = memory.channel ? undefined : newChannel(memory, seen);
  useEffect(() => {
    if (found) remember({ channel: found });
  }, [found]);

  // Somebody else may not see it; who declared it always does.
  const isMine = seen.viewer === memory.who && seen.channels.size > 0;
  const isGone = isMine && memory.channel !== undefined && !seen.channels.has(memory.channel);
  useEffect(() => {
    // Somebody started over, so the tour does as well.
    if (isGone) setMemory(fresh(page));
  }, [isGone]);

  return { step: stepOf(memory, seen), seen, memory, remember };
}

/** Where it was, or at the beginning; a tour that was over begins anew. */
function begun(page: Page): Memory {
  const kept = readTour();
  if (!kept.over && kept.memory) return kept.memory;
  return fresh(page);
}

const fresh = (page: Page): Memory => ({
  who: page.viewer.peek()?.id ?? '',
  before: [...page.channels.peek().keys()],
});
