import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { emojiFor } from '../blocks/text/emoji.ts';
import { emojiTable, loadEmoji } from '../blocks/text/emoji-table.ts';

type Groups = [title: string, names: string[]][];

let groupsLoaded: Promise<Groups> | undefined;

async function loadGroups(): Promise<Groups> {
  const [response] = await Promise.all([fetch('/emoji-groups.json'), loadEmoji()]);
  return (await response.json()) as Groups;
}

const often = [
  '+1',
  'white_check_mark',
  'eyes',
  'raised_hands',
  'pray',
  'rotating_light',
  'fire',
  'tada',
  'thinking_face',
];

/** So many fit into a search's answer that nobody scrolls further. */
const mostFound = 120;

export function EmojiPicker({ onPick, close }: { onPick: (name: string) => void; close: () => void }) {
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const groups = useSignal<Groups>([]);
  const typed = useSignal('');

  useEffect(() => {
    search.current?.focus();
    groupsLoaded ??= loadGroups();
    void groupsLoaded.then((all) => {
      groups.value = all;
    });
  }, []);

  const wanted = typed.value.toLowerCase().replaceAll(':', '').trim().replaceAll(' ', '_');
  const all = groups.value;
  const found = all.flatMap(([, names]) => names.filter((name) => name.includes(wanted))).slice(0, mostFound);
  const shown: Groups = wanted ? [['Found', found]] : [['Often used', often], ...all];

  function onKeyDown(event: KeyboardEvent) {
    const buttons = [...(grid.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 9, ArrowUp: -9 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && at < 0) buttons[0]?.click();
    else if (event.key === 'ArrowDown' && at < 0) buttons[0]?.focus();
    else if (step !== undefined && at >= 0) (buttons[at + step] ?? search.current)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="emoji-picker" role="dialog" aria-label="Choose an emoji" onKeyDown={onKeyDown}>
      <input
        ref={search}
        class="input"
        type="search"
        placeholder="Search all emoji"
        aria-label="Search all emoji"
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
        }}
      />
      <div ref={grid} class="emoji-groups">
        {shown.map(([title, names]) => (
          <section key={title}>
            <h3>{title}</h3>
            <div class="emoji-grid">
              {names.map((name) => (
                <button
                  key={name}
                  type="button"
                  tabIndex={-1}
                  title={`:${name}:`}
                  aria-label={name.replaceAll('_', ' ')}
                  onClick={() => onPick(name)}
                >
                  {emojiFor(emojiTable.value ?? {}, name) ?? ''}
                </button>
              ))}
            </div>
          </section>
        ))}
        {wanted && found.length === 0 && <p class="soft">No emoji is called that.</p>}
      </div>
    </div>
  );
}
