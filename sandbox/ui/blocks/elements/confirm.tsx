/** "Are you sure?": https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isObject, type Json, objectOf } from '../../../json.ts';
import { PlainText, plainOf, TextObject } from '../text/text.tsx';

type Asked = { confirm: Json; yes: () => void };

/** Does `yes` at once, or after the person agreed where the element asks for that. */
export function useConfirm(): [(confirm: unknown, yes: () => void) => void, VNode | null] {
  const [asked, setAsked] = useState<Asked>();
  const ask = (confirm: unknown, yes: () => void) => {
    if (isObject(confirm)) setAsked({ confirm, yes });
    else yes();
  };
  const dialog = asked ? <ConfirmDialog {...asked} close={() => setAsked(undefined)} /> : null;
  return [ask, dialog];
}

function ConfirmDialog({ confirm, yes, close }: Asked & { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const style = confirm.style === 'danger' ? 'bk-danger' : 'bk-primary';
  return (
    <dialog
      ref={dialog}
      class="bk-confirm"
      aria-labelledby={heading}
      onClose={close}
      onCancel={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={heading}>
        <PlainText text={plainOf(confirm.title)} />
      </h2>
      <div class="bk-confirm-text">
        <TextObject of={objectOf(confirm.text)} />
      </div>
      <div class="bk-confirm-buttons">
        <button type="button" class="bk-button" onClick={() => dialog.current?.close()}>
          <PlainText text={plainOf(confirm.deny) || 'Cancel'} />
        </button>
        <button
          type="button"
          class={`bk-button ${style}`}
          onClick={() => {
            dialog.current?.close();
            yes();
          }}
        >
          <PlainText text={plainOf(confirm.confirm) || 'OK'} />
        </button>
      </div>
    </dialog>
  );
}
