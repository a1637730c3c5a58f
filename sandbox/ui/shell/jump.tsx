import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { act } from '../state/act.ts';
import { isDirect, titleOf } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { channels, isUnread, people, viewer } from '../state/store.ts';
import { Avatar } from './avatar.tsx';
import { optionId } from './completion-list.tsx';
import { Icon } from './icons.tsx';

type Target = { key: string; title: string; note: string; icon: ComponentChildren; go: () => void };

const most = 12;

/** Everywhere one can go, what is unread first. */
function targets(): Target[] {
  const rooms = [...channels.value.values()]
    .filter((one) => !isDirect(one) && !one.archived)
    .sort((a, b) => Number(isUnread(b)) - Number(isUnread(a)))
    .map((channel) => ({
      key: channel.id,
      title: titleOf(channel),
      note: channel.topic,
      icon: <Icon name={channel.private ? 'lock' : 'hash'} size={18} />,
      go: () => go({ channel: channel.id }),
    }));
  const persons = [...people.value.values()]
    .filter(({ role, id }) => role !== 'deactivated' && id !== viewer.value?.id)
    .map((person) => ({
      key: person.id,
      title: person.realName,
      note: person.isBot ? 'App' : `@${person.name}`,
      icon: <Avatar person={person} size={22} />,
      go: () =>
        person.isBot ? go({ app: 'messages' }) : trying(act.dm(person.name).then(({ channel }) => go({ channel }))),
    }));
  return [...rooms, ...persons];
}

const fits = ({ title, note }: Target, wanted: string) => `${title} ${note}`.toLowerCase().includes(wanted);

export function Jump({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal('');
  const active = useSignal(0);
  const list = useId();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const wanted = typed.value.toLowerCase().replace(/^[#@]/, '');
  const found = targets()
    .filter((target) => fits(target, wanted))
    .slice(0, most);

  function take(target: Target | undefined) {
    if (!target) return;
    dialog.current?.close();
    target.go();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') active.value = Math.min(active.value + 1, found.length - 1);
    else if (event.key === 'ArrowUp') active.value = Math.max(active.value - 1, 0);
    else if (event.key === 'Enter') take(found[active.value]);
    else return;
    event.preventDefault();
  }

  return (
    <dialog ref={dialog} class="dialog jump" aria-label="Jump to a channel or a person" onClose={close}>
      <input
        class="input jump-input"
        placeholder="Jump to a channel or a person"
        aria-label="Jump to a channel or a person"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={optionId(list, active.value)}
        onKeyDown={onKeyDown}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
          active.value = 0;
        }}
      />
      <div id={list} role="listbox" aria-label="Channels and people" class="completion-list">
        {found.map((target, index) => (
          <div
            key={target.key}
            id={optionId(list, index)}
            class="completion-option"
            role="option"
            tabIndex={-1}
            aria-selected={index === active.value}
            onMouseDown={(event) => {
              event.preventDefault();
              take(target);
            }}
          >
            {target.icon}
            <span class="completion-title">{target.title}</span>
            <span class="completion-note">{target.note}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="soft jump-none">Nothing here is called that.</p>}
    </dialog>
  );
}
