/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element and its relatives */
import { useEffect, useRef } from 'preact/hooks';
import { type Json, objectOf, strings } from '../../../json.ts';
import { plainOf } from '../text/text.tsx';
import { named, type Placing, useField } from './field.ts';

/** An app that wants every character gets them once the typing rests. */
const restMs = 300;
/** Whatever the app says, Slack takes no more. */
const longest = 3000;

type Kind = { type: 'text' | 'email' | 'url'; inputMode: 'text' | 'email' | 'url' | 'decimal' };

const plainKind: Kind = { type: 'text', inputMode: 'text' };

const kinds: Record<string, Kind> = {
  email_text_input: { type: 'email', inputMode: 'email' },
  url_text_input: { type: 'url', inputMode: 'url' },
  number_input: { type: 'text', inputMode: 'decimal' },
};

/** `on_enter_pressed` unless the app says otherwise. */
function triggersOf(element: Json): string[] {
  const given = strings(objectOf(element.dispatch_action_config).trigger_actions_on);
  return given.length > 0 ? given : ['on_enter_pressed'];
}

export function TextInput({ placing }: { placing: Placing }) {
  const { element } = placing;
  const { value, put } = useField<string | null>(placing);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const dispatches = placing.input?.dispatch ?? true;
  const triggers = triggersOf(element);
  const multiline = element.multiline === true;
  const words = value ?? '';
  // Preact's types have a member for each kind of input, so that a kind known later fits none.
  const kind = kinds[String(element.type)] ?? plainKind;
  const most = element.type === 'plain_text_input' ? Number(element.max_length ?? longest) : undefined;

  const tell = (typed: string) => put(typed || null, typed || null, true);

  function onInput({ currentTarget }: { currentTarget: { value: string } }) {
    const typed = currentTarget.value;
    put(typed || null, typed || null, false);
    if (!dispatches || !triggers.includes('on_character_entered')) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(typed), restMs);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey || multiline) return;
    if (!dispatches || !triggers.includes('on_enter_pressed')) return;
    event.preventDefault();
    tell(words);
  }

  const shared = {
    class: `bk-input ${placing.invalid ? 'bk-invalid' : ''}`,
    placeholder: plainOf(element.placeholder),
    value: words,
    onInput,
    onKeyDown,
    ...named(placing),
    ...(element.focus_on_load === true && { autofocus: true }),
  };
  return (
    <div class="bk-typing">
      {multiline ? <textarea rows={4} {...shared} /> : <input autocomplete="off" {...(kind as object)} {...shared} />}
      {most !== undefined && <Counter left={most - words.length} most={most} />}
    </div>
  );
}

/** How many characters are left, once it matters. */
function Counter({ left, most }: { left: number; most: number }) {
  if (left > Math.min(most / 4, 100)) return null;
  return (
    <span class={`bk-counter ${left < 0 ? 'bk-over' : ''}`} role="status" aria-label={`${left} characters left`}>
      {left}
    </span>
  );
}
