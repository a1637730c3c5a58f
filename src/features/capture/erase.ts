import * as z from 'zod';
import { Place } from '../../incident/fields.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import type { Outside } from '../../slack/outside.ts';
import type { Erasing } from '../../store/erasing.ts';

/** What is to be erased in one incident. */
export const What = z.discriminatedUnion('of', [
  z.object({ of: z.literal('message'), source: Place }),
  z.object({ of: z.literal('person'), person: z.string() }),
  z.object({ of: z.literal('incident') }),
]);
export type What = z.infer<typeof What>;

const Payload = z.object({ incident: z.string(), what: What, by: z.string(), at: z.date() });

/** So many in a transaction, and others write in between. */
export const atOnce = 500;

/** Erasing once more what is erased changes nothing, so a kill in the middle of it only means that somebody goes on. */
export const eraseMessages = defineEffect('capture.erase', Payload, {
  purpose: 'erase what was said',
  async run({ incident, what, by, at }, { store }: Outside): Promise<Done> {
    const which = inIncident(incident, what);
    for (let more = true; more; ) {
      const erased = await store.transact((tx) => tx.messages.erase(which, { by, at, limit: atOnce }), 'soon');
      more = (erased.get(incident) ?? 0) === atOnce;
    }
    const count = await store.read((tx) => tx.messages.erasedBy(incident, { by, at }));
    if (count === 0) return {};
    return { by, report: { type: 'reportErased', count, ...what } };
  },
});

function inIncident(incident: string, what: What): Erasing {
  if (what.of === 'message') return { places: [what.source] };
  return what.of === 'person' ? { author: what.person, incident } : { incident };
}

export const erasing = (incident: string, what: What, by: string, at: Date): Effect => ({
  kind: eraseMessages.kind,
  key: `erase:${incident}:${JSON.stringify(what)}`,
  incident,
  payload: { incident, what, by, at },
  lane: 'channel',
  gate: 'capture',
});
