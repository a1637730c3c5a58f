/** Small buttons under what an app said: https://docs.slack.dev/reference/block-kit/blocks/context-actions-block */
import { useState } from 'preact/hooks';
import { objectOf, strings, textOf } from '../../../json.ts';
import { useBlocksContext } from '../contract.ts';
import { plainOf } from '../text/text.tsx';
import { useConfirm } from './confirm.tsx';
import type { Placing } from './field.ts';

export function FeedbackButtons({ placing }: { placing: Placing }) {
  const { element, blockId, actionId, surface } = placing;
  const [given, setGiven] = useState<string>();
  const one = (side: 'positive_button' | 'negative_button', picture: string) => {
    const button = objectOf(element[side]);
    const words = plainOf(button.text);
    const value = textOf(button.value) ?? '';
    return (
      <button
        type="button"
        class="bk-small"
        title={words}
        aria-label={textOf(button.accessibility_label) ?? words}
        aria-pressed={given === value}
        onClick={() => {
          setGiven(value);
          surface.act({ blockId, actionId, type: 'feedback_buttons', text: words });
        }}
      >
        {picture}
      </button>
    );
  };
  return (
    <>
      {one('positive_button', '👍')}
      {one('negative_button', '👎')}
    </>
  );
}

export function IconButton({ placing }: { placing: Placing }) {
  const { element, blockId, actionId, surface } = placing;
  const { person } = useBlocksContext();
  const [ask, dialog] = useConfirm();
  const words = plainOf(element.text);
  const visibleTo = strings(element.visible_to_user_ids);
  if (visibleTo.length > 0 && !visibleTo.includes(person.id)) return null;
  const press = () => surface.act({ blockId, actionId, type: 'icon_button', text: words });
  return (
    <>
      <button
        type="button"
        class="bk-small"
        title={words}
        aria-label={textOf(element.accessibility_label) ?? words}
        onClick={() => ask(element.confirm, press)}
      >
        🗑
      </button>
      {dialog}
    </>
  );
}
