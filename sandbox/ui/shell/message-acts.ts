/** What can be done with one message. */
import type { Message } from '../../wire.ts';
import { act } from '../state/act.ts';
import { removeNote } from '../state/channel.ts';
import { overlay, toast, trying } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { app, viewer } from '../state/store.ts';
import { editing } from './editing.ts';
import type { Group, Item } from './menu.tsx';
import { whyNot } from './message-surface.ts';

export const isNote = ({ ephemeralFor }: Message) => ephemeralFor !== undefined;

export const openThread = ({ channel, thread_ts, ts }: Message) => go({ channel, thread: thread_ts ?? ts });

export function dismissed(message: Message) {
  if (message.local) removeNote(message);
  else trying(act.dismiss(message));
}

async function shortcut(callbackId: string, message: Message) {
  const { ok, error } = await act.messageShortcut(callbackId, message);
  if (!ok) toast(whyNot(error));
}

async function copyLink({ channel, ts, thread_ts }: Message) {
  const query = thread_ts && thread_ts !== ts ? `?thread_ts=${thread_ts}&cid=${channel}` : '';
  await navigator.clipboard.writeText(`${location.origin}/archives/${channel}/p${ts.replace('.', '')}${query}`);
  toast('The link is copied.');
}

/** The menu behind ⋮, the app's own shortcuts with their app's name as Slack has them. */
export function moreGroups(message: Message): Group[] {
  const { user, pinned } = message;
  const isMine = user === viewer.value?.id;
  const isAdmin = viewer.value?.role === 'admin';
  const name = app.value?.name ?? '';
  const shortcuts = (app.value?.shortcuts ?? []).filter(({ kind }) => kind === 'message');
  const edit: Item = {
    label: 'Edit message',
    icon: 'edit',
    do: () => {
      editing.value = message.ts;
    },
  };
  const remove: Item = {
    label: 'Delete message…',
    icon: 'trash',
    danger: true,
    do: () => {
      overlay.value = { kind: 'delete', message };
    },
  };
  return [
    {
      items: [
        { label: 'Reply in thread', icon: 'thread', do: () => openThread(message) },
        { label: 'Copy link to message', icon: 'link', do: () => trying(copyLink(message)) },
        {
          label: pinned ? 'Unpin from channel' : 'Pin to channel',
          icon: 'pin',
          do: () => trying(act.pin(message, !pinned)),
        },
      ],
    },
    {
      title: 'More message shortcuts',
      items: shortcuts.map(({ name: label, callbackId }) => ({
        label,
        note: name,
        icon: 'bolt',
        do: () => trying(shortcut(callbackId, message)),
      })),
    },
    { items: [...(isMine ? [edit] : []), ...(isMine || isAdmin ? [remove] : [])] },
  ];
}
