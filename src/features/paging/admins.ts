import * as z from 'zod';
import type { Effect } from '../../outbox/effect.ts';
import { directChannel, Said } from '../../slack/answer.ts';
import type { Message } from '../../slack/blocks.ts';
import { definePost } from '../../slack/messages.ts';
import type { Outside } from '../../slack/outside.ts';

const Told = z.object({ key: z.string(), person: z.string(), message: Said });

const hour = 60 * 60_000;

/** What is wrong with the way to PagerDuty shows with every page and every look; people are told of it once. */
export const tellAdmin = definePost('paging.tell-admin', Told, {
  purpose: 'tell an incident admin that PagerDuty refuses something',
  compose: async ({ key, person, message }, outside) => {
    const rows = await outside.store.read((tx) => tx.outbox.byKey(key));
    const since = outside.now().getTime() - hour;
    const wasTold = rows.some(({ state, result, settledAt }) => {
      return state === 'done' && result && settledAt && settledAt.getTime() > since;
    });
    if (wasTold) return undefined;
    return { channel: await directChannel(outside, person), ...(message as Message) };
  },
});

/** To those who can have it put right, once an hour while it lasts. `what`: of what they hear, without anything secret. */
export function tellAdmins(what: string, message: Message, { policy }: Pick<Outside, 'policy'>): Effect[] {
  return policy.incidentAdmins.map((person) => {
    const key = `tell-admin:${what}:${person}`;
    return {
      kind: tellAdmin.kind,
      key,
      payload: { key, person, message },
      lane: 'channel',
      gate: `tell:${person}`,
      // One after the other: the second finds that the first was told.
      orderKey: key,
    };
  });
}
