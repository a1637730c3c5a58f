/** A menu with a search: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
import { useId, useRef, useState } from 'preact/hooks';
import { PlainText } from '../text/text.tsx';
import { named, type Placing } from './field.ts';
import { matching, type Option } from './option.ts';
import { OptionList } from './option-list.tsx';
import { Popup } from './popup.tsx';

export type ComboboxProps = {
  placing: Placing;
  options: Option[];
  picked: Option[];
  placeholder: string;
  multi?: boolean;
  /** how many may be picked */
  most?: number;
  pick(option: Option): void;
  drop(option: Option): void;
  /** Called as somebody types, where the options come from elsewhere: then nothing is left out here. */
  onType?(typed: string): void;
  /** stands instead of the list */
  note?: string | undefined;
};

export function Combobox(props: ComboboxProps) {
  const { placing, options, picked, placeholder, multi = false, most, pick, drop, onType, note } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();

  const [only] = picked;
  const shown = onType ? options : matching(options, typed ?? '');
  const full = most !== undefined && picked.length >= most;

  function show() {
    if (open) return;
    setOpen(true);
    const at = multi ? -1 : shown.findIndex(({ value }) => value === only?.value);
    setActive(Math.max(at, 0));
    onType?.('');
  }

  function hide() {
    setOpen(false);
    setTyped(undefined);
  }

  function type(words: string) {
    show();
    setTyped(words);
    setActive(0);
    onType?.(words);
  }

  function choose(option: Option | undefined) {
    if (!option) return;
    const has = picked.some(({ value }) => value === option.value);
    if (multi && has) drop(option);
    else if (!(multi && full)) pick(option);
    if (multi) setTyped(undefined);
    else hide();
  }

  function onKeyDown(event: KeyboardEvent) {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (open) setActive((at) => Math.min(Math.max(at + move, 0), shown.length - 1));
      else show();
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(shown[active]);
    } else if (event.key === 'Escape' && open) {
      // Only the list closes, not the form around it.
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === 'Backspace' && multi && !typed && picked.length > 0) {
      const last = picked.at(-1);
      if (last) drop(last);
    } else if (event.key === 'Tab') hide();
  }

  const resting = multi ? '' : (only?.label ?? '');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the words means the field in it
    <div
      ref={box}
      class={`bk-combobox ${open ? 'bk-open' : ''} ${placing.invalid ? 'bk-invalid' : ''}`}
      onMouseDown={(event) => {
        if (event.target !== input.current) event.preventDefault();
        input.current?.focus();
        if (open && !multi && typed === undefined) hide();
        else show();
      }}
    >
      {multi && picked.map((option) => <Chip key={option.value} option={option} drop={drop} />)}
      {!multi && only?.icon && typed === undefined && <span class="bk-combobox-icon">{only.icon}</span>}
      <input
        ref={input}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        class="bk-combobox-input"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(open && shown[active] && { 'aria-activedescendant': `${listId}-${active}` })}
        {...named(placing)}
        {...(placing.element.focus_on_load === true && { autofocus: true })}
        placeholder={picked.length > 0 && multi ? '' : resting && open ? resting : placeholder}
        value={typed ?? (open && !multi ? '' : resting)}
        onInput={(event) => type(event.currentTarget.value)}
        // What is typed takes the place of what was chosen.
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={onKeyDown}
        onBlur={hide}
      />
      {!multi && only && placing.input?.optional && (
        <button
          type="button"
          class="bk-clear"
          aria-label="Clear"
          onMouseDown={(event) => {
            event.stopPropagation();
            event.preventDefault();
          }}
          onClick={() => drop(only)}
        >
          ✕
        </button>
      )}
      <span class="bk-chevron" aria-hidden="true" />
      {open && (
        <Popup anchor={box} wide onOutside={hide}>
          <OptionList
            id={listId}
            options={shown}
            picked={picked}
            active={active}
            multi={multi}
            note={full && multi ? `You can choose at most ${most}.` : note}
            hover={setActive}
            choose={choose}
          />
        </Popup>
      )}
    </div>
  );
}

function Chip({ option, drop }: { option: Option; drop(option: Option): void }) {
  return (
    <span class="bk-chip">
      {option.icon}
      <PlainText text={option.label} />
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Remove ${option.label}`}
        onMouseDown={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        onClick={() => drop(option)}
      >
        ✕
      </button>
    </span>
  );
}
