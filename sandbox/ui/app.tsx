import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type BlocksContext, BlocksProvider } from './blocks/contract.ts';
import { AppHome } from './home/app-home.tsx';
import { Modals } from './modal/modal.tsx';
import { Banner } from './shell/banner.tsx';
import { ChannelView } from './shell/channel-view.tsx';
import { Extras } from './shell/extras.tsx';
import { Overlays } from './shell/overlays.tsx';
import { PinsPane } from './shell/pins-pane.tsx';
import { Sidebar } from './shell/sidebar.tsx';
import { ThreadPane } from './shell/thread-pane.tsx';
import { Toasts } from './shell/toasts.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { overlay, sidebarIsOpen } from './state/overlay.ts';
import { go, place } from './state/places.ts';
import { channels, now, people, usergroups, viewer } from './state/store.ts';

export function App() {
  const context = useComputed((): BlocksContext | undefined => {
    const person = viewer.value;
    return (
      person && {
        person,
        people: people.value,
        channels: channels.value,
        usergroups: usergroups.value,
        openChannel: (channel) => go({ channel }),
        openPerson: (id) => {
          overlay.value = { kind: 'person', id };
        },
        now,
      }
    );
  });
  useEffect(() => {
    addEventListener('keydown', onShortcut);
    return () => removeEventListener('keydown', onShortcut);
  }, []);

  return (
    <div class="app">
      <TopBar />
      <Banner />
      {context.value && (
        <BlocksProvider value={context.value}>
          <div class="app-main">
            <Sidebar />
            {sidebarIsOpen.value && (
              <button
                type="button"
                class="side-shade"
                aria-label="Close"
                onClick={() => (sidebarIsOpen.value = false)}
              />
            )}
            <Here />
            <Beside />
            <Extras />
          </div>
          <Modals />
          <Overlays />
        </BlocksProvider>
      )}
      <Toasts />
    </div>
  );
}

function onShortcut(event: KeyboardEvent) {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  overlay.value = { kind: 'jump' };
}

function Here() {
  const { channel: id, app } = place.value;
  if (app) return <AppHome tab={app} />;
  const channel = channels.value.get(id ?? '');
  return channel ? <ChannelView channel={channel} /> : <main class="main" aria-label="Nothing open" />;
}

/** A thread, or what is pinned. */
function Beside() {
  const { channel: id, thread, pane } = place.value;
  const channel = channels.value.get(id ?? '');
  if (!channel) return null;
  if (thread) return <ThreadPane key={thread} channel={channel} ts={thread} />;
  return pane === 'pins' ? <PinsPane channel={channel} /> : null;
}
