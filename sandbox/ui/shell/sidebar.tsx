import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { SeenChannel } from '../../wire.ts';
import { byTitle, isDirect, isWithBot, others, titleOf } from '../state/names.ts';
import { overlay, sidebarIsOpen } from '../state/overlay.ts';
import { go, place } from '../state/places.ts';
import { app, bot, botPerson, channels, isMember, isUnread, team } from '../state/store.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { MenuButton } from './menu.tsx';

const closeDrawer = () => {
  sidebarIsOpen.value = false;
};

export function Sidebar() {
  const mine = [...channels.value.values()].filter((one) => isMember(one));
  const rooms = mine.filter((one) => !isDirect(one) && !one.archived).sort(byTitle);
  const direct = mine.filter((one) => isDirect(one) && !isWithBot(one)).sort(byTitle);
  return (
    <nav class={`sidebar ${sidebarIsOpen.value ? 'sidebar-open' : ''}`} aria-label="Channels and people">
      <div class="side-head">
        <h2>{team.value}</h2>
        <button
          type="button"
          class="icon-button side-jump"
          aria-label="Jump to… (Ctrl K)"
          title="Jump to… (Ctrl K)"
          onClick={() => (overlay.value = { kind: 'jump' })}
        >
          <Icon name="search" size={18} />
        </button>
        <button type="button" class="icon-button side-close" aria-label="Close" onClick={closeDrawer}>
          <Icon name="close" />
        </button>
      </div>
      <div class="side-scroll">
        <Section title="Channels" extra={<AddChannels />}>
          {rooms.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </Section>
        <Section title="Direct messages" extra={<NewDirect />}>
          {direct.map((channel) => (
            <DirectRow key={channel.id} channel={channel} />
          ))}
          {direct.length === 0 && (
            <li>
              <button type="button" class="side-row side-soft" onClick={() => (overlay.value = { kind: 'jump' })}>
                <Icon name="plus" size={16} /> Write to someone
              </button>
            </li>
          )}
        </Section>
        <Section title="Apps">
          <AppRow />
        </Section>
      </div>
    </nav>
  );
}

function Section({
  title,
  extra,
  children,
}: {
  title: string;
  extra?: ComponentChildren;
  children: ComponentChildren;
}) {
  const isOpen = useSignal(true);
  return (
    <section class="side-section">
      <div class="side-title">
        <button
          type="button"
          class="side-fold"
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          <span class="side-arrow">
            <Icon name="down" size={14} />
          </span>{' '}
          {title}
        </button>
        {extra}
      </div>
      {isOpen.value && <ul>{children}</ul>}
    </section>
  );
}

const AddChannels = () => (
  <MenuButton
    label="Add channels"
    class="icon-button side-add"
    groups={() => [
      {
        items: [
          { label: 'Create a channel', icon: 'plus', do: () => (overlay.value = { kind: 'new-channel' }) },
          { label: 'Browse channels', icon: 'search', do: () => (overlay.value = { kind: 'channels' }) },
        ],
      },
    ]}
  >
    <Icon name="plus" size={16} />
  </MenuButton>
);

const NewDirect = () => (
  <button
    type="button"
    class="icon-button side-add"
    aria-label="Write to someone"
    title="Write to someone"
    onClick={() => (overlay.value = { kind: 'jump' })}
  >
    <Icon name="plus" size={16} />
  </button>
);

type RowProps = { channel: SeenChannel; icon: ComponentChildren };

function Row({ channel, icon }: RowProps) {
  const { badge } = channel;
  const isHere = place.value.channel === channel.id;
  const isBold = isUnread(channel) && !isHere;
  return (
    <li>
      <button
        type="button"
        class={`side-row ${isBold ? 'side-unread' : ''}`}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => {
          closeDrawer();
          go({ channel: channel.id });
        }}
      >
        {icon}
        <span class="side-name">{titleOf(channel)}</span>
        {isBold && <span class="unseen">, unread</span>}
        {isBold && badge > 0 && <span class="side-badge">{badge > 99 ? '99+' : badge}</span>}
      </button>
    </li>
  );
}

const ChannelRow = ({ channel }: { channel: SeenChannel }) => (
  <Row channel={channel} icon={<Icon name={channel.private ? 'lock' : 'hash'} size={16} />} />
);

const DirectRow = ({ channel }: { channel: SeenChannel }) => (
  <Row channel={channel} icon={<Avatar person={others(channel)[0]} size={20} active={true} />} />
);

function AppRow() {
  const direct = [...channels.value.values()].find(isWithBot);
  const isHere = place.value.app !== undefined;
  const badge = direct && !isHere ? direct.badge : 0;
  return (
    <li>
      <button
        type="button"
        class={`side-row ${badge > 0 ? 'side-unread' : ''}`}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => {
          closeDrawer();
          const hasHome = app.peek()?.homeTab ?? false;
          go({ app: hasHome && badge === 0 ? 'home' : 'messages' });
        }}
      >
        <Avatar person={botPerson.value} size={20} active={bot.value.connected ?? false} />
        <span class="side-name">{botPerson.value?.realName}</span>
        {badge > 0 && <span class="side-badge">{badge}</span>}
      </button>
    </li>
  );
}
