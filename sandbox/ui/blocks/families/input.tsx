/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
import { useId } from 'preact/hooks';
import { objectOf } from '../../../json.ts';
import { Element } from '../elements/element.tsx';
import { PlainText, plainOf } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';

function Input({ block, blockId, surface }: BlockProps) {
  const id = useId();
  const element = objectOf(block.element);
  const hint = plainOf(block.hint);
  const error = surface.errors?.[blockId];
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class="bk-field-block" data-block={blockId}>
      <div class="bk-label" id={`${id}-label`}>
        <PlainText text={plainOf(block.label)} />
        {block.optional === true && <span class="bk-soft"> (optional)</span>}
      </div>
      <Element
        placing={{
          element,
          blockId,
          actionId: String(element.action_id ?? ''),
          surface,
          labelledBy: `${id}-label`,
          invalid: error !== undefined,
          input: { dispatch: block.dispatch_action === true, optional: block.optional === true },
          ...(describedBy && { describedBy }),
        }}
      />
      {error !== undefined && (
        <div class="bk-error" id={`${id}-error`} role="alert">
          <span aria-hidden="true">⚠ </span>
          {error}
        </div>
      )}
      {hint && (
        <div class="bk-hint" id={`${id}-hint`}>
          <PlainText text={hint} />
        </div>
      )}
    </div>
  );
}

export const inputs: Family = { input: Input };
