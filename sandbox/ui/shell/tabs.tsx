import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

type Props<T extends string> = {
  label: string;
  tabs: [id: T, title: string][];
  open: T;
  onOpen: (id: T) => void;
  children: ComponentChildren;
};

export function Tabs<T extends string>({ label, tabs, open, onOpen, children }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(([tab]) => tab === open);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onOpen(next[0]);
    list.current?.querySelector<HTMLElement>(`[data-tab=${next[0]}]`)?.focus();
  }
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(([tab, title]) => (
          <button
            key={tab}
            type="button"
            role="tab"
            class="tab"
            id={`${id}-${tab}`}
            data-tab={tab}
            aria-selected={tab === open}
            aria-controls={`${id}-panel`}
            tabIndex={tab === open ? 0 : -1}
            onClick={() => onOpen(tab)}
          >
            {title}
          </button>
        ))}
      </div>
      <div class="tab-panel" id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${open}`}>
        {children}
      </div>
    </>
  );
}
