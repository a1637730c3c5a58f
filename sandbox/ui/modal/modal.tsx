/** The frame around the top one of an app's views, as Slack draws it. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clientComplaints } from '../../blocks.ts';
import type { SubmitResult, View } from '../../wire.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { PlainText } from '../blocks/text/text.tsx';
import { Avatar } from '../shell/avatar.tsx';
import { Icon } from '../shell/icons.tsx';
import { act } from '../state/act.ts';
import { trying } from '../state/overlay.ts';
import { botPerson, views } from '../state/store.ts';
import { shownValues, submission } from './values.ts';
import { useViewSurface } from './view-surface.ts';

export function Modals() {
  const stack = views.value;
  const top = stack.at(-1);
  if (!top) return null;
  return <Modal view={top} depth={stack.length} />;
}

function Modal({ view, depth }: { view: View; depth: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before the form inside takes the focus.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => trying(act.close(view.id, depth > 1));
  return (
    <dialog
      ref={dialog}
      class="dialog modal"
      aria-labelledby={heading}
      onCancel={(event) => {
        // It goes when the sandbox says that it is closed.
        event.preventDefault();
        close();
      }}
    >
      <Form key={view.id} view={view} depth={depth} heading={heading} close={close} />
    </dialog>
  );
}

type FormProps = { view: View; depth: number; heading: string; close: () => void };

/** As Slack says it when an app gave no answer. */
const noAnswer = 'We had some trouble connecting. Try again?';

function wordsFor({ outcome }: SubmitResult): string | undefined {
  return outcome === 'timeout' || outcome === 'failed' ? noAnswer : undefined;
}

function Form({ view, depth, heading, close }: FormProps) {
  const { surface, typed, trouble, setErrors } = useViewSurface(view, 'modal');
  const [isSending, setSending] = useState(false);
  const [failed, setFailed] = useState<{ words: string; detail: string }>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirst(form.current), []);

  async function submit() {
    if (isSending) return;
    setFailed(undefined);
    const complaints = clientComplaints(view.blocks, shownValues(view, typed));
    if (Object.keys(complaints).length > 0) return show(complaints);
    setErrors({});
    setSending(true);
    try {
      const result = await act.submit(submission(view, typed), view.id);
      const words = wordsFor(result);
      if (words) setFailed({ words, detail: detailOf(result) });
      if (result.errors) show(result.errors);
    } catch (error) {
      setFailed({ words: error instanceof Error ? error.message : String(error), detail: '' });
    }
    setSending(false);
  }

  function show(errors: Record<string, string>) {
    setErrors(errors);
    // After they are drawn, the first field that is wrong.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }

  return (
    <form
      ref={form}
      class="modal-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <header class="dialog-head">
        {depth > 1 && (
          <button type="button" class="icon-button" aria-label="Back" onClick={() => trying(act.close(view.id, false))}>
            <Icon name="back" />
          </button>
        )}
        <Avatar person={botPerson.value} size={28} />
        <h2 id={heading}>
          <PlainText text={view.title?.text ?? ''} />
        </h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {(failed || trouble) && (
        <p class="modal-trouble" role="alert">
          <Icon name="warning" size={18} />
          <span>
            {failed?.words ?? trouble} {failed?.detail && <span class="soft">{failed.detail}</span>}
          </span>
        </p>
      )}
      <div class="dialog-body modal-body">
        <Blocks blocks={view.blocks} surface={surface} />
      </div>
      <Buttons view={view} depth={depth} isSending={isSending} close={close} />
    </form>
  );
}

/** The first field, ready to be gone on with where something stands in it. */
function focusFirst(form: HTMLFormElement | null) {
  const field = form?.querySelector<HTMLElement>(
    '.modal-body :is(input, textarea, [role=combobox], [contenteditable])',
  );
  field?.focus({ preventScroll: true });
  if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === 'text'))
    field.setSelectionRange(field.value.length, field.value.length);
}

/** What Slack leaves a developer to find out. */
function detailOf({ outcome }: SubmitResult): string {
  const name = botPerson.peek()?.realName ?? 'The app';
  if (outcome === 'timeout') return `${name} gave no answer within 3 seconds. It may have heard all the same.`;
  return `${name} could not be reached, or answered with an error. The world panel shows what passed.`;
}

type ButtonProps = { view: View; depth: number; isSending: boolean; close: () => void };

function Buttons({ view: { submit, close: closeText }, depth, isSending, close }: ButtonProps) {
  if (!submit && !closeText) return null;
  return (
    <footer class="dialog-foot">
      <button type="button" class="button" onClick={close}>
        <PlainText text={closeText?.text ?? (depth > 1 ? 'Back' : 'Cancel')} />
      </button>
      {submit && (
        <button type="submit" class="button button-primary" aria-disabled={isSending} aria-busy={isSending}>
          {isSending ? <span class="spinner" role="img" aria-label="Sending" /> : <PlainText text={submit.text} />}
        </button>
      )}
    </footer>
  );
}
