import { useSignal } from '@preact/signals';
import type { SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { byTitle, isDirect } from '../state/names.ts';
import { closeOverlay, overlay, trying } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { channels, isMember } from '../state/store.ts';
import { Dialog } from './dialog.tsx';
import { Icon } from './icons.tsx';

export function ChannelBrowser() {
  const typed = useSignal('');
  const wanted = typed.value.toLowerCase().replace(/^#/, '');
  const shown = [...channels.value.values()]
    .filter((one) => !isDirect(one) && one.name.includes(wanted))
    .sort((a, b) => Number(a.archived) - Number(b.archived) || byTitle(a, b));
  return (
    <Dialog title="Browse channels" wide close={closeOverlay}>
      <div class="browse-head">
        <input
          class="input"
          type="search"
          placeholder="Search channels"
          aria-label="Search channels"
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
        />
        <button type="button" class="button" onClick={() => (overlay.value = { kind: 'new-channel' })}>
          Create a channel
        </button>
      </div>
      <ul class="browse">
        {shown.map((channel) => (
          <BrowseRow key={channel.id} channel={channel} />
        ))}
        {shown.length === 0 && <li class="soft browse-none">No channel is called that. Create it?</li>}
      </ul>
    </Dialog>
  );
}

function BrowseRow({ channel }: { channel: SeenChannel }) {
  const joined = isMember(channel);
  const count = channel.members.length;
  return (
    <li class="browse-row">
      <button
        type="button"
        class="browse-name"
        onClick={() => {
          closeOverlay();
          go({ channel: channel.id });
        }}
      >
        <span>
          <Icon name={channel.private ? 'lock' : channel.archived ? 'archive' : 'hash'} size={16} /> {channel.name}
        </span>
        <span class="soft">
          {joined && 'Joined · '}
          {count === 1 ? '1 member' : `${count} members`}
          {channel.archived && ' · archived'}
          {channel.topic && ` · ${channel.topic}`}
        </span>
      </button>
      {!channel.archived && (
        <button
          type="button"
          class={`button button-small ${joined ? '' : 'button-primary'}`}
          aria-label={`${joined ? 'Leave' : 'Join'} ${channel.name}`}
          onClick={() => trying(joined ? act.leave(channel.id) : act.join(channel.id))}
        >
          {joined ? 'Leave' : 'Join'}
        </button>
      )}
    </li>
  );
}
