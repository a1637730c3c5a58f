/** Where people write. It keeps what is typed to itself, so that a key press draws nothing else. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { SeenChannel } from '../../wire.ts';
import { emojiTable, loadEmoji } from '../blocks/text/emoji-table.ts';
import { messagesIn } from '../state/channel.ts';
import { draftKey, draftOf, handedIn, keepDraft } from '../state/drafts.ts';
import { isDirect } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { app, channels, people, usergroups, viewer } from '../state/store.ts';
import { type Completion, completed, completionAt, type Suggestion, type Words } from './completion.ts';
import { CompletionList, optionId } from './completion-list.tsx';
import { ComposerTools } from './composer-tools.tsx';
import { editing } from './editing.ts';
import { Icon } from './icons.tsx';
import { marked, marks } from './marking.ts';
import { type Into, send, upload } from './send.ts';

type Props = { channel: SeenChannel; thread?: string; placeholder: string };

const grows = CSS.supports('field-sizing', 'content');

export function Composer({ channel, thread, placeholder }: Props) {
  const key = draftKey(channel.id, thread);
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const completion = useSignal<Completion | undefined>(undefined);
  const active = useSignal(-1);
  const isEmpty = useSignal(draftOf(key) === '');
  const broadcast = useSignal(false);
  const into = useMemo((): Into => ({ channel, thread }), [channel, thread]);

  useEffect(() => {
    if (matchMedia('(min-width: 769px)').matches) box.current?.focus({ preventScroll: true });
  }, [key]);
  // Words may be handed in before this composer has come to the place they are for.
  useEffect(takeHandedIn, [key]);
  useSignalEffect(takeHandedIn);

  function takeHandedIn() {
    const given = handedIn.value;
    if (given?.key !== key || !box.current) return;
    handedIn.value = undefined;
    put(given.text, given.text.length);
  }

  function put(text: string, caret: number) {
    const area = box.current;
    if (!area) return;
    area.value = text;
    area.setSelectionRange(caret, caret);
    area.focus();
    onInput();
  }

  function onInput() {
    const area = box.current;
    if (!area) return;
    if (!grows) growWith(area);
    keepDraft(key, area.value);
    isEmpty.value = area.value.trim() === '';
    look(area);
  }

  function look(area: HTMLTextAreaElement) {
    const { value, selectionStart, selectionEnd } = area;
    const found = selectionStart === selectionEnd ? completionAt(value, selectionStart, wordsNow(value)) : undefined;
    completion.value = found;
    active.value = found?.eager ? 0 : -1;
  }

  function pick(suggestion: Suggestion) {
    const area = box.current;
    if (!area || !completion.value) return;
    const { text, caret } = completed(area.value, area.selectionStart, completion.value, suggestion);
    put(text, caret);
  }

  function submit() {
    const text = box.current?.value.trim() ?? '';
    if (text === '') return;
    put('', 0);
    completion.value = undefined;
    trying(
      send(text, into, broadcast.value).catch((error: unknown) => {
        // Nothing that somebody wrote is lost.
        if (box.current?.value === '') put(text, text.length);
        throw error;
      }),
    );
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing) return;
    const done = onCompletionKey(event) || onTextKey(event);
    if (done) event.preventDefault();
  }

  function onCompletionKey({ key: pressed, shiftKey }: KeyboardEvent): boolean {
    const open = completion.value;
    if (!open) return false;
    const { length } = open.suggestions;
    if (pressed === 'ArrowDown') active.value = (active.value + 1) % length;
    else if (pressed === 'ArrowUp') active.value = (Math.max(active.value, 0) - 1 + length) % length;
    else if (pressed === 'Escape') completion.value = undefined;
    else if ((pressed === 'Tab' || pressed === 'Enter') && !shiftKey) {
      const chosen = open.suggestions[pressed === 'Tab' ? Math.max(active.value, 0) : active.value];
      if (!chosen) return false;
      pick(chosen);
    } else return false;
    return true;
  }

  function onTextKey(event: KeyboardEvent): boolean {
    const area = box.current;
    if (!area) return false;
    const mark = Object.values(marks).find((one) => 'key' in one && one.key === event.key.toLowerCase());
    if (mark && (event.ctrlKey || event.metaKey)) marked(area, mark);
    else if (event.key === 'Enter' && !event.shiftKey) submit();
    else if (event.key === 'ArrowUp' && area.value === '' && !thread) return editLast(channel.id);
    else return false;
    return true;
  }

  function take(files: readonly File[]) {
    if (files.length > 0) trying(upload(files, into));
  }

  const where = thread ? 'Reply' : placeholder;
  return (
    <div class="composer-wrap">
      {completion.value && (
        <CompletionList id={list} completion={completion.value} active={active.value} onPick={pick} />
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          take([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <textarea
          ref={box}
          class="composer-text"
          rows={1}
          placeholder={placeholder}
          aria-label={where}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={completion.value ? list : undefined}
          aria-activedescendant={completion.value && active.value >= 0 ? optionId(list, active.value) : undefined}
          defaultValue={draftOf(key)}
          onInput={onInput}
          onKeyDown={onKeyDown}
          onBlur={() => {
            completion.value = undefined;
          }}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length > 0) event.preventDefault();
            take(files);
          }}
        />
        <div class="composer-row">
          <ComposerTools
            box={box}
            onFiles={take}
            insert={(words) => insert(box.current, words)}
            isThread={thread !== undefined}
          />
          <button type="submit" class="composer-send" aria-label="Send" title="Send" disabled={isEmpty.value}>
            <Icon name="send" size={18} />
          </button>
        </div>
      </form>
      {thread && !isDirect(channel) && (
        <label class="composer-broadcast">
          <input
            type="checkbox"
            checked={broadcast.value}
            onChange={({ currentTarget }) => {
              broadcast.value = currentTarget.checked;
            }}
          />{' '}
          Also send to #{channel.name}
        </label>
      )}
    </div>
  );
}

function insert(area: HTMLTextAreaElement | null, words: string) {
  if (!area) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end');
  area.focus();
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function growWith(area: HTMLTextAreaElement) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}

function wordsNow(text: string): Words {
  if (text.includes(':') && !emojiTable.peek()) void loadEmoji();
  return {
    app: app.peek(),
    people: [...people.peek().values()].filter(({ role }) => role !== 'deactivated'),
    channels: [...channels.peek().values()].filter((one) => !isDirect(one) && !one.archived),
    groups: [...usergroups.peek().values()],
    emoji: Object.keys(emojiTable.peek() ?? {}),
  };
}

/** Slack's own short way to mend what was just said. */
function editLast(channel: string): boolean {
  const me = viewer.peek()?.id;
  const last = messagesIn(channel)
    .messages.peek()
    .findLast(({ user, subtype, ephemeralFor }) => user === me && !subtype && !ephemeralFor);
  if (last) editing.value = last.ts;
  return last !== undefined;
}
