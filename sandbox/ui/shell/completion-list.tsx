import { useEffect, useRef } from 'preact/hooks';
import { Emoji } from '../blocks/text/emoji.tsx';
import { app } from '../state/store.ts';
import { Avatar, Bell } from './avatar.tsx';
import type { Completion, Suggestion } from './completion.ts';
import { Icon } from './icons.tsx';

type Props = { id: string; completion: Completion; active: number; onPick: (suggestion: Suggestion) => void };

export const optionId = (list: string, index: number) => `${list}-${index}`;

export function CompletionList({ id, completion, active, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <div class="completion">
      <div class="completion-label">{completion.label}</div>
      <div ref={list} class="completion-list" id={id} role="listbox" aria-label={completion.label}>
        {completion.suggestions.map((suggestion, index) => (
          <div
            key={suggestion.key}
            id={optionId(id, index)}
            class="completion-option"
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            onMouseDown={(event) => {
              // The composer keeps the focus; its own keys move in this list.
              event.preventDefault();
              onPick(suggestion);
            }}
          >
            <Picture suggestion={suggestion} />
            <span class="completion-title">{suggestion.title}</span>
            {suggestion.note && <span class="completion-note">{suggestion.note}</span>}
            {suggestion.kind === 'command' && <span class="completion-app">{app.value?.name}</span>}
          </div>
        ))}
      </div>
      <div class="completion-keys" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> to choose · <kbd>Tab</kbd> to take · <kbd>Esc</kbd> to close
      </div>
    </div>
  );
}

function Picture({ suggestion }: { suggestion: Suggestion }) {
  const { kind, person, title } = suggestion;
  if (person) return <Avatar person={person} size={22} />;
  if (kind === 'emoji') return <Emoji name={title.slice(1, -1)} />;
  if (kind === 'channel') return <Icon name="hash" size={18} />;
  if (kind === 'group') return <Icon name="people" size={18} />;
  return (
    <span class="avatar avatar-app completion-bell">
      <Bell />
    </span>
  );
}
