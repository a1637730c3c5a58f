import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Inside } from '../../slack/inside.ts';
import { onEvent } from '../../slack/listen.ts';
import { homeOf } from './publish.ts';

/** Absent before the first page was published. */
const Opened = z.object({ view: z.object({ hash: z.string() }).optional() });

export function listen(app: App, inside: Inside): void {
  onEvent(app, 'app_home_opened', inside, async (event) => {
    if (event.tab !== 'home') return;
    const now = inside.now();
    await inside.transact(async (tx) => {
      await tx.homes.opened(event.user, now, Opened.parse(event).view?.hash);
      // Somebody looks at an empty page: before whatever only keeps things up to date.
      await tx.outbox.enqueue([{ ...homeOf(event.user), lane: 'channel' }], now);
    });
  });
}
