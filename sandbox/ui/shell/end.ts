/** Who reads at the end of a conversation stays there, whatever is said or grows; who has scrolled away is left in peace. */
import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So near counts as the end. */
const nearPx = 40;

const fromEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => scrollHeight - scrollTop - clientHeight;

export function useEnd(list: RefObject<HTMLElement | null>) {
  const stays = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);

  const stay = useCallback(() => {
    const box = list.current;
    if (box && stays.current && fromEnd(box) > 0) box.scrollTop = box.scrollHeight;
  }, []);
  const onScroll = useCallback(() => {
    const box = list.current;
    if (!box) return;
    stays.current = fromEnd(box) < nearPx;
    setAtEnd(stays.current);
  }, []);
  const goToEnd = useCallback(() => {
    stays.current = true;
    stay();
    setAtEnd(true);
  }, []);
  const letGo = useCallback(() => {
    stays.current = false;
  }, []);
  return { stays, stay, isAtEnd, onScroll, goToEnd, letGo };
}

/** Every drawing may have made the list longer. */
export const useStay = (stay: () => void) => useLayoutEffect(stay);
