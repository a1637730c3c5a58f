import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SeenChannel } from '../../wire.ts';
import { loadThread, messagesOf } from '../state/channel.ts';
import { isDirect, titleOf } from '../state/names.ts';
import { isMember } from '../state/store.ts';
import { Composer } from './composer.tsx';
import { MessageView } from './message.tsx';
import { useListKeys } from './message-keys.ts';
import { Pane } from './pane.tsx';

/** Drawn anew for another thread (`key`). */
export function ThreadPane({ channel, ts }: { channel: SeenChannel; ts: string }) {
  const store = messagesOf(channel.id, ts);
  const scroller = useRef<HTMLElement>(null);
  const onKeyDown = useListKeys(scroller);
  const messages = store.messages.value;
  const [parent, ...replies] = messages;

  useSignalEffect(() => {
    if (store.state.value === 'empty') void loadThread(channel.id, ts);
  });
  useEffect(() => scroller.current?.scrollTo({ top: scroller.current.scrollHeight }), [messages.length]);

  return (
    <Pane title="Thread" note={isDirect(channel) ? titleOf(channel) : `#${channel.name}`}>
      <section
        ref={scroller}
        class="pane-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
        tabIndex={0}
        aria-label="Thread"
        onKeyDown={onKeyDown}
      >
        {store.state.value === 'failed' && (
          <p class="load-failed">The thread could not be fetched. Close it and open it again.</p>
        )}
        {parent && <MessageView message={parent} follows={false} inThread />}
        {replies.length > 0 && (
          <div class="thread-line">
            <span>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</span>
          </div>
        )}
        {replies.map((message) => (
          <MessageView key={message.ts} message={message} follows={false} inThread />
        ))}
        {isMember(channel) && !channel.archived && (
          <Composer key={ts} channel={channel} thread={ts} placeholder="Reply…" />
        )}
      </section>
    </Pane>
  );
}
