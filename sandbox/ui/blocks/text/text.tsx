/** Text objects as blocks carry them. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
import { useMemo } from 'preact/hooks';
import { type Json, objectOf, textOf } from '../../../json.ts';
import { Chunks, Inlines } from './draw.tsx';
import { withEmoji, text as words } from './inline.ts';
import { inline, mrkdwn } from './mrkdwn.ts';
import { richText } from './rich-text.ts';

export function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const chunks = useMemo(() => mrkdwn(text, { verbatim }), [text, verbatim]);
  return <Chunks chunks={chunks} />;
}

/** In one line, for labels and descriptions. */
export function InlineMrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const nodes = useMemo(() => inline(text, { verbatim }), [text, verbatim]);
  return <Inlines nodes={nodes} />;
}

export function PlainText({ text, emoji = true }: { text: string; emoji?: boolean }) {
  const nodes = useMemo(() => (emoji ? withEmoji(text) : [words(text)]), [text, emoji]);
  return <Inlines nodes={nodes} />;
}

/** Whichever of the two it is. */
export function TextObject({ of: given }: { of: unknown }) {
  const { type, text, emoji, verbatim } = objectOf(given);
  if (type === 'mrkdwn') return <Mrkdwn text={textOf(text) ?? ''} verbatim={verbatim === true} />;
  return (
    <span class="bk-plain">
      <PlainText text={textOf(text) ?? ''} emoji={emoji !== false} />
    </span>
  );
}

export function InlineText({ of: given }: { of: unknown }) {
  const { type, text, emoji, verbatim } = objectOf(given);
  if (type === 'mrkdwn') return <InlineMrkdwn text={textOf(text) ?? ''} verbatim={verbatim === true} />;
  return <PlainText text={textOf(text) ?? ''} emoji={emoji !== false} />;
}

export const plainOf = (given: unknown): string => textOf(objectOf(given).text) ?? '';

export function RichText({ block }: { block: Json }) {
  const chunks = useMemo(() => richText(block), [block]);
  return <Chunks chunks={chunks} />;
}
