import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

type Props = {
  title: string;
  value: string;
  empty?: string;
  canChange: boolean;
  /** characters */
  most: number;
  save: (value: string) => Promise<unknown>;
};

export function EditLine({ title, value, empty = '', canChange, most, save }: Props) {
  const isOpen = useSignal(false);
  const trouble = useSignal('');
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen.value) box.current?.focus();
  }, [isOpen.value]);

  async function done() {
    try {
      const next = box.current?.value.trim() ?? value;
      if (next !== value) await save(next);
      isOpen.value = false;
      trouble.value = '';
    } catch (error) {
      trouble.value = error instanceof Error ? error.message : String(error);
    }
  }

  return (
    <section class="about-part">
      <h3>{title}</h3>
      {isOpen.value ? (
        <form
          class="edit-line"
          onSubmit={(event) => {
            event.preventDefault();
            void done();
          }}
        >
          <input ref={box} class="input" aria-label={title} maxLength={most} defaultValue={value} />
          <button type="submit" class="button button-primary">
            Save
          </button>
        </form>
      ) : (
        <p>
          {value || <span class="soft">{empty}</span>}{' '}
          {canChange && (
            <button
              type="button"
              class="link"
              aria-label={`Edit ${title.toLowerCase()}`}
              onClick={() => (isOpen.value = true)}
            >
              Edit
            </button>
          )}
        </p>
      )}
      {trouble.value && (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
    </section>
  );
}
