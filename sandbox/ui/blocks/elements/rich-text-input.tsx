/** Formatted text, written with Slack's marks: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element */
import { useEffect, useRef, useState } from 'preact/hooks';
import { isObject, type Json } from '../../../json.ts';
import { plainOf, RichText } from '../text/text.tsx';
import { named, type Placing, useField } from './field.ts';
import { marksOf, richTextFrom } from './marks.ts';

const tools = [
  { name: 'Bold', mark: '*', shows: <b>B</b> },
  { name: 'Italic', mark: '_', shows: <i>I</i> },
  { name: 'Strikethrough', mark: '~', shows: <s>S</s> },
  { name: 'Code', mark: '`', shows: <code>{'</>'}</code> },
];

export function RichTextInput({ placing }: { placing: Placing }) {
  const { element } = placing;
  const { value, put } = useField<Json | null>(placing);
  const [source, setSource] = useState(() => (isObject(value) ? marksOf(value) : ''));
  const area = useRef<HTMLTextAreaElement>(null);
  const told = useRef(value);
  useEffect(() => {
    // The app put something else in.
    if (value !== told.current && JSON.stringify(value) !== JSON.stringify(richTextFrom(source)))
      setSource(isObject(value) ? marksOf(value) : '');
    told.current = value;
  }, [value]);

  function write(words: string) {
    setSource(words);
    const block = richTextFrom(words);
    put(block, block);
  }

  function mark(sign: string) {
    const box = area.current;
    if (!box) return;
    const { selectionStart: from, selectionEnd: to } = box;
    write(`${source.slice(0, from)}${sign}${source.slice(from, to)}${sign}${source.slice(to)}`);
    requestAnimationFrame(() => {
      box.focus();
      box.setSelectionRange(from + 1, to + 1);
    });
  }

  return (
    <div class={`bk-rich ${placing.invalid ? 'bk-invalid' : ''}`}>
      <div class="bk-rich-tools" role="toolbar" aria-label="Formatting">
        {tools.map(({ name, mark: sign, shows }) => (
          <button key={name} type="button" class="bk-small" title={name} aria-label={name} onClick={() => mark(sign)}>
            {shows}
          </button>
        ))}
      </div>
      <textarea
        ref={area}
        rows={Number(element.min_lines ?? 4)}
        value={source}
        placeholder={plainOf(element.placeholder)}
        onInput={(event) => write(event.currentTarget.value)}
        {...named(placing)}
      />
      {/[*_~`<]/.test(source) && isObject(value) && (
        <section class="bk-rich-shown" aria-label="As it will look">
          <RichText block={value} />
        </section>
      )}
    </div>
  );
}
