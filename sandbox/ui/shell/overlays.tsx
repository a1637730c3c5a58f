import { closeOverlay, overlay } from '../state/overlay.ts';
import { ArchiveChannel, DeleteMessage } from './are-you-sure.tsx';
import { ChannelBrowser } from './channel-browser.tsx';
import { ChannelDetails } from './channel-details.tsx';
import { Jump } from './jump.tsx';
import { NewChannel } from './new-channel.tsx';
import { PersonCard } from './person-card.tsx';

export function Overlays() {
  const open = overlay.value;
  switch (open?.kind) {
    case 'person':
      return <PersonCard key={open.id} id={open.id} />;
    case 'channels':
      return <ChannelBrowser />;
    case 'new-channel':
      return <NewChannel />;
    case 'channel':
      return <ChannelDetails key={open.id} id={open.id} tab={open.tab} />;
    case 'jump':
      return <Jump close={closeOverlay} />;
    case 'delete':
      return <DeleteMessage message={open.message} />;
    case 'archive':
      return <ArchiveChannel id={open.id} />;
    default:
      return null;
  }
}
