import * as z from 'zod';
import { createDesk, type Desk } from '../../src/desk.ts';
import { Declare } from '../../src/incident/commands.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { createLog } from '../../src/log.ts';
import { defineEffect, type Effect, type EffectParts } from '../../src/outbox/effect.ts';
import { Held, Impossible, NotApplied, Unclear } from '../../src/outbox/failures.ts';
import { createWorker, type WorkerParts } from '../../src/outbox/worker.ts';
import type { OutboxRow } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import type { Clock } from '../../src/time.ts';
import { eventually } from '../support/eventually.ts';
import { at, thePolicy } from '../support/given.ts';

/** What the outside does with a request, besides carrying it out. */
export type Mood =
  | 'works'
  /** Applied, and the reply is lost. */
  | 'reply lost'
  /** Not applied, and nobody says so. */
  | 'request lost'
  | 'unreachable'
  | 'too many'
  | 'refuses'
  /** Waits for `letGo`. */
  | 'hangs';

/** An outside with a memory: `moods` are taken one by one for the requests to come, then everything works. */
export function createWorld() {
  const moods: Mood[] = [];
  const hanging: (() => void)[] = [];
  const lookUps: string[] = [];
  const tried: string[] = [];
  const posts: { id: string; text: string }[] = [];

  async function request(id: string, text: string): Promise<void> {
    tried.push(text);
    const mood = moods.shift() ?? 'works';
    if (mood === 'hangs') await new Promise<void>((resolve) => hanging.push(resolve));
    if (mood === 'unreachable') throw new NotApplied('connect ECONNREFUSED');
    if (mood === 'too many') throw new Held(30_000);
    if (mood === 'refuses') throw new Impossible('is_archived');
    if (mood === 'request lost') throw new Unclear('socket hang up');
    posts.push({ id, text });
    if (mood === 'reply lost') throw new Unclear('socket hang up');
  }

  return {
    moods,
    posts,
    /** Every request by its text, whatever came of it. */
    tried,
    lookUps,
    request,
    look(id: string) {
      lookUps.push(id);
      return posts.find((post) => post.id === id);
    },
    letGo: () => {
      for (const resolve of hanging.splice(0)) resolve();
    },
    texts: () => posts.map(({ text }) => text),
  };
}
export type World = ReturnType<typeof createWorld>;

const Said = z.object({ text: z.string() });
type Parts = Partial<EffectParts<z.infer<typeof Said>, World>>;

/** Creates something new each time, and can look whether an earlier attempt did: like a message. */
export const post = (parts: Parts = {}) =>
  defineEffect<z.infer<typeof Said>, World>('post', Said, {
    async run({ text }, world, { id }) {
      await world.request(id, text);
      return { result: { ts: text } };
    },
    async find({ text }, world, { id }) {
      return world.look(id) && { result: { ts: text } };
    },
    purpose: 'post a message',
    ...parts,
  });

/** Doing it twice leaves the world as doing it once: like a topic. */
export const put = (parts: Parts = {}) =>
  defineEffect<z.infer<typeof Said>, World>('put', Said, {
    async run({ text }, world, { id }) {
      await world.request(id, text);
      return {};
    },
    ...parts,
  });

export function anEffect(text: string, fields: Partial<Effect> = {}): Effect {
  return { kind: 'post', key: `post:${text}`, payload: { text }, lane: 'channel', gate: 'post', ...fields };
}

/** A clock that stands still until somebody winds it. */
export function handClock(start = at('10:00')) {
  let now = start.getTime();
  const listeners = new Set<() => void>();
  const clock: Clock & { forward(ms: number): void; due: Date | null; listeners: Set<() => void> } = {
    due: null,
    listeners,
    now: () => new Date(now),
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reportDue: (due) => {
      clock.due = due;
    },
    close: () => undefined,
    forward(ms) {
      now += ms;
      for (const listener of listeners) listener();
    },
  };
  return clock;
}
export type HandClock = ReturnType<typeof handClock>;

export interface Bot extends AsyncDisposable {
  desk: Desk;
  clock: HandClock;
  world: World;
  observed: string[];
  worker: ReturnType<typeof createWorker>;
  plan(...effects: Effect[]): Promise<void>;
  row(key: string): Promise<OutboxRow | undefined>;
}

/** A worker, its desk and its world, started and stopped with the test. */
export async function aBot(
  store: Store,
  {
    kinds = [post(), put()],
    world = createWorld(),
    clock = handClock(),
    alone = true,
    owner = 'bot-1',
    desk = aDesk(store, clock),
    ...parts
  }: Partial<WorkerParts<World>> & { world?: World; clock?: HandClock; alone?: boolean } = {},
): Promise<Bot> {
  const observed: string[] = [];
  const worker = createWorker<World>({
    store,
    desk,
    kinds,
    outside: world,
    clock,
    owner,
    log: createLog('silent'),
    observe: (_, result) => void observed.push(result),
    ...parts,
  });
  await worker.start({ alone });
  return {
    desk,
    clock,
    world,
    observed,
    worker,
    async plan(...effects) {
      await store.transact((tx) => tx.outbox.enqueue(effects, clock.now()));
      worker.wake();
    },
    row: async (key) => (await store.read((tx) => tx.outbox.byKey(key)))[0],
    async [Symbol.asyncDispose]() {
      world.letGo();
      await worker.stop();
    },
  };
}

/** Waits until an effect stands there, after so many attempts when that is said. */
export const becomes = (bot: Bot, key: string, state: string, attempts?: number) =>
  eventually(
    `${key} to be ${state}`,
    async () => {
      bot.worker.wake();
      const row = await bot.row(key);
      return row?.state === state && (attempts === undefined || row.attempts === attempts) ? true : undefined;
    },
    { seen: async () => JSON.stringify(await bot.row(key)) },
  );

export const aDesk = (store: Store, clock: Clock): Desk =>
  createDesk({
    store,
    now: () => clock.now(),
    policy: thePolicy(),
    policyOf: async () => thePolicy(),
    react: () => [],
    wake: () => undefined,
  });

export async function declared(desk: Desk): Promise<Incident> {
  const declaration = { type: 'declare', title: 'Checkout is failing', severity: 'sev2', impact: { felt: 'unknown' } };
  const { incident } = await desk.declare(Declare.parse(declaration), { person: 'U0ANA' });
  return incident;
}
