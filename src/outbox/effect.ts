import type * as z from 'zod';
import type { Command } from '../incident/commands.ts';
import type { Message } from '../store/messages.ts';
import { Impossible } from './failures.ts';
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
  /** In whose name it is reported, when a person's act led to it. */
  by?: string;
  /** What was said in Slack and is to be kept, in the same transaction. */
  keep?: Message[];
  /** What is to be done next, put into the outbox in the same transaction. */
  next?: Effect[];
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

interface Described {
  /**
   * When nobody can tell whether it happened. `repeat`, as it is unless said otherwise: doing it twice leaves the world as doing
   * it once. `once`: it is left at that (an answer that only one person would have seen). `overwrite`: it says how things stand
   * over what it said before, so it is repeated at once, and once more when the lost request can no longer land late on top.
   */
  whenUnknown?: 'repeat' | 'once' | 'overwrite';
  /** What people are told when it fails for good: "post the headline". Undefined: nobody misses it. */
  purpose?: string;
}

/** How a kind of effect is done, written by a feature or an integration. */
export interface EffectParts<Payload, Outside> extends Described {
  /** Does it. Doing it twice must leave the world as doing it once, unless `find` is given. */
  run(payload: Payload, outside: Outside, attempt: Attempt): Promise<Done>;
  /**
   * For what creates something new each time: looks whether an earlier attempt with an unknown outcome arrived after all.
   * Undefined means that it is not there (yet).
   */
  find?(payload: Payload, outside: Outside, attempt: Attempt): Promise<Done | undefined>;
}

/** The same as the worker sees it: the payload is what the row holds. */
export interface EffectKind<Outside> extends Described {
  kind: string;
  run(stored: unknown, outside: Outside, attempt: Attempt): Promise<Done>;
  find?(stored: unknown, outside: Outside, attempt: Attempt): Promise<Done | undefined>;
}

/** Names a kind of effect and says how it is done; the features list theirs. */
export function defineEffect<Payload, Outside>(
  kind: string,
  payload: z.ZodType<Payload>,
  { run, find, ...described }: EffectParts<Payload, Outside>,
): EffectKind<Outside> {
  function read(stored: unknown): Payload {
    const read = payload.safeParse(stored);
    if (read.success) return read.data;
    throw new Impossible('unreadable_payload', `the payload of ${kind} cannot be read: ${read.error.message}`);
  }
  return {
    kind,
    ...described,
    run: (stored, outside, attempt) => run(read(stored), outside, attempt),
    ...(find && {
      find: (stored: unknown, outside: Outside, attempt: Attempt) => find(read(stored), outside, attempt),
    }),
  };
}
