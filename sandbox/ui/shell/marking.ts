/** Puts marks around what is selected, or in front of its lines. */
export type Mark = { name: string; around?: string; before?: string; key?: string };

export const marks = {
  bold: { name: 'Bold', around: '*', key: 'b' },
  italic: { name: 'Italic', around: '_', key: 'i' },
  strike: { name: 'Strikethrough', around: '~' },
  code: { name: 'Code', around: '`' },
  quote: { name: 'Quote', before: '> ' },
  list: { name: 'Bulleted list', before: '• ' },
} satisfies Record<string, Mark>;

export function marked(box: HTMLTextAreaElement, { around, before }: Mark): void {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const chosen = value.slice(start, end);
  const lineStart = value.lastIndexOf('\n', start - 1) + 1;
  if (around) box.setRangeText(`${around}${chosen}${around}`, start, end, 'preserve');
  else
    box.setRangeText(
      value
        .slice(lineStart, end)
        .split('\n')
        .map((line) => before + line)
        .join('\n'),
      lineStart,
      end,
      'end',
    );
  if (around) box.setSelectionRange(start + around.length, end + around.length);
  box.focus();
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
