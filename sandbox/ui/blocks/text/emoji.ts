/** Slack's short codes → what a font draws. The table is made at build from emoji-datasource. */

/** Short name → characters. A leading `*` says that it takes a skin tone. */
export type EmojiTable = Record<string, string>;

type Entry = { unified: string; short_names: string[]; skin_variations?: unknown };

/** Of all that emoji-datasource knows, the names and the characters. */
export function compactTable(entries: Entry[]): EmojiTable {
  const table: EmojiTable = {};
  for (const { unified, short_names: names, skin_variations: skins } of entries) {
    const points = unified.split('-').map((code) => Number.parseInt(code, 16));
    for (const name of names) table[name] = `${skins ? '*' : ''}${String.fromCodePoint(...points)}`;
  }
  return table;
}

/** Slack's tones run from 2 to 6: https://en.wikipedia.org/wiki/Emoji#Skin_color */
const toneOf = (tone: number) => String.fromCodePoint(0x1f3fb + tone - 2);
const emojiLook = '\ufe0f';

export function emojiFor(table: EmojiTable, name: string, tone?: number): string | undefined {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!found?.startsWith('*')) return found;
  const plain = found.slice(1);
  if (tone === undefined || tone < 2 || tone > 6) return plain;
  const [first = '', ...rest] = plain;
  // The tone takes the place of the mark that asks for a coloured picture.
  return [first, toneOf(tone), ...(rest[0] === emojiLook ? rest.slice(1) : rest)].join('');
}
