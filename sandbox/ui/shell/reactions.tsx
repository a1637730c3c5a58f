import type { Message } from '../../wire.ts';
import { Emoji } from '../blocks/text/emoji.tsx';
import { act } from '../state/act.ts';
import { nameOf } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { viewer } from '../state/store.ts';
import { PickEmoji } from './emoji-button.tsx';
import { Icon } from './icons.tsx';

export function Reactions({ message }: { message: Message }) {
  return (
    <div class="reactions">
      {(message.reactions ?? []).map(({ name, users, count }) => (
        <Reaction key={name} message={message} name={name} users={users} count={count} />
      ))}
      <PickEmoji
        label="Add reaction"
        class="reaction reaction-add"
        onPick={(name) => trying(act.react(message, name, true))}
      >
        <Icon name="smilePlus" size={18} />
      </PickEmoji>
    </div>
  );
}

type One = { message: Message; name: string; users: string[]; count: number };

function Reaction({ message, name, users, count }: One) {
  const isMine = users.includes(viewer.value?.id ?? '');
  const who = users.map(nameOf).join(', ');
  const words = `${who} reacted with :${name}:`;
  const [base = '', tone] = name.split('::skin-tone-');
  return (
    <button
      type="button"
      class={`reaction ${isMine ? 'reaction-mine' : ''}`}
      aria-pressed={isMine}
      aria-label={words}
      title={words}
      onClick={() => trying(act.react(message, name, !isMine))}
    >
      <Emoji name={base} tone={tone ? Number(tone) : undefined} />
      <span class="reaction-count">{count}</span>
    </button>
  );
}
