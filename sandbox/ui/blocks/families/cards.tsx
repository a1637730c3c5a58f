/** alert, card, carousel and container. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { isObject, type Json, objectOf, objects, textOf } from '../../../json.ts';
import { InlineText, RichText, TextObject } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';
import { InteractiveElement } from './layout.tsx';
import { ImageElement } from './pictures.tsx';

const alertSigns: Record<string, string> = { info: 'ℹ', warning: '⚠', error: '⛔', success: '✓', default: '•' };

function Alert({ block }: BlockProps) {
  const level = textOf(block.level) ?? 'default';
  return (
    <div class={`bk-alert bk-alert-${level}`} role="note" aria-label={level === 'default' ? 'Note' : level}>
      <span aria-hidden="true">{alertSigns[level] ?? alertSigns.default}</span>
      <div>
        <TextObject of={block.text} />
      </div>
    </div>
  );
}

function Card({ block, blockId, surface }: BlockProps) {
  const part = (name: string, given: unknown) =>
    isObject(given) && (
      <div class={name}>
        <TextObject of={given} />
      </div>
    );
  const icon = textOf(objectOf(objectOf(block.slack_icon).icon).name);
  return (
    <div class="bk-card">
      {isObject(block.hero_image) && (
        <div class="bk-card-hero">
          <ImageElement element={block.hero_image} />
        </div>
      )}
      <div class="bk-card-head">
        {isObject(block.icon) && <ImageElement element={block.icon} />}
        {icon && (
          <span class="bk-card-icon" role="img" aria-label={icon}>
            ◆
          </span>
        )}
        <div>
          {part('bk-card-title', block.title)}
          {part('bk-soft', block.subtitle)}
        </div>
      </div>
      {part('', block.body)}
      {part('bk-soft', block.subtext)}
      {objects(block.actions).length > 0 && (
        <div class="bk-actions">
          {objects(block.actions).map((element, index) => (
            <InteractiveElement key={index} element={element} blockId={blockId} surface={surface} />
          ))}
        </div>
      )}
    </div>
  );
}

function Carousel({ block, surface }: BlockProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="bk-carousel" aria-label="Cards" tabIndex={0}>
      {objects(block.elements).map((card, index) => (
        <Card key={index} block={card} blockId={String(card.block_id ?? block.block_id ?? '')} surface={surface} />
      ))}
    </section>
  );
}

export function containerWith(
  Children: (props: { blocks: Json[] } & Pick<BlockProps, 'surface'>) => ComponentChildren,
) {
  return function Container({ block, surface }: BlockProps) {
    const folds = block.is_collapsible === true;
    const [open, setOpen] = useState(!(folds && block.default_collapsed === true));
    const body = useId();
    const title = isObject(block.title) ? (
      <InlineText of={block.title} />
    ) : (
      <RichText block={objectOf(block.rich_text_title)} />
    );
    return (
      <div class={`bk-container bk-container-${textOf(block.width) ?? 'standard'}`}>
        <div class={`bk-container-head ${block.has_header_divider === true ? 'bk-lined' : ''}`}>
          {isObject(block.icon) && <ImageElement element={block.icon} />}
          <div>
            <div class="bk-card-title">{title}</div>
            {isObject(block.subtitle) && (
              <div class="bk-soft">
                <TextObject of={block.subtitle} />
              </div>
            )}
          </div>
          {folds && (
            <button
              type="button"
              class="bk-fold"
              aria-expanded={open}
              aria-controls={body}
              onClick={() => setOpen(!open)}
            >
              <span class="bk-unseen">{open ? 'Fold' : 'Unfold'}</span>
            </button>
          )}
        </div>
        <div id={body} hidden={!open}>
          <Children blocks={objects(block.child_blocks)} surface={surface} />
        </div>
      </div>
    );
  };
}

export const cards: Family = { alert: Alert, card: Card, carousel: Carousel };
