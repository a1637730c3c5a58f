/** The names of emoji, fetched when the first one is drawn: scripts/build.ts writes them beside the page. */
import { signal } from '@preact/signals';
import type { EmojiTable } from './emoji.ts';

export const emojiTable = signal<EmojiTable | undefined>(undefined);

let asked: Promise<void> | undefined;

export function loadEmoji(): Promise<void> {
  asked ??= fetchTable();
  return asked;
}

async function fetchTable() {
  try {
    const response = await fetch('/emoji.json');
    if (!response.ok) throw new Error(response.statusText);
    emojiTable.value = (await response.json()) as EmojiTable;
  } catch {
    // A name stays readable as :name:, and the next one drawn asks again.
    asked = undefined;
  }
}
