import { useEffect, useRef } from 'preact/hooks';
import type { Message } from '../../wire.ts';
import { act } from '../state/act.ts';
import { overlay, trying } from '../state/overlay.ts';
import { editing } from './editing.ts';
import { typedFrom } from './typed.ts';

export function EditMessage({ message }: { message: Message }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const before = typedFrom(message.text);
  const stop = () => {
    editing.value = undefined;
  };
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(before.length, before.length);
  }, []);

  function save() {
    const text = box.current?.value.trim() ?? '';
    stop();
    if (text === '') overlay.value = { kind: 'delete', message };
    else if (text !== before) trying(act.edit(message, text));
  }

  return (
    <div class="edit">
      <textarea
        ref={box}
        class="composer-text"
        aria-label="Edit message"
        defaultValue={before}
        onKeyDown={(event) => {
          if (event.key === 'Escape') stop();
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          save();
        }}
      />
      <div class="edit-buttons">
        <button type="button" class="button button-small" onClick={stop}>
          Cancel
        </button>
        <button type="button" class="button button-small button-primary" onClick={save}>
          Save
        </button>
      </div>
    </div>
  );
}
