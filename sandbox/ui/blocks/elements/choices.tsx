/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element and …/checkboxes-element */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type Json, objects } from '../../../json.ts';
import { InlineText } from '../text/text.tsx';
import { useConfirm } from './confirm.tsx';
import { named, type Placing, useField } from './field.ts';

type Props = { placing: Placing };

export function RadioButtons({ placing }: Props) {
  const { value, put } = useField<Json | null>(placing);
  const [ask, dialog] = useConfirm();
  const group = useId();
  return (
    <div role="radiogroup" class="bk-choices" {...named(placing)}>
      {objects(placing.element.options).map((option) => (
        <Line key={String(option.value)} option={option}>
          <input
            type="radio"
            name={group}
            checked={value?.value === option.value}
            onChange={(event) => {
              // It stands as before until the person has agreed.
              event.currentTarget.checked = value?.value === option.value;
              ask(placing.element.confirm, () => put(option, String(option.value)));
            }}
          />
        </Line>
      ))}
      {dialog}
    </div>
  );
}

export function Checkboxes({ placing }: Props) {
  const { value, put } = useField<Json[]>(placing);
  const [ask, dialog] = useConfirm();
  const has = (option: Json) => value.some((one) => one.value === option.value);
  const options = objects(placing.element.options);
  function toggle(option: Json) {
    const next = options.filter((one) => (one.value === option.value ? !has(one) : has(one)));
    ask(placing.element.confirm, () =>
      put(
        next,
        next.map((one) => String(one.value)),
      ),
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend, and the block's label is the name
    <div role="group" class="bk-choices" {...named(placing)}>
      {options.map((option) => (
        <Line key={String(option.value)} option={option}>
          <input
            type="checkbox"
            checked={has(option)}
            onChange={(event) => {
              event.currentTarget.checked = has(option);
              toggle(option);
            }}
          />
        </Line>
      ))}
      {dialog}
    </div>
  );
}

function Line({ option, children }: { option: Json; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control comes as children
    <label class="bk-choice">
      {children}
      <span class="bk-choice-words">
        <span>
          <InlineText of={option.text} />
        </span>
        {option.description !== undefined && (
          <span class="bk-choice-more">
            <InlineText of={option.description} />
          </span>
        )}
      </span>
    </label>
  );
}
