import type { Bookmark, SeenChannel } from '../../wire.ts';
import { Emoji } from '../blocks/text/emoji.tsx';
import { go, place } from '../state/places.ts';
import { Icon } from './icons.tsx';

/** The bar under the header; not there when there is nothing in it. */
export function Bookmarks({ channel }: { channel: SeenChannel }) {
  const pins = channel.pins.length;
  if (pins === 0 && channel.bookmarks.length === 0) return null;
  const isOpen = place.value.pane === 'pins';
  return (
    <nav class="bookmarks" aria-label="Pins and bookmarks">
      {pins > 0 && (
        <button
          type="button"
          class="bookmark"
          aria-expanded={isOpen}
          onClick={() => go(isOpen ? { channel: channel.id } : { channel: channel.id, pane: 'pins' })}
        >
          <Icon name="pin" size={16} /> {pins} pinned
        </button>
      )}
      {channel.bookmarks.map((bookmark) => (
        <BookmarkLink key={bookmark.id} bookmark={bookmark} />
      ))}
    </nav>
  );
}

function BookmarkLink({ bookmark: { link, title, emoji } }: { bookmark: Bookmark }) {
  // The sandbox takes no others, but an address is somebody else's text.
  if (!/^https?:\/\//.test(link)) return null;
  return (
    <a class="bookmark" href={link} target="_blank" rel="noopener">
      {emoji ? <Emoji name={emoji.replaceAll(':', '')} /> : <Icon name="bookmark" size={16} />} {title}
    </a>
  );
}
