import { type Json, textOf } from '../../../json.ts';
import { wordsOf } from '../text/inline.ts';
import { richText } from '../text/rich-text.ts';

function wordsIn(cell: Json | undefined): string {
  if (cell?.type !== 'rich_text') return textOf(cell?.text) ?? String(cell?.value ?? '');
  return richText(cell)
    .map((chunk) => ('children' in chunk ? wordsOf(chunk.children) : ''))
    .join(' ');
}

/** Numbers by size, everything else as people sort words. */
export function byCell(column: number, down: boolean) {
  return (one: Json[], other: Json[]): number => {
    const [a, b] = [one[column], other[column]];
    const both = typeof a?.value === 'number' && typeof b?.value === 'number';
    const order = both
      ? Number(a.value) - Number(b.value)
      : wordsIn(a).localeCompare(wordsIn(b), undefined, { numeric: true });
    return down ? -order : order;
  };
}
