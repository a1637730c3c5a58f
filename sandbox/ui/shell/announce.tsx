import { useRef } from 'preact/hooks';
import type { Message } from '../../wire.ts';
import { nameOf } from '../state/names.ts';

/** Reads what others say to those who listen; the list itself would read old messages out at every scroll. */
export function Announce({ messages, me }: { messages: readonly Message[]; me: string }) {
  const last = messages.at(-1);
  const before = useRef(last?.ts);
  const said = useRef('');
  before.current ??= last?.ts;
  if (last && last.ts > (before.current ?? '')) {
    before.current = last.ts;
    if (last.user !== me) said.current = `${nameOf(last.user)}: ${plain(last.text)}`;
  }
  return (
    <div class="unseen" aria-live="polite">
      {said.current}
    </div>
  );
}

const plain = (text: string) =>
  text.replaceAll(/<@(\w+)[^>]*>/g, (_, id: string) => nameOf(id)).replaceAll(/<[^|>]*\|?([^>]*)>/g, '$1');
