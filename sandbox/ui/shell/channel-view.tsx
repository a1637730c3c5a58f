import type { SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { isDirect, titleOf } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { isMember } from '../state/store.ts';
import { Bookmarks } from './bookmarks.tsx';
import { ChannelHeader } from './channel-header.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

export function ChannelView({ channel }: { channel: SeenChannel }) {
  return (
    <main class="main" aria-label={titleOf(channel)}>
      <ChannelHeader channel={channel} />
      <Bookmarks channel={channel} />
      <MessageList key={channel.id} channel={channel} />
      <Foot channel={channel} />
    </main>
  );
}

function Foot({ channel }: { channel: SeenChannel }) {
  if (channel.archived)
    return (
      <div class="foot-note">
        <span>
          You are viewing <strong>#{channel.name}</strong>, an archived channel.
        </span>
        <button type="button" class="button" onClick={() => trying(act.archive(channel.id, false))}>
          Unarchive channel
        </button>
      </div>
    );
  if (!isMember(channel))
    return (
      <div class="foot-note">
        <span>
          You are viewing <strong>#{channel.name}</strong>
        </span>
        <button type="button" class="button button-primary" onClick={() => trying(act.join(channel.id))}>
          Join channel
        </button>
      </div>
    );
  const name = isDirect(channel) ? titleOf(channel) : `#${channel.name}`;
  return <Composer key={channel.id} channel={channel} placeholder={`Message ${name}`} />;
}
