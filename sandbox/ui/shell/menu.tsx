/** A button and the menu it opens: arrows move, letters find, Esc closes and gives the focus back. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Popup } from '../blocks/elements/popup.tsx';
import { Icon, type IconName } from './icons.tsx';

export type Item = {
  label: string;
  /** a second, softer line */
  note?: string;
  icon?: IconName;
  picture?: ComponentChildren;
  danger?: boolean;
  checked?: boolean;
  do: () => void;
};

export type Group = { title?: string; items: Item[] };

type ButtonProps = {
  label: string;
  groups: () => Group[];
  class?: string;
  side?: 'start' | 'end';
  onOpen?: (isOpen: boolean) => void;
  children: ComponentChildren;
};

export function MenuButton({
  label,
  groups,
  class: kind = 'icon-button',
  side = 'start',
  onOpen,
  children,
}: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const show = (open: boolean) => {
    setOpen(open);
    onOpen?.(open);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={kind}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => show(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <Popup anchor={button} side={side} onOutside={() => show(false)}>
          <Menu
            label={label}
            groups={groups()}
            close={(focus) => {
              show(false);
              if (focus) button.current?.focus();
            }}
          />
        </Popup>
      )}
    </>
  );
}

type MenuProps = { label: string; groups: Group[]; close: (focusBack: boolean) => void };

export function Menu({ label, groups, close }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => itemsOf(list.current)[0]?.focus(), []);
  return (
    <div
      ref={list}
      class="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => onKey(event, list.current, close)}
    >
      {groups
        .filter(({ items }) => items.length > 0)
        .map(({ title, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be inside a menu
          <div key={title ?? items[0]?.label} role="group" aria-label={title} class="menu-group">
            {title && <div class="menu-title">{title}</div>}
            {items.map((item) => (
              <MenuItem key={item.label} item={item} close={close} />
            ))}
          </div>
        ))}
    </div>
  );
}

function MenuItem({ item, close }: { item: Item; close: MenuProps['close'] }) {
  const { label, note, icon, picture, danger, checked } = item;
  const role = checked === undefined ? 'menuitem' : 'menuitemradio';
  return (
    <button
      type="button"
      role={role}
      {...(checked !== undefined && { 'aria-checked': checked })}
      tabIndex={-1}
      class={`menu-item ${danger ? 'menu-danger' : ''}`}
      onMouseMove={({ currentTarget }) => currentTarget.focus()}
      onClick={() => {
        close(true);
        item.do();
      }}
    >
      {picture}
      {icon && <Icon name={icon} size={18} />}
      <span class="menu-words">
        <span>{label}</span>
        {note && <span class="menu-note">{note}</span>}
      </span>
      {checked && <Icon name="check" size={16} />}
    </button>
  );
}

const itemsOf = (list: HTMLElement | null) => [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];

function onKey(event: KeyboardEvent, list: HTMLElement | null, close: MenuProps['close']) {
  const items = itemsOf(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = (index: number) => items[(index + items.length) % items.length]?.focus();
  if (event.key === 'ArrowDown') to(at + 1);
  else if (event.key === 'ArrowUp') to(at - 1);
  else if (event.key === 'Home') to(0);
  else if (event.key === 'End') to(items.length - 1);
  else if (event.key === 'Escape' || event.key === 'Tab') close(event.key === 'Escape');
  else if (event.key.length === 1 && event.key !== ' ') {
    const wanted = event.key.toLowerCase();
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    after.find((item) => item.textContent?.trim().toLowerCase().startsWith(wanted))?.focus();
    return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
