/** What opens under a control: drawn in the browser's top layer, so that no modal cuts it off. */
import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

type Props = {
  anchor: RefObject<HTMLElement | null>;
  /** as wide as what it hangs from */
  wide?: boolean;
  side?: 'start' | 'end';
  onOutside: () => void;
  children: ComponentChildren;
};

export function Popup({ anchor, wide = false, side = 'start', onOutside, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const [from, box] = [anchor.current, popup.current];
    if (!from || !box) return undefined;
    box.showPopover();
    return autoUpdate(from, box, () => void place(from, box, wide, side));
  }, []);

  useEffect(() => {
    const away = ({ target }: Event) => {
      if (!(target instanceof Node)) return;
      if (!popup.current?.contains(target) && !anchor.current?.contains(target)) onOutside();
    };
    document.addEventListener('pointerdown', away, true);
    return () => document.removeEventListener('pointerdown', away, true);
  }, [onOutside]);

  return (
    <div ref={popup} popover="manual" class="bk-popup">
      {children}
    </div>
  );
}

async function place(from: HTMLElement, box: HTMLElement, wide: boolean, side: 'start' | 'end') {
  const { x, y } = await computePosition(from, box, {
    strategy: 'fixed',
    placement: `bottom-${side}`,
    middleware: [
      offset(4),
      flip({ padding: 8 }),
      shift({ padding: 8 }),
      size({
        padding: 8,
        apply({ rects, availableHeight }) {
          box.style.maxHeight = `${Math.max(120, Math.min(availableHeight, 360))}px`;
          if (wide) box.style.width = `${Math.max(rects.reference.width, 220)}px`;
        },
      }),
    ],
  });
  box.style.left = `${x}px`;
  box.style.top = `${y}px`;
}
