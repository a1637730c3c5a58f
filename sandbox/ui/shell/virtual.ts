/** @tanstack/virtual-core for Preact: only what is in view, and a little around it, is in the document. */
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

type Options = Pick<
  VirtualizerOptions<HTMLElement, HTMLElement>,
  'count' | 'getScrollElement' | 'estimateSize' | 'getItemKey'
>;

type Scroll = { adjustments?: number; behavior?: ScrollBehavior };

/** Anchored at the end, so that older pages come in above without a jump. */
export function useConversation(options: Options, end: RefObject<boolean>): Virtualizer<HTMLElement, HTMLElement> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const kept = useRef<Virtualizer<HTMLElement, HTMLElement> | undefined>(undefined);
  const whole = {
    ...options,
    observeElementRect,
    observeElementOffset,
    // At the end somebody else holds the place, and two would pull in two directions.
    scrollToFn: (offset: number, how: Scroll, list: Virtualizer<HTMLElement, HTMLElement>) => {
      if (!end.current) elementScroll(offset, how, list);
    },
    anchorTo: 'end' as const,
    overscan: 8,
    paddingEnd: 8,
    onChange: () => redraw(undefined),
  };
  kept.current ??= new Virtualizer<HTMLElement, HTMLElement>(whole);
  const virtual = kept.current;
  virtual.setOptions(whole);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}
