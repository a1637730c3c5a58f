/** Up and down go from message to message; what can be done with one is behind Tab. */
import type { RefObject } from 'preact';

export function useListKeys(list: RefObject<HTMLElement | null>) {
  return (event: KeyboardEvent) => {
    const { key, target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, [role=combobox]');
    if (isTyping || (key !== 'ArrowUp' && key !== 'ArrowDown')) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('.message') ?? [])];
    const at = all.findIndex((one) => one.contains(document.activeElement));
    const next = at < 0 ? all.at(-1) : all[at + (key === 'ArrowUp' ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
}
