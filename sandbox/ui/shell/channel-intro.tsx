import type { SeenChannel } from '../../wire.ts';
import { isDirect, nameOf, others, titleOf } from '../state/names.ts';
import { overlay } from '../state/overlay.ts';
import { app } from '../state/store.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';

/** What stands above the first message. */
export function ChannelIntro({ channel }: { channel: SeenChannel }) {
  if (isDirect(channel)) return <DirectIntro channel={channel} />;
  return (
    <div class="intro">
      <h2>
        <Icon name={channel.private ? 'lock' : 'hash'} size={26} /> {channel.name}
      </h2>
      <p>
        {channel.creator && `${nameOf(channel.creator)} created this channel. `}
        This is the very beginning of the <strong>{channel.name}</strong> channel.
        {channel.purpose && ` ${channel.purpose}`}
      </p>
      {!channel.archived && (
        <button
          type="button"
          class="button"
          onClick={() => (overlay.value = { kind: 'channel', id: channel.id, tab: 'members' })}
        >
          <Icon name="people" size={18} /> Add people
        </button>
      )}
    </div>
  );
}

function DirectIntro({ channel }: { channel: SeenChannel }) {
  const [other] = others(channel);
  const about = other?.isBot
    ? (app.value?.about ?? '')
    : `This conversation is just between you and ${titleOf(channel)}.`;
  return (
    <div class="intro">
      <div class="intro-who">
        <Avatar person={other} size={64} />
        <h2>{titleOf(channel)}</h2>
      </div>
      <p>{about}</p>
    </div>
  );
}
