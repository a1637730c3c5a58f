import type { z } from 'zod';
import type { Command } from '../incident/commands.ts';
import type { Lane } from './lanes.ts';

/** One piece of work for the outside, as a reaction asks for it; the outbox stores it in the transaction of its event. */
export interface Effect {
  kind: string;
  /** Says which piece of work this is: `headline:inc_7`. Written again while it waits, the newer payload replaces the older. */
  key: string;
  payload: unknown;
  lane: Lane;
  /** What a 429 holds back: a Web API method, with the channel where Slack limits by channel. */
  gate: string;
  /** Effects that share one run one after the other, in the order written. */
  orderKey?: string;
  /** The incident that hears of it when the effect fails for good. */
  incident?: string;
  runAt?: Date;
}

/** What the worker learned: `result` stays with the row, `report` goes to the incident in the same transaction. */
export interface Done {
  result?: unknown;
  report?: Command;
}

/** What a run knows about itself. */
export interface Attempt {
  /** The row's own id: unique for ever, so it can be looked for in the outside world. */
  id: string;
  key: string;
  /** When it was first put on the wire; undefined on the first attempt. */
  firstSentAt?: Date;
  incident?: string;
}

export interface EffectKind<Payload, Outside> {
  kind: string;
  payload: z.ZodType<Payload>;
  /** Does it. Doing it twice must leave the world as doing it once, unless `find` is given. */
  run(payload: Payload, outside: Outside, attempt: Attempt): Promise<Done>;
  /**
   * For what creates something new each time: looks whether an earlier attempt with an unknown outcome arrived after all.
   * Undefined means that it is not there (yet).
   */
  find?(payload: Payload, outside: Outside, attempt: Attempt): Promise<Done | undefined>;
  /** `once`: when nobody can tell whether it happened, it is left at that (an answer only one person would have seen). */
  whenUnknown?: 'repeat' | 'once';
  /** What people are told when it fails for good: "post the headline". Undefined: nobody misses it. */
  purpose?: string;
}

export type AnyEffectKind<Outside> = EffectKind<never, Outside>;

/** Names an effect and says how it is run; the registry in `features.ts` lists them all. */
export function defineEffect<Payload, Outside>(
  kind: string,
  payload: z.ZodType<Payload>,
  rest: Omit<EffectKind<Payload, Outside>, 'kind' | 'payload'>,
): EffectKind<Payload, Outside> {
  return { kind, payload, ...rest };
}
