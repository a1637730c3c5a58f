/** section, header, divider, context, actions: https://docs.slack.dev/reference/block-kit/blocks */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { isObject, type Json, objects } from '../../../json.ts';
import type { Surface } from '../contract.ts';
import { Element } from '../elements/element.tsx';
import { Heading } from '../text/draw.tsx';
import { PlainText, plainOf, TextObject } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';
import { ImageElement } from './pictures.tsx';

/** Longer texts are folded in messages, unless the app wants them whole. */
const foldAbove = 700;

function Section({ block, blockId, surface }: BlockProps) {
  const fields = objects(block.fields);
  const { accessory } = block;
  return (
    <div class={`bk-section ${isObject(accessory) && accessory.type === 'image' ? 'bk-section-pictured' : ''}`}>
      <div class="bk-section-body">
        {isObject(block.text) && (
          <Folding on={surface.kind === 'message' && block.expand !== true && plainOf(block.text).length > foldAbove}>
            <TextObject of={block.text} />
          </Folding>
        )}
        {fields.length > 0 && (
          <div class="bk-fields">
            {fields.map((field, index) => (
              <div key={index} class="bk-field">
                <TextObject of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isObject(accessory) && (
        <div class="bk-accessory">
          <InteractiveElement element={accessory} blockId={blockId} surface={surface} />
        </div>
      )}
    </div>
  );
}

function Folding({ on, children }: { on: boolean; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  if (!on) return <>{children}</>;
  return (
    <>
      <div class={open ? '' : 'bk-folded'}>{children}</div>
      <button type="button" class="bk-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'See less' : 'See more'}
      </button>
    </>
  );
}

export function InteractiveElement({
  element,
  blockId,
  surface,
}: {
  element: Json;
  blockId: string;
  surface: Surface;
}) {
  return <Element placing={{ element, blockId, actionId: String(element.action_id ?? ''), surface }} />;
}

function Header({ block, surface }: BlockProps) {
  const level = Number(block.level ?? 1);
  return (
    <Heading level={(surface.kind === 'message' ? 3 : 2) + level - 1} class={`bk-header bk-header-${level}`}>
      <PlainText text={plainOf(block.text)} />
    </Heading>
  );
}

function Context({ block }: BlockProps) {
  return (
    <div class="bk-context">
      {objects(block.elements).map((element, index) =>
        element.type === 'image' ? (
          <ImageElement key={index} element={element} />
        ) : (
          <div key={index} class="bk-context-text">
            <TextObject of={element} />
          </div>
        ),
      )}
    </div>
  );
}

/** Slack shows five in a message and the rest after one press. */
const shownAtOnce = 5;

function Actions({ block, blockId, surface }: BlockProps) {
  const [all, setAll] = useState(false);
  const elements = objects(block.elements);
  const isCut = surface.kind === 'message' && !all && elements.length > shownAtOnce;
  return (
    <div class="bk-actions">
      {elements.slice(0, isCut ? shownAtOnce : undefined).map((element, index) => (
        <InteractiveElement
          key={String(element.action_id ?? '') + index}
          element={element}
          blockId={blockId}
          surface={surface}
        />
      ))}
      {isCut && (
        <button type="button" class="bk-button" onClick={() => setAll(true)}>
          + {elements.length - shownAtOnce} more
        </button>
      )}
    </div>
  );
}

function ContextActions({ block, blockId, surface }: BlockProps) {
  return (
    <div class="bk-actions bk-actions-small">
      {objects(block.elements).map((element, index) => (
        <InteractiveElement key={index} element={element} blockId={blockId} surface={surface} />
      ))}
    </div>
  );
}

export const layout: Family = {
  section: Section,
  header: Header,
  divider: () => <hr class="bk-divider" />,
  context: Context,
  context_actions: ContextActions,
  actions: Actions,
};
