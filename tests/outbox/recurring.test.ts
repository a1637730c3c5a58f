import { expect, it } from '@jest/globals';
import { sweep } from '../../src/outbox/recurring.ts';
import { onBothEngines } from '../support/databases.ts';

const day = 24 * 60 * 60_000;

onBothEngines('sweeping', (fresh) => {
  it('forgets what was finished a week ago, and nothing that is unfinished or newer', async () => {
    const store = await fresh.store();
    const now = new Date('2026-03-20T09:00:00Z');
    const old = new Date(now.getTime() - 8 * day);
    const recent = new Date(now.getTime() - day);
    const effect = { kind: 'slack.post', payload: {}, lane: 'channel', gate: 'chat.postMessage' } as const;
    await store.transact(async (tx) => {
      for (const [key, receivedAt] of [
        ['old', old],
        ['unfinished', old],
        ['recent', recent],
      ] as const) {
        await tx.inbox.store([{ key, kind: 'command', body: { text: key }, receivedAt }], 'bot', now);
      }
      await tx.inbox.finish(['old', 'recent']);
      await tx.forms.keep('old', {}, old);
      await tx.forms.keep('recent', {}, recent);
      await tx.ownPosts.keep([
        { key: 'old', channel: 'C1', ts: '1.1', seenAt: old },
        { key: 'recent', channel: 'C1', ts: '1.2', seenAt: recent },
      ]);
      await tx.outbox.enqueue([{ ...effect, key: 'waiting' }], old);
    });

    await sweep(store, now);

    const left = await store.read(async (tx) => ({
      deliveries: [await tx.inbox.body('old'), await tx.inbox.body('unfinished'), await tx.inbox.body('recent')],
      forms: [await tx.forms.outcome('old'), await tx.forms.outcome('recent')],
      posts: [await tx.ownPosts.find('old'), await tx.ownPosts.find('recent')],
      effects: await tx.outbox.byKey('waiting'),
    }));
    expect(left).toMatchObject({
      deliveries: [undefined, { text: 'unfinished' }, { text: 'recent' }],
      forms: [undefined, {}],
      posts: [undefined, { key: 'recent' }],
      effects: [{ state: 'waiting' }],
    });
  });
});
