import type { ComponentChildren } from 'preact';
import { go, place } from '../state/places.ts';
import { Icon } from './icons.tsx';

/** What stands at the right of a channel. */
export function Pane({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  const close = () => {
    const { channel } = place.peek();
    go(channel ? { channel } : {});
  };
  return (
    <aside
      class="pane"
      aria-label={title}
      onKeyDown={({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && close()}
    >
      <header class="pane-head">
        <h2>
          {title} <span class="soft">{note}</span>
        </h2>
        <button type="button" class="icon-button" aria-label={`Close ${title.toLowerCase()}`} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}
