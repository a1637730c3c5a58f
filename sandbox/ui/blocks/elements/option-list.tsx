import { useEffect, useRef } from 'preact/hooks';
import { PlainText } from '../text/text.tsx';
import type { Option } from './option.ts';

type Props = {
  id: string;
  options: Option[];
  picked: Option[];
  active: number;
  multi: boolean;
  note?: string | undefined;
  hover(index: number): void;
  choose(option: Option): void;
};

export function OptionList({ id, options, picked, active, multi, note, hover, choose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const empty = options.length === 0 ? (note ?? 'No results') : note;
  return (
    // The field keeps the focus, so that typing goes on.
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-multiselectable={multi}
      class="bk-options"
      onMouseDown={(event) => event.preventDefault()}
    >
      {empty && (
        <div class="bk-options-note" role="status">
          {empty}
        </div>
      )}
      {options.map((option, index) => {
        const isFirst = option.group && option.group !== options[index - 1]?.group;
        const isPicked = picked.some(({ value }) => value === option.value);
        return (
          <div key={option.value} role="presentation">
            {isFirst && (
              <div class="bk-options-group" role="presentation">
                <PlainText text={option.group ?? ''} />
              </div>
            )}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the field points at it */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys */}
            <div
              id={`${id}-${index}`}
              data-at={index}
              role="option"
              aria-selected={isPicked}
              class={`bk-option ${index === active ? 'bk-active' : ''}`}
              onMouseMove={() => index !== active && hover(index)}
              onClick={() => choose(option)}
            >
              {option.icon && <span class="bk-option-icon">{option.icon}</span>}
              <span class="bk-option-words">
                <span class="bk-option-label">{option.drawn ?? <PlainText text={option.label} />}</span>
                {option.description && (
                  <span class="bk-option-more">
                    <PlainText text={option.description} />
                  </span>
                )}
              </span>
              {isPicked && <span class="bk-check" aria-hidden="true" />}
            </div>
          </div>
        );
      })}
    </div>
  );
}
