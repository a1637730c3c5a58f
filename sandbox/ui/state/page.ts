/** The page as the world panel and the tour know it. */
import { computed } from '@preact/signals';
import type { Page } from '../blocks/contract.ts';
import { ask } from './act.ts';
import { loadChannel, messagesIn } from './channel.ts';
import { draftKey, handedIn } from './drafts.ts';
import { toast } from './overlay.ts';
import { go, place } from './places.ts';
import { bot, channels, clock, now, viewer, views, violations } from './store.ts';

const openId = computed(() => place.value.channel);

export const page: Page = {
  viewer,
  channels,
  openId,
  messages(channel) {
    // Who asks for them wants them, open or not.
    if (messagesIn(channel).state.peek() === 'empty') void loadChannel(channel);
    return messagesIn(channel).messages;
  },
  views,
  bot,
  clock,
  now,
  violations,
  ask,
  openChannel: (channel) => go({ channel }),
  actAs: (person) => go({ person }),
  write(text) {
    const { channel } = place.peek();
    if (channel) handedIn.value = { key: draftKey(channel), text };
  },
  toast,
};
