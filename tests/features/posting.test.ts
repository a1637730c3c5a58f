import { expect, it } from '@jest/globals';
import { announce } from '../../src/features/announcement/announce.ts';
import { Held } from '../../src/outbox/failures.ts';
import type { Outside } from '../../src/slack/outside.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

/** A Slack that takes no more of one method for half a minute. */
function limited(method: string): Outside {
  const call = async (called: string) => {
    if (called === method) throw new Held(30_000, method);
    return { ok: true };
  };
  const tx = { incidents: { load: async () => anIncident() } };
  return {
    slack: { call },
    store: { read: async (fn: (reader: unknown) => unknown) => fn(tx) },
    policy: thePolicy(),
    now: () => at('10:00'),
    updatesChannel: async () => {
      await call('users.conversations');
      return 'C1';
    },
  } as unknown as Outside;
}

const run = (outside: Outside) => announce.run({ incident: 'inc_7' }, outside, { id: 'eff_1', key: 'announce:inc_7' });

it('closes the gate that all posts to the updates channel have, whatever Slack calls it', async () => {
  await expect(run(limited('chat.postMessage'))).rejects.toEqual(new Held(30_000));
});

it('leaves posts alone when it was a look-up that is limited', async () => {
  const failure = await run(limited('users.conversations')).catch((error: unknown) => error);
  expect(failure).toMatchObject({ gate: 'users.conversations', retryAfterMs: 30_000 });
});
