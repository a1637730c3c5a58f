/** image, video and file. Pictures from elsewhere are not fetched: no request leaves the machine. */
import { useState } from 'preact/hooks';
import { type Json, objectOf, textOf } from '../../../json.ts';
import { Link } from '../text/draw.tsx';
import { isSafeUrl } from '../text/inline.ts';
import { PlainText, plainOf } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';

/** An address of the sandbox's own, or none. */
function ownUrl(element: Json): string | undefined {
  const file = objectOf(element.slack_file);
  const given = textOf(element.image_url) ?? textOf(file.url) ?? textOf(element.url);
  if (given?.startsWith('data:image/')) return given;
  if (!given || !URL.canParse(given, location.href)) return undefined;
  const url = new URL(given, location.href);
  return url.origin === location.origin ? url.href : undefined;
}

function Picture({ element, kind }: { element: Json; kind: 'block' | 'element' }) {
  const [broken, setBroken] = useState(false);
  const alt = textOf(element.alt_text) ?? '';
  const src = ownUrl(element);
  if (src && !broken) return <img class={`bk-image-${kind}`} src={src} alt={alt} onError={() => setBroken(true)} />;
  const from = textOf(element.image_url);
  const place = from && URL.canParse(from) ? new URL(from).hostname : '';
  return (
    <span class={`bk-no-picture bk-image-${kind}`} role="img" aria-label={alt} title={from ?? alt}>
      <span aria-hidden="true">🖼</span>
      {kind === 'block' && (
        <span>
          {alt || 'Picture'}
          {place && <span class="bk-soft"> · on {place}, not fetched here</span>}
        </span>
      )}
    </span>
  );
}

export const ImageElement = ({ element }: { element: Json }) => <Picture element={element} kind="element" />;

function ImageBlock({ block }: BlockProps) {
  const [open, setOpen] = useState(true);
  const title = plainOf(block.title);
  return (
    <figure class="bk-figure">
      <figcaption>
        {title && <PlainText text={title} />}
        <button type="button" class="bk-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span class="bk-unseen">{open ? 'Hide the picture' : 'Show the picture'}</span>
        </button>
      </figcaption>
      {open && <Picture element={block} kind="block" />}
    </figure>
  );
}

function Video({ block }: BlockProps) {
  const title = plainOf(block.title);
  const url = textOf(block.title_url) ?? textOf(block.video_url) ?? '';
  return (
    <div class="bk-video">
      <div class="bk-soft">
        {textOf(block.provider_name)} {textOf(block.author_name)}
      </div>
      <div class="bk-video-title">{isSafeUrl(url) ? <Link url={url}>{title}</Link> : title}</div>
      {plainOf(block.description) && <PlainText text={plainOf(block.description)} />}
      <div class="bk-video-frame" role="img" aria-label={textOf(block.alt_text) ?? title}>
        <span aria-hidden="true">▶</span>
      </div>
    </div>
  );
}

function RemoteFile({ block }: BlockProps) {
  return (
    <div class="bk-file">
      <span aria-hidden="true">📄</span>
      <span>
        <b>Remote file</b>
        <span class="bk-soft"> {textOf(block.external_id)}</span>
      </span>
    </div>
  );
}

export const pictures: Family = { image: ImageBlock, video: Video, file: RemoteFile };
