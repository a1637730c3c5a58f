/** Block Kit, drawn. https://docs.slack.dev/reference/block-kit/blocks */
import type { Json } from '../../json.ts';
import type { Block } from '../../wire.ts';
import type { Surface } from './contract.ts';
import { cards, containerWith } from './families/cards.tsx';
import { charts } from './families/chart.tsx';
import { documents } from './families/documents.tsx';
import type { BlockProps, Family } from './families/family.ts';
import { inputs } from './families/input.tsx';
import { layout } from './families/layout.tsx';
import { pictures } from './families/pictures.tsx';
import { tables } from './families/tables.tsx';
import { work } from './families/work.tsx';

export { InlineText, Mrkdwn, PlainText } from './text/text.tsx';

const families: Family = {
  ...layout,
  ...inputs,
  ...documents,
  ...pictures,
  ...tables,
  ...cards,
  ...work,
  ...charts,
  container: containerWith(({ blocks, surface }) => <Blocks blocks={blocks} surface={surface} />),
};

export function Blocks({ blocks, surface }: { blocks: (Block | Json)[]; surface: Surface }) {
  return (
    <div class={`bk bk-on-${surface.kind}`}>
      {blocks.map((block, index) => (
        <One key={block.block_id ?? index} block={block} blockId={String(block.block_id ?? '')} surface={surface} />
      ))}
    </div>
  );
}

function One(props: BlockProps) {
  const type = String(props.block.type);
  const Drawn = Object.hasOwn(families, type) ? families[type] : undefined;
  if (Drawn)
    return (
      <div class="bk-block">
        <Drawn {...props} />
      </div>
    );
  return (
    <div class="bk-block bk-unknown" role="note">
      A <code class="bk-code">{type}</code> block stands here. The sandbox cannot draw it; Slack can.
    </div>
  );
}
