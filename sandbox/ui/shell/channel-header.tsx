import type { SeenChannel } from '../../wire.ts';
import { InlineMrkdwn } from '../blocks/text/text.tsx';
import { isDirect, others, personOf, titleOf } from '../state/names.ts';
import { overlay, sidebarIsOpen } from '../state/overlay.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';

export function MenuToggle() {
  return (
    <button
      type="button"
      class="icon-button menu-toggle"
      aria-label="Channels and people"
      title="Channels and people"
      onClick={() => {
        sidebarIsOpen.value = true;
      }}
    >
      <Icon name="menu" />
    </button>
  );
}

export function ChannelHeader({ channel }: { channel: SeenChannel }) {
  return (
    <header class="main-head">
      <MenuToggle />
      {isDirect(channel) ? <DirectTitle channel={channel} /> : <ChannelTitle channel={channel} />}
    </header>
  );
}

function ChannelTitle({ channel }: { channel: SeenChannel }) {
  const open = (tab: 'about' | 'members') => {
    overlay.value = { kind: 'channel', id: channel.id, tab };
  };
  return (
    <>
      <button type="button" class="head-title" onClick={() => open('about')}>
        <Icon name={channel.private ? 'lock' : 'hash'} size={18} />
        <h1>{channel.name}</h1>
        <Icon name="down" size={16} />
      </button>
      <div class="head-topic" title={channel.topic}>
        {channel.topic && <InlineMrkdwn text={channel.topic} />}
      </div>
      <button
        type="button"
        class="head-members"
        aria-label={`${channel.members.length} members`}
        title={`${channel.members.length} members`}
        onClick={() => open('members')}
      >
        <span class="head-faces">
          {channel.members.slice(0, 3).map((id) => (
            <Avatar key={id} person={personOf(id)} size={24} />
          ))}
        </span>
        {channel.members.length}
      </button>
    </>
  );
}

function DirectTitle({ channel }: { channel: SeenChannel }) {
  const [other] = others(channel);
  return (
    <button
      type="button"
      class="head-title"
      onClick={() => {
        if (other) overlay.value = { kind: 'person', id: other.id };
      }}
    >
      <Avatar person={other} size={24} />
      <h1>{titleOf(channel)}</h1>
      <Icon name="down" size={16} />
    </button>
  );
}
