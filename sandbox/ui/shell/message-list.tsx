import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { loadChannel, loadOlder, messagesIn } from '../state/channel.ts';
import { titleOf } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { place } from '../state/places.ts';
import { isMember, isUnread, now, viewer } from '../state/store.ts';
import { dayOf, dayTitle } from '../state/time.ts';
import { Announce } from './announce.tsx';
import { ChannelIntro } from './channel-intro.tsx';
import { useEnd, useStay } from './end.ts';
import { Icon } from './icons.tsx';
import { MessageView } from './message.tsx';
import { useListKeys } from './message-keys.ts';
import { type Row, rowsOf } from './rows.ts';
import { useConversation } from './virtual.ts';

/** Rows from the top at which the next page is asked for. */
const askOlderAt = 15;
const guessedHeights = { intro: 170, message: 64 };

/** The messages of one channel; drawn anew for another (`key`). */
export function MessageList({ channel }: { channel: SeenChannel }) {
  const store = messagesIn(channel.id);
  const scroller = useRef<HTMLElement>(null);
  const [readUpTo] = useState(isUnread(channel) && channel.mark !== '' ? channel.mark : undefined);
  const messages = store.messages.value;
  const me = viewer.value?.id ?? '';
  const isLoaded = store.state.value === 'loaded';
  const isWhole = isLoaded && !store.more.value;
  const rows = useMemo(
    () => rowsOf(messages, { dayOf, readUpTo, viewer: me, isWhole }),
    [messages, readUpTo, me, isWhole],
  );
  const { stays, stay, isAtEnd, onScroll, goToEnd, letGo } = useEnd(scroller);
  const virtual = useConversation(
    {
      count: rows.length,
      getScrollElement: () => scroller.current,
      estimateSize: (index) => guessedHeights[rows[index]?.kind ?? 'message'],
      getItemKey: (index) => rows[index]?.key ?? index,
    },
    stays,
  );
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  useStay(stay);

  useSignalEffect(() => {
    if (store.state.value === 'empty') void loadChannel(channel.id);
  });
  useEffect(() => {
    if (isLoaded && first < askOlderAt && store.more.peek()) trying(loadOlder(channel.id));
  }, [isLoaded, first, messages]);
  useMark(channel, isAtEnd && isLoaded);
  const wanted = useWanted(channel.id, rows, isLoaded, (index) => {
    letGo();
    virtual.scrollToIndex(index, { align: 'center' });
  });
  const onKeyDown = useListKeys(scroller);

  return (
    <div class="messages">
      <section
        ref={scroller}
        class="messages-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
        tabIndex={0}
        aria-label={`Messages in ${titleOf(channel)}`}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        {store.state.value === 'failed' && <LoadFailed channel={channel.id} />}
        <div class="messages-all" style={{ height: `${virtual.getTotalSize()}px` }}>
          <div class="messages-some" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ index, key }) => (
              <div key={key} data-index={index} ref={virtual.measureElement}>
                <RowView row={rows[index]} wanted={wanted} channel={channel} />
              </div>
            ))}
          </div>
        </div>
      </section>
      <Announce messages={messages} me={me} />
      {!isAtEnd && isLoaded && rows.length > 0 && (
        <button type="button" class="jump-latest" onClick={goToEnd}>
          <Icon name="down" size={16} /> {isUnread(channel) ? 'New messages' : 'Jump to latest'}
        </button>
      )}
    </div>
  );
}

type RowProps = { row: Row | undefined; wanted: string | undefined; channel: SeenChannel };

function RowView({ row, wanted, channel }: RowProps) {
  if (!row) return null;
  if (row.kind === 'intro') return <ChannelIntro channel={channel} />;
  const { message, follows, day, isNew, key } = row;
  return (
    <>
      {day !== undefined && (
        <div class="day">
          <span>{dayTitle(day, now())}</span>
        </div>
      )}
      {isNew && (
        <div class="new-line">
          <span>New</span>
        </div>
      )}
      <MessageView message={message} follows={follows} isWanted={wanted === key} />
    </>
  );
}

function LoadFailed({ channel }: { channel: string }) {
  return (
    <div class="load-failed">
      The messages could not be fetched.{' '}
      <button type="button" class="link" onClick={() => void loadChannel(channel)}>
        Try again
      </button>
    </div>
  );
}

/** Read is what stood at the end of a window that somebody looks at. */
function useMark(channel: SeenChannel, sees: boolean) {
  useEffect(() => {
    const mark = () => {
      if (!sees || document.hidden || !isUnread(channel) || !isMember(channel)) return;
      trying(act.mark(channel.id, channel.latest));
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [channel, sees]);
}

/** Goes to the message that the address names, fetching as far back as it is. */
function useWanted(channel: string, rows: Row[], isLoaded: boolean, goTo: (index: number) => void): string | undefined {
  const { message: wanted } = place.value;
  const done = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!wanted || !isLoaded || done.current === wanted) return;
    const index = rows.findIndex(({ key }) => key === wanted);
    if (index >= 0) {
      done.current = wanted;
      goTo(index);
    } else if (messagesIn(channel).more.peek()) trying(loadOlder(channel, wanted));
  }, [wanted, isLoaded, rows]);
  return wanted;
}
