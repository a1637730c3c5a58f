import { useEffect } from 'preact/hooks';
import type { View } from '../../wire.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { useViewSurface } from '../modal/view-surface.ts';
import { Avatar } from '../shell/avatar.tsx';
import { MenuToggle } from '../shell/channel-header.tsx';
import { Composer } from '../shell/composer.tsx';
import { MessageList } from '../shell/message-list.tsx';
import { Tabs } from '../shell/tabs.tsx';
import { act } from '../state/act.ts';
import type { Tab } from '../state/address.ts';
import { isWithBot } from '../state/names.ts';
import { trying } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { app, bot, botPerson, channels, home } from '../state/store.ts';

function tabs(): [Tab, string][] {
  const { homeTab = false, messagesTab = false } = app.value ?? {};
  return [
    ...(homeTab ? [['home', 'Home'] satisfies [Tab, string]] : []),
    ...(messagesTab ? [['messages', 'Messages'] satisfies [Tab, string]] : []),
    ['about', 'About'],
  ];
}

export function AppHome({ tab }: { tab: Tab }) {
  const shown = tabs();
  const open = shown.some(([one]) => one === tab) ? tab : (shown[0]?.[0] ?? 'about');
  return (
    <main class="main" aria-label={botPerson.value?.realName ?? 'App'}>
      <header class="main-head">
        <MenuToggle />
        <div class="head-title">
          <Avatar person={botPerson.value} size={24} active={bot.value.connected ?? false} />
          <h1>{botPerson.value?.realName}</h1>
        </div>
      </header>
      <div class="app-home">
        <Tabs label="Parts of the app" tabs={shown} open={open} onOpen={(next) => go({ app: next })}>
          {open === 'home' && <HomeTab />}
          {open === 'messages' && <MessagesTab />}
          {open === 'about' && <About />}
        </Tabs>
      </div>
    </main>
  );
}

function HomeTab() {
  // The app hears that somebody looks, and may publish something fresh.
  useEffect(() => trying(act.openHome()), []);
  const view = home.value;
  if (!view) return <p class="home-none">{botPerson.value?.realName} has put nothing here yet.</p>;
  return <HomeView key={view.id} view={view} />;
}

function HomeView({ view }: { view: View }) {
  const { surface, trouble } = useViewSurface(view, 'home');
  return (
    <div class="home-scroll">
      <div class="home-blocks">
        {trouble && (
          <p class="message-trouble" role="alert">
            {trouble}
          </p>
        )}
        <Blocks blocks={view.blocks} surface={surface} />
      </div>
    </div>
  );
}

function MessagesTab() {
  const channel = [...channels.value.values()].find(isWithBot);
  useEffect(() => {
    if (!channel) trying(act.dm());
  }, [channel === undefined]);
  if (!channel) return null;
  return (
    <>
      <MessageList key={channel.id} channel={channel} />
      {app.value?.messagesReadOnly ? (
        <p class="foot-note">Sending messages to this app has been turned off.</p>
      ) : (
        <Composer key={channel.id} channel={channel} placeholder={`Message ${botPerson.value?.realName}`} />
      )}
    </>
  );
}

function About() {
  return (
    <div class="home-scroll">
      <div class="home-blocks about">
        <div class="intro-who">
          <Avatar person={botPerson.value} size={72} />
          <div>
            <h2>{botPerson.value?.realName}</h2>
            <p class="soft">App</p>
          </div>
        </div>
        <p>{app.value?.about}</p>
        <h3>Commands</h3>
        <ul class="about-commands">
          {app.value?.commands.map(({ command, description, hint }) => (
            <li key={command}>
              <code>
                {command} {hint}
              </code>
              <span>{description}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
