import { useEffect, useState } from 'preact/hooks';
import type { Message, SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { titleOf } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { MessageView } from './message.tsx';
import { Pane } from './pane.tsx';

export function PinsPane({ channel }: { channel: SeenChannel }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const pins = channel.pins.join(' ');
  useEffect(() => trying(act.pinned(channel.id).then(setMessages)), [channel.id, pins]);
  return (
    <Pane title="Pinned" note={`#${titleOf(channel)}`}>
      <div class="pane-scroll">
        {channel.pins.length === 0 && (
          <p class="pane-empty">Nothing is pinned. Pin a message from its menu to keep it at hand.</p>
        )}
        {messages
          .filter(({ ts }) => channel.pins.includes(ts))
          .map((message) => (
            <div key={message.ts} class="pinned-card">
              <MessageView message={message} follows={false} inThread />
              <button type="button" class="link" onClick={() => go({ channel: channel.id, message: message.ts })}>
                View in channel
              </button>
            </div>
          ))}
      </div>
    </Pane>
  );
}
