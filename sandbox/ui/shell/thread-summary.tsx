import { strings, textOf } from '../../json.ts';
import type { Message } from '../../wire.ts';
import { personOf } from '../state/names.ts';
import { now } from '../state/store.ts';
import { ago, msOf } from '../state/time.ts';
import { Avatar } from './avatar.tsx';
import { openThread } from './message-acts.ts';

export function ThreadSummary({ message }: { message: Message }) {
  const count = message.reply_count ?? 0;
  const latest = textOf(message.latest_reply);
  return (
    <button type="button" class="thread-summary" onClick={() => openThread(message)}>
      {strings(message.reply_users)
        .slice(0, 5)
        .map((id) => (
          <Avatar key={id} person={personOf(id)} size={24} />
        ))}
      <span class="thread-count">{count === 1 ? '1 reply' : `${count} replies`}</span>
      {latest && <span class="soft">Last reply {ago(msOf(latest), now())}</span>}
    </button>
  );
}
