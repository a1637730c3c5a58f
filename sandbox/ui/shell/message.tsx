import { useState } from 'preact/hooks';
import type { Message } from '../../wire.ts';
import { slackbot } from '../state/channel.ts';
import { nameOf, personOf } from '../state/names.ts';
import { overlay } from '../state/overlay.ts';
import { botPerson } from '../state/store.ts';
import { clockTime, fullTime, msOf, shortTime } from '../state/time.ts';
import { Avatar, SlackbotAvatar } from './avatar.tsx';
import { EditMessage } from './edit-message.tsx';
import { editing } from './editing.ts';
import { Icon } from './icons.tsx';
import { memo } from './memo.ts';
import { dismissed } from './message-acts.ts';
import { MessageBody } from './message-body.tsx';
import { MessageTools } from './message-tools.tsx';
import { Reactions } from './reactions.tsx';
import { ThreadSummary } from './thread-summary.tsx';

type Props = { message: Message; follows: boolean; inThread?: boolean; isWanted?: boolean };

export const MessageView = memo(function MessageView({ message, follows, inThread = false, isWanted = false }: Props) {
  const [isHeld, setHeld] = useState(false);
  const { ts, user, pinned, ephemeralFor } = message;
  const at = msOf(ts);
  const name = user === slackbot ? 'Slackbot' : nameOf(user);
  const isEdited = editing.value === ts;
  const marks = [
    follows && 'message-follows',
    pinned && 'message-pinned',
    isWanted && 'message-wanted',
    isHeld && 'message-held',
    isEdited && 'message-editing',
  ];
  return (
    <article
      class={`message ${marks.filter(Boolean).join(' ')}`}
      tabIndex={-1}
      data-ts={ts}
      aria-label={`${name}, ${clockTime(at)}`}
    >
      {pinned && (
        <div class="message-note">
          <Icon name="pin" size={14} /> Pinned
        </div>
      )}
      {ephemeralFor && (
        <div class="message-note">
          <Icon name="eye" size={14} /> Only visible to you
        </div>
      )}
      {message.subtype === 'thread_broadcast' && !inThread && <div class="message-note">replied to a thread</div>}
      <div class="message-side">
        {follows ? (
          <time class="message-time-side" title={fullTime(at)}>
            {shortTime(at)}
          </time>
        ) : (
          <AuthorAvatar user={user} />
        )}
      </div>
      <div class="message-main">
        {!follows && <Heading user={user} name={name} at={at} />}
        {isEdited ? <EditMessage message={message} /> : <MessageBody message={message} />}
        {message.reactions && message.reactions.length > 0 && <Reactions message={message} />}
        {!inThread && (message.reply_count ?? 0) > 0 && <ThreadSummary message={message} />}
        {ephemeralFor && (
          <button type="button" class="link message-dismiss" onClick={() => dismissed(message)}>
            Dismiss message
          </button>
        )}
      </div>
      {!isEdited && <MessageTools message={message} inThread={inThread} onHold={setHeld} />}
    </article>
  );
});

const openPerson = (id: string | undefined) => {
  if (id && id !== slackbot) overlay.value = { kind: 'person', id };
};

function AuthorAvatar({ user }: { user: string | undefined }) {
  return (
    <button type="button" class="plain-button" tabIndex={-1} aria-hidden="true" onClick={() => openPerson(user)}>
      {user === slackbot ? <SlackbotAvatar /> : <Avatar person={personOf(user)} />}
    </button>
  );
}

function Heading({ user, name, at }: { user: string | undefined; name: string; at: number }) {
  const isApp = user === botPerson.value?.id;
  return (
    <div class="message-head">
      <button type="button" class="message-author" onClick={() => openPerson(user)}>
        {name}
      </button>
      {isApp && <span class="app-tag">APP</span>}
      <time class="message-time" title={fullTime(at)}>
        {clockTime(at)}
      </time>
    </div>
  );
}
