/** rich_text and markdown. */
import { useEffect, useState } from 'preact/hooks';
import { textOf } from '../../../json.ts';
import { Chunks } from '../text/draw.tsx';
import type { Chunk } from '../text/inline.ts';
import { RichText } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';

function MarkdownBlock({ block }: BlockProps) {
  const source = textOf(block.text) ?? '';
  const [chunks, setChunks] = useState<Chunk[]>([{ type: 'paragraph', children: [{ type: 'text', text: source }] }]);
  useEffect(() => {
    let gone = false;
    // Few apps send Markdown, so what reads it is loaded with the first.
    void import('../text/markdown.ts').then(({ markdown }) => {
      if (!gone) setChunks(markdown(source));
    });
    return () => {
      gone = true;
    };
  }, [source]);
  return <Chunks chunks={chunks} />;
}

export const documents: Family = {
  rich_text: ({ block }) => <RichText block={block} />,
  markdown: MarkdownBlock,
};
