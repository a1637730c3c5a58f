import type { ComponentChildren } from 'preact';
import type { Message } from '../../wire.ts';
import { act } from '../state/act.ts';
import { closeOverlay, trying } from '../state/overlay.ts';
import { channels } from '../state/store.ts';
import { Dialog } from './dialog.tsx';
import { MessageView } from './message.tsx';

type Props = { title: string; yes: string; do: () => Promise<unknown>; children: ComponentChildren };

function Sure({ title, yes, do: work, children }: Props) {
  return (
    <Dialog
      title={title}
      close={closeOverlay}
      footer={
        <>
          <button type="button" class="button" onClick={closeOverlay}>
            Cancel
          </button>
          <button
            type="button"
            class="button button-danger"
            onClick={() => {
              closeOverlay();
              trying(work());
            }}
          >
            {yes}
          </button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

export const DeleteMessage = ({ message }: { message: Message }) => (
  <Sure title="Delete message" yes="Delete" do={() => act.remove(message)}>
    <p>Are you sure you want to delete this message? This cannot be undone.</p>
    <div class="quoted-message">
      <MessageView message={message} follows={false} inThread />
    </div>
  </Sure>
);

export const ArchiveChannel = ({ id }: { id: string }) => (
  <Sure title="Archive this channel?" yes="Archive channel" do={() => act.archive(id, true)}>
    <p>
      Nobody will be able to write in <strong>#{channels.value.get(id)?.name}</strong> until it is unarchived. What was
      said stays.
    </p>
  </Sure>
);
