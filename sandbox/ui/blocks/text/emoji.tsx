import { useEffect } from 'preact/hooks';
import { emojiFor } from './emoji.ts';
import { emojiTable, loadEmoji } from './emoji-table.ts';

type Props = { name: string; tone?: number | undefined; unicode?: string | undefined };

/** One emoji by Slack's name for it; a name nobody knows stays text. */
export function Emoji({ name, tone, unicode }: Props) {
  const table = emojiTable.value;
  useEffect(() => {
    if (!emojiTable.peek()) void loadEmoji();
  }, []);
  const drawn = (table && emojiFor(table, name, tone)) ?? unicode;
  const code = `:${name}:${tone ? `:skin-tone-${tone}:` : ''}`;
  if (drawn)
    return (
      <span class="bk-emoji" role="img" aria-label={name.replaceAll('_', ' ')} title={code}>
        {drawn}
      </span>
    );
  return <span class={table ? undefined : 'bk-emoji-coming'}>{code}</span>;
}
