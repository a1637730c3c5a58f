import type { Log } from './log.ts';
import { type Arrival, eventType, type Kind, ownPost } from './slack/deliveries.ts';
import { couldNotStore, wentWrong } from './slack/inbox-answers.ts';
import { metadataType } from './slack/messages.ts';
import type { Store } from './store/store.ts';
import type { Clock } from './time.ts';

/** A stored delivery on its way to the listeners. */
export interface Delivery {
  key: string;
  kind: Kind;
  body: unknown;
  /** Taken up after a restart: nobody is waiting for the acknowledgement any more, and its trigger is dead. */
  late: boolean;
  ack(payload?: unknown): Promise<void>;
}

export interface InboxParts {
  store: Store;
  owner: string;
  clock: Clock;
  log: Log;
  /** Hands a delivery to the listeners; resolves when they are through, rejects when one failed. */
  process: (delivery: Delivery) => Promise<void>;
  /** Events that somebody listens to; the others are kept and need no work. */
  wanted: ReadonlySet<string>;
  /** Our own bot id, to know our posts when they come back. */
  bot: () => string | undefined;
  /** What an acknowledgement would have said to a person who no longer waits for it. */
  lateAnswer: (delivery: { key: string; kind: Kind; body: unknown }, payload: unknown) => Promise<void>;
  observe?: (kind: Kind, what: 'stored' | 'repeat' | 'failed' | 'given-up', seconds?: number) => void;
}

/** Deliveries are somebody else's to finish when their bot has not said for this long that it is alive. Real milliseconds. */
const leaseTime = 15_000;
const lookEvery = 5_000;
/** A delivery that failed this often is given up, and said so. */
const mostAttempts = 3;
/** How long the answer to a delivery is remembered for a repeat of it. Real milliseconds. */
const answerMemory = 60_000;
/** Finished deliveries are marked in batches; after a crash the few that were not are worked through once more, without effect. */
const finishEvery = 25;

export type Inbox = ReturnType<typeof createInbox>;

/** Stores what comes in before anybody acknowledges it, drops repeats, and sees every delivery through, restarts included. */
export function createInbox(parts: InboxParts) {
  const { store, owner, log, observe = () => undefined } = parts;
  const working = new Map<string, Promise<void>>();
  /** What was answered to a delivery of late, or will be: a repeat gets the same. */
  const answers = new Map<string, Promise<unknown>>();
  let queue: { arrival: Arrival; stored: (fresh: boolean) => void; failed: (error: unknown) => void }[] = [];
  let writing = false;
  let finished: string[] = [];
  let timers: NodeJS.Timeout[] = [];

  /** Resolves once the delivery is stored (or known, or refused); the work on it goes on. */
  async function receive(arrival: Arrival): Promise<'stored' | 'repeat' | 'failed'> {
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    if (arrival.kind === 'options') return pass(arrival);
    const before = answers.get(arrival.key);
    if (before !== undefined) {
      observe(arrival.kind, 'repeat');
      await arrival.ack(await before);
      return 'repeat';
    }
    const answer = Promise.withResolvers<unknown>();
    // An event has no answer worth remembering, and there are many.
    if (arrival.kind !== 'event') answers.set(arrival.key, answer.promise);
    let fresh: boolean;
    try {
      fresh = await storeSoon(arrival);
    } catch (err) {
      answers.delete(arrival.key);
      log.error({ err, kind: arrival.kind }, 'could not store a delivery');
      observe(arrival.kind, 'failed');
      await couldNotStore(arrival);
      return 'failed';
    }
    if (arrival.kind !== 'event') setTimeout(() => answers.delete(arrival.key), answerMemory).unref();
    observe(arrival.kind, fresh ? 'stored' : 'repeat', seconds());

    const ack = once(async (payload) => {
      answer.resolve(payload);
      await arrival.ack(payload);
    });
    if (!fresh) {
      await ack();
      return 'repeat';
    }
    if (arrival.kind === 'event') {
      await ack();
      if (!parts.wanted.has(eventType(arrival.body) ?? '')) {
        finish(arrival.key);
        return 'stored';
      }
    }
    begin({ key: arrival.key, kind: arrival.kind, body: arrival.body, late: false, ack }, 1);
    return 'stored';
  }

  /** A pure read, such as the options of a select: nothing to lose. */
  async function pass(arrival: Arrival): Promise<'stored'> {
    await parts.process({ ...arrival, late: false });
    return 'stored';
  }

  /** All that arrives while a commit is on its way shares the next one. */
  function storeSoon(arrival: Arrival): Promise<boolean> {
    return new Promise((stored, failed) => {
      queue.push({ arrival, stored, failed });
      if (!writing) void write();
    });
  }

  async function write(): Promise<void> {
    writing = true;
    // Lets what has come in with the same turn of the event loop join in.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      try {
        const fresh = await storeAll(batch.map(({ arrival }) => arrival));
        for (const { arrival, stored } of batch) {
          stored(fresh.has(arrival.key));
          fresh.delete(arrival.key);
        }
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing = false;
  }

  function storeAll(arrivals: Arrival[]): Promise<Set<string>> {
    const receivedAt = parts.clock.now();
    const posts = arrivals.flatMap(({ body }) => {
      const post = ownPost(body, metadataType, parts.bot());
      return post ? [{ ...post, seenAt: receivedAt }] : [];
    });
    return store.transact(async (tx) => {
      const leaseUntil = new Date((await tx.leaseClock()).getTime() + leaseTime);
      const rows = arrivals.map(({ key, kind, body }) => ({ key, kind, body, receivedAt }));
      if (posts.length > 0) await tx.ownPosts.keep(posts);
      return tx.inbox.store(rows, owner, leaseUntil);
    });
  }

  function begin(delivery: Delivery, attempt: number): void {
    const work = see(delivery, attempt).finally(() => working.delete(delivery.key));
    working.set(delivery.key, work);
  }

  /** Works through a delivery until it is done or given up. */
  async function see(delivery: Delivery, attempt: number): Promise<void> {
    try {
      await parts.process(delivery);
      finish(delivery.key);
    } catch (err) {
      log.error({ err, kind: delivery.kind, attempt }, 'a delivery could not be worked through');
      // The person still has the form and can send it again; carrying it out behind their back would be worse.
      const last = attempt >= mostAttempts || delivery.kind === 'submit';
      const answer = wentWrong(delivery, last);
      if (answer)
        await delivery.ack(answer).catch((error: unknown) => log.warn({ err: error }, 'nobody could be told'));
      if (!last) return again(delivery, attempt);
      observe(delivery.kind, 'given-up');
      finish(delivery.key);
    }
  }

  async function again(delivery: Delivery, attempt: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1_000 * attempt));
    await see(asLate(delivery), attempt + 1);
  }

  function asLate({ key, kind, body }: Omit<Delivery, 'late' | 'ack'>): Delivery {
    return {
      key,
      kind,
      body,
      late: true,
      ack: once(async (payload) => {
        if (payload !== undefined) await parts.lateAnswer({ key, kind, body }, payload);
      }),
    };
  }

  function finish(key: string): void {
    finished.push(key);
  }

  async function markFinished(): Promise<void> {
    if (finished.length === 0) return;
    const keys = finished;
    finished = [];
    await store
      .transact((tx) => tx.inbox.finish(keys))
      .catch((error: unknown) => {
        finished.push(...keys);
        throw error;
      });
  }

  /** What a bot that is gone left unfinished. `alone`: every lease but ours is void. */
  async function takeUp(alone: boolean): Promise<void> {
    const left = await store.transact(async (tx) => {
      const now = await tx.leaseClock();
      const leaseUntil = new Date(now.getTime() + leaseTime);
      return tx.inbox.unfinished({ owner, now, leaseUntil, freeAll: alone });
    });
    for (const { key, kind, body, attempts } of left) {
      if (attempts > mostAttempts) {
        log.error({ kind, attempts }, 'a delivery was given up: the bot stopped each time it was worked on');
        observe(kind as Kind, 'given-up');
        finish(key);
      } else begin(asLate({ key, kind: kind as Kind, body }), attempts);
    }
    if (left.length > 0) log.info({ count: left.length }, 'took up unfinished deliveries');
  }

  async function renew(): Promise<void> {
    if (working.size === 0) return;
    await store.transact(async (tx) => {
      await tx.inbox.renew(owner, new Date((await tx.leaseClock()).getTime() + leaseTime));
    });
  }

  const guarded = (work: () => Promise<void>, sentence: string) => () =>
    void work().catch((err: unknown) => log.error({ err }, sentence));

  return {
    receive,
    async start({ alone }: { alone: boolean }): Promise<void> {
      await takeUp(alone);
      timers = [
        setInterval(guarded(markFinished, 'could not mark deliveries as finished'), finishEvery),
        setInterval(guarded(renew, 'could not renew the leases of deliveries'), leaseTime / 3),
        setInterval(
          guarded(() => takeUp(false), 'could not look for unfinished deliveries'),
          lookEvery,
        ),
      ];
    },
    /** Waits for the work at hand, at most `ms` real milliseconds. */
    async stop(ms = 5_000): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      const patience = new Promise((resolve) => setTimeout(resolve, ms).unref());
      await Promise.race([Promise.allSettled(working.values()), patience]);
      await markFinished();
    },
    busy: () => working.size,
  };
}

/** Slack takes one acknowledgement; Bolt's own error path may try a second. */
function once(ack: (payload?: unknown) => Promise<void>): (payload?: unknown) => Promise<void> {
  let acked = false;
  return async (payload) => {
    if (acked) return;
    acked = true;
    await ack(payload);
  };
}
