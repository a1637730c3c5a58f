import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { act } from '../state/act.ts';
import { toast, trying } from '../state/overlay.ts';
import { app } from '../state/store.ts';
import { PickEmoji } from './emoji-button.tsx';
import { Icon, type IconName } from './icons.tsx';
import { type Mark, marked, marks } from './marking.ts';
import { type Group, MenuButton } from './menu.tsx';
import { whyNot } from './message-surface.ts';

type Props = {
  box: RefObject<HTMLTextAreaElement | null>;
  insert: (words: string) => void;
  onFiles: (files: File[]) => void;
  isThread: boolean;
};

export function ComposerTools({ box, insert, onFiles, isThread }: Props) {
  const files = useRef<HTMLInputElement>(null);
  const [isFormatting, setFormatting] = useState(false);
  return (
    <div class="composer-tools">
      <button
        type="button"
        class="icon-button"
        aria-label="Attach a file"
        title="Attach a file"
        onClick={() => files.current?.click()}
      >
        <Icon name="plus" size={18} />
      </button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class="icon-button tool-aa"
        aria-label="Formatting"
        title="Formatting"
        aria-pressed={isFormatting}
        onClick={() => setFormatting(!isFormatting)}
      >
        Aa
      </button>
      <PickEmoji label="Emoji" onPick={(name) => insert(`:${name}: `)}>
        <Icon name="smile" size={18} />
      </PickEmoji>
      <button
        type="button"
        class="icon-button"
        aria-label="Mention someone"
        title="Mention someone"
        onClick={() => insert('@')}
      >
        <Icon name="at" size={18} />
      </button>
      {!isThread && (
        <MenuButton label="Shortcuts" groups={() => shortcutGroups(insert, box)}>
          <Icon name="bolt" size={18} />
        </MenuButton>
      )}
      {isFormatting && (
        <span class="composer-format">
          {(Object.entries(marks) as [IconName, Mark][]).map(([icon, mark]) => (
            <button
              key={icon}
              type="button"
              class="icon-button"
              aria-label={mark.name}
              title={mark.name}
              onClick={() => box.current && marked(box.current, mark)}
            >
              <Icon name={icon} size={16} />
            </button>
          ))}
        </span>
      )}
    </div>
  );
}

async function run(callbackId: string) {
  const { ok, error } = await act.shortcut(callbackId);
  if (!ok) toast(whyNot(error));
}

/** The ⚡ menu: global shortcuts first, then the commands, as Slack lists them. */
function shortcutGroups(insert: (words: string) => void, box: RefObject<HTMLTextAreaElement | null>): Group[] {
  const { name = '', shortcuts = [], commands = [] } = app.peek() ?? {};
  const isGlobal = shortcuts.filter(({ kind }) => kind === 'global');
  return [
    {
      title: name,
      items: isGlobal.map(({ name: label, description, callbackId }) => ({
        label,
        note: description,
        icon: 'bolt',
        do: () => trying(run(callbackId)),
      })),
    },
    {
      title: 'Commands',
      items: commands.map(({ command, description }) => ({
        label: command,
        note: description,
        icon: 'code',
        do: () => {
          if (box.current) box.current.value = '';
          // After the menu gave the focus back to its button.
          setTimeout(insert, 0, `${command} `);
        },
      })),
    },
  ];
}
