import * as z from 'zod';
import type { Claimed } from '../store/outbox-claim.ts';
import { defineEffect, type Effect } from './effect.ts';
import { type Lane, laneOf, lanes } from './lanes.ts';

const Again = z.object({
  effect: z.object({
    kind: z.string(),
    key: z.string(),
    payload: z.unknown(),
    lane: z.enum(Object.keys(lanes) as [Lane, ...Lane[]]),
    gate: z.string(),
    orderKey: z.string().optional(),
    incident: z.string().optional(),
  }),
});

/** Asks for an effect once more when its time comes; until then newer ones of the same order are not held up. */
export const overwriteAgain = defineEffect('outbox.overwrite', Again, {
  run: async ({ effect }) => ({ next: [effect] }),
});

/** A request whose reply was lost may land after newer ones and put an older state back: at `runAt` the newest goes over it. */
export function overwriteLater(row: Claimed, runAt: Date): Effect {
  const { kind, key, payload, gate, orderKey, incident } = row;
  return {
    kind: overwriteAgain.kind,
    key: `overwrite:${key}`,
    payload: { effect: { kind, key, payload, lane: laneOf(row.lane), gate, orderKey, incident } },
    lane: 'cosmetic',
    gate: 'none',
    runAt,
  };
}
