/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Json, objects, textOf } from '../../../json.ts';
import { isSafeUrl } from '../text/inline.ts';
import { PlainText, plainOf } from '../text/text.tsx';
import { useConfirm } from './confirm.tsx';
import type { Placing } from './field.ts';
import { Popup } from './popup.tsx';

export function Overflow({ placing }: { placing: Placing }) {
  const { element, blockId, actionId, surface } = placing;
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const [ask, dialog] = useConfirm();

  function close() {
    setOpen(false);
    anchor.current?.focus();
  }

  function choose(option: Json) {
    close();
    const url = textOf(option.url);
    ask(element.confirm, () => {
      if (url && isSafeUrl(url)) window.open(url, '_blank', 'noopener,noreferrer');
      const value = textOf(option.value) ?? null;
      surface.act({ blockId, actionId, type: 'overflow', value, text: plainOf(option.text) });
    });
  }

  return (
    <>
      <button
        ref={anchor}
        type="button"
        class="bk-button bk-dots"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">•••</span>
      </button>
      {open && (
        <Popup anchor={anchor} side="end" onOutside={() => setOpen(false)}>
          <Menu options={objects(element.options)} choose={choose} close={close} />
        </Popup>
      )}
      {dialog}
    </>
  );
}

type MenuProps = { options: Json[]; choose(option: Json): void; close(): void };

function Menu({ options, choose, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll('button') ?? [])];
  useEffect(() => items()[0]?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  return (
    <div ref={menu} class="bk-menu" role="menu" tabIndex={-1} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button key={String(option.value)} type="button" role="menuitem" onClick={() => choose(option)}>
          <span>
            <PlainText text={plainOf(option.text)} />
          </span>
          {plainOf(option.description) && (
            <span class="bk-option-more">
              <PlainText text={plainOf(option.description)} />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
