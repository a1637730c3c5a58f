import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { act } from '../state/act.ts';
import { closeOverlay } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { Dialog } from './dialog.tsx';

/** https://docs.slack.dev/reference/methods/conversations.create#naming, as Slack's own form helps with it */
const asName = (typed: string) =>
  typed
    .toLowerCase()
    .replaceAll(/\s+/g, '-')
    .replaceAll(/[^\p{L}\p{N}_-]/gu, '')
    .slice(0, 80);

const said: Record<string, string> = {
  name_taken: 'There is a channel of that name already.',
  invalid_name_required: 'A channel needs a name.',
  invalid_name_punctuation: 'A name needs a letter or a number.',
};

export function NewChannel() {
  const name = useSignal('');
  const secret = useSignal(false);
  const trouble = useSignal('');
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => box.current?.focus(), []);

  async function create() {
    try {
      const { id: channel } = await act.createChannel(name.value.replace(/^-+|-+$/g, ''), secret.value);
      closeOverlay();
      go({ channel });
    } catch (error) {
      const code = error instanceof Error ? error.message : String(error);
      trouble.value = said[code] ?? code;
    }
  }

  return (
    <Dialog title="Create a channel" close={closeOverlay}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <label class="label" for={`${id}-name`}>
          Name
        </label>
        <input
          ref={box}
          id={`${id}-name`}
          class="input"
          placeholder="e.g. plan-budget"
          autocomplete="off"
          aria-describedby={`${id}-hint`}
          aria-invalid={trouble.value !== ''}
          value={name.value}
          onInput={({ currentTarget }) => {
            name.value = asName(currentTarget.value);
            currentTarget.value = name.value;
            trouble.value = '';
          }}
        />
        <p id={`${id}-hint`} class={trouble.value ? 'trouble' : 'soft'}>
          {trouble.value || 'Lower case, without spaces.'}
        </p>
        <label class="check">
          <input
            type="checkbox"
            checked={secret.value}
            onChange={({ currentTarget }) => {
              secret.value = currentTarget.checked;
            }}
          />{' '}
          Private: only people who are invited can see it
        </label>
        <div class="dialog-foot dialog-foot-in">
          <button type="button" class="button" onClick={closeOverlay}>
            Cancel
          </button>
          <button type="submit" class="button button-primary" disabled={name.value === ''}>
            Create
          </button>
        </div>
      </form>
    </Dialog>
  );
}
