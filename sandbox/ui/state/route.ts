/** Where to be when the address names nothing that is there. */
import { effect } from '@preact/signals';
import type { SeenChannel } from '../../wire.ts';
import { dropMessages } from './channel.ts';
import { dropDrafts } from './drafts.ts';
import { listenAs } from './live.ts';
import { isDirect, titleOf } from './names.ts';
import { closeOverlay, sidebarIsOpen } from './overlay.ts';
import { personName, place, remember, settle } from './places.ts';
import { app, channels, isMember, isUnread, line, team, viewer } from './store.ts';

/** Where incidents are declared, else the first there is. */
function firstChannel(): SeenChannel | undefined {
  const mine = [...channels.value.values()].filter((one) => isMember(one) && !isDirect(one) && !one.archived);
  return mine.find(({ name }) => name === 'incidents') ?? mine[0];
}

export function followPerson() {
  let before = '';
  effect(() => {
    const person = personName.value;
    if (person === before) return;
    if (before) {
      dropMessages();
      dropDrafts();
      closeOverlay();
    }
    before = person;
    remember(person);
    listenAs(person);
  });
}

export function followPlace() {
  effect(() => {
    const { person, channel, app: tab } = place.value;
    if (line.value !== 'open' || viewer.value?.name !== person || tab) return;
    if (channel && channels.value.has(channel)) return;
    const first = firstChannel();
    settle(first ? { person, channel: first.id } : { person, app: 'about' });
  });
}

/** On a narrow screen the channels lie over the one that was chosen. */
export function followDrawer() {
  effect(() => {
    if (place.value) sidebarIsOpen.value = false;
  });
}

export function followTitle() {
  effect(() => {
    const { channel, app: tab } = place.value;
    const open = channels.value.get(channel ?? '');
    const here = tab ? app.value?.name : open && titleOf(open);
    const unread = [...channels.value.values()].some((one) => isMember(one) && isUnread(one) && one.id !== channel);
    document.title = [`${unread ? '* ' : ''}${here ?? 'Sandbox'}`, viewer.value?.realName, team.value]
      .filter(Boolean)
      .join(' · ');
  });
}
