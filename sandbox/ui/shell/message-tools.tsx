import type { Message } from '../../wire.ts';
import { Emoji } from '../blocks/text/emoji.tsx';
import { act } from '../state/act.ts';
import { trying } from '../state/overlay.ts';
import { viewer } from '../state/store.ts';
import { PickEmoji } from './emoji-button.tsx';
import { Icon } from './icons.tsx';
import { MenuButton } from './menu.tsx';
import { isNote, moreGroups, openThread } from './message-acts.ts';

const quick = ['white_check_mark', 'eyes', 'raised_hands'];

type Props = { message: Message; inThread: boolean; onHold: (isHeld: boolean) => void };

/** The bar that shows while one points at a message or is in it. */
export function MessageTools({ message, inThread, onHold }: Props) {
  if (isNote(message)) return null;
  const me = viewer.value?.id ?? '';
  const hasMine = (name: string) =>
    message.reactions?.some((one) => one.name === name && one.users.includes(me)) ?? false;
  return (
    <div class="message-tools" role="toolbar" aria-label="Message actions">
      {quick.map((name) => (
        <button
          key={name}
          type="button"
          class="icon-button tool-quick"
          aria-label={`React with ${name.replaceAll('_', ' ')}`}
          title={`:${name}:`}
          onClick={() => trying(act.react(message, name, !hasMine(name)))}
        >
          <Emoji name={name} />
        </button>
      ))}
      <PickEmoji label="Add reaction" onOpen={onHold} onPick={(name) => trying(act.react(message, name, true))}>
        <Icon name="smilePlus" />
      </PickEmoji>
      {!inThread && (
        <button
          type="button"
          class="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => openThread(message)}
        >
          <Icon name="thread" />
        </button>
      )}
      <MenuButton label="More actions" side="end" onOpen={onHold} groups={() => moreGroups(message)}>
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}
