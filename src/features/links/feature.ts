import type { Feature } from '../../feature.ts';
import { inChannel } from '../channel/gone.ts';
import { noteIn } from '../channel/note.ts';
import { addBookmark, bookmarkBridge, bookmarkOf, bridgeBookmark, noBookmarkOf, removeBookmark } from './bookmarks.ts';
import { linkSubcommand, listen } from './slack.ts';
import { linkAddedMessage, relatedMessage } from './views.ts';

/** Links worth keeping, related incidents, and the call to join. */
export const links: Feature = {
  name: 'links',
  subcommands: [linkSubcommand],
  listeners: listen,
  tray: [{ action: 'open-links', label: 'Links', group: 'work', may: 'see', when: () => true }],
  effects: [inChannel(addBookmark), inChannel(removeBookmark), inChannel(bookmarkBridge)],
  reactions: {
    headlinePosted: (_, incident) => [bridgeBookmark(incident)],
    linkAdded: ({ title, url }, incident, by) => [
      bookmarkOf(incident, { title, url }),
      noteIn(incident, 'link', linkAddedMessage({ title, url }, by)),
    ],
    linkRemoved: ({ url }, incident) => [noBookmarkOf(incident, url)],
    related: ({ other }, incident, by) => [noteIn(incident, 'related', relatedMessage(other.number, by))],
  },
};
