/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
import { type Json, textOf } from '../../../json.ts';
import { isSafeUrl } from '../text/inline.ts';
import { PlainText, plainOf } from '../text/text.tsx';
import { useConfirm } from './confirm.tsx';
import type { Placing } from './field.ts';

const styleOf = ({ style }: Json) => (style === 'primary' || style === 'danger' ? `bk-${style}` : '');

export function Button({ placing }: { placing: Placing }) {
  const { element, blockId, actionId, surface } = placing;
  const [ask, dialog] = useConfirm();
  const busy = surface.busy?.has(actionId) ?? false;
  const text = plainOf(element.text);
  const url = textOf(element.url);

  function press() {
    // Slack opens the address and tells the app as well.
    if (url && isSafeUrl(url)) window.open(url, '_blank', 'noopener,noreferrer');
    surface.act({ blockId, actionId, type: String(element.type), text });
  }

  return (
    <>
      <button
        type="button"
        class={`bk-button ${styleOf(element)} ${busy ? 'bk-busy' : ''}`}
        aria-busy={busy}
        aria-disabled={busy}
        {...(textOf(element.accessibility_label) && { 'aria-label': textOf(element.accessibility_label) })}
        onClick={() => !busy && ask(element.confirm, press)}
      >
        <PlainText text={text} />
        {url && <span class="bk-away" aria-hidden="true" />}
      </button>
      {dialog}
    </>
  );
}
