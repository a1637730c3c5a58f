/** A button that opens the emoji to choose from; they are loaded when it is first pressed. */
import type { ComponentChildren, ComponentType } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Popup } from '../blocks/elements/popup.tsx';

type Picker = ComponentType<{ onPick: (name: string) => void; close: () => void }>;
let loaded: Picker | undefined;

type Props = {
  label: string;
  class?: string;
  onPick: (name: string) => void;
  onOpen?: (isOpen: boolean) => void;
  children: ComponentChildren;
};

export function PickEmoji({ label, class: kind = 'icon-button', onPick, onOpen, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [Picker, setPicker] = useState<{ is: Picker }>();

  async function open() {
    loaded ??= (await import('./emoji-picker.tsx')).EmojiPicker;
    setPicker({ is: loaded });
    onOpen?.(true);
  }
  function close() {
    setPicker(undefined);
    onOpen?.(false);
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={kind}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={Picker !== undefined}
        onClick={() => (Picker ? close() : void open())}
      >
        {children}
      </button>
      {Picker && (
        <Popup anchor={button} side="end" onOutside={close}>
          <Picker.is
            close={() => {
              close();
              button.current?.focus();
            }}
            onPick={(name) => {
              close();
              onPick(name);
            }}
          />
        </Popup>
      )}
    </>
  );
}
