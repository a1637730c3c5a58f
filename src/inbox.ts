import { createGroupCommit } from './group-commit.ts';
import type { Log } from './log.ts';
import { type Ack, inTime, once } from './slack/acknowledge.ts';
import { type Arrival, eventType, type Kind, ownPost, teamsOf } from './slack/deliveries.ts';
import { couldNotStore, wentWrong } from './slack/inbox-answers.ts';
import { metadataType } from './slack/messages.ts';
import { withoutWords } from './slack/without-words.ts';
import type { Store, Tx, Urgency } from './store/store.ts';
import type { Clock } from './time.ts';

/** A stored delivery on its way to the listeners. */
export interface Delivery {
  key: string;
  kind: Kind;
  body: unknown;
  /** Taken up again: nobody is waiting for the acknowledgement any more, and its trigger is dead. */
  late: boolean;
  ack: Ack;
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
  /** Our workspace, as soon as it is known: what says to be for another is not ours to act on. */
  team?: () => string | undefined;
  /** What an acknowledgement would have said to a person who no longer waits for it. */
  lateAnswer: (delivery: { key: string; kind: Kind; body: unknown }, payload: unknown) => Promise<void>;
  observe?: (kind: Kind, what: Taken | 'given-up', seconds?: number) => void;
  /** Keeps what it needs of new deliveries, in the transaction that stores them. */
  alongside?: (tx: Tx, deliveries: readonly Arrival[]) => Promise<void>;
  /** That failed; the deliveries were stored without it. */
  notKept?: () => void;
}

/** What became of an arrival. Unless it `failed`, it is safe. */
export type Taken = 'stored' | 'repeat' | 'failed' | 'foreign';

type Stored = 'fresh' | 'idle' | 'repeat';

/** Deliveries are somebody else's to finish when their bot has not said for this long that it is alive. Real milliseconds. */
const leaseTime = 15_000;
const lookEvery = 5_000;
/** A delivery that failed this often is given up, and said so. */
const mostAttempts = 3;
/** When nobody has acknowledged by then, the inbox does: Slack waits three seconds. Real milliseconds. */
const patience = 2_500;
/** How long the answer to a delivery is remembered for a repeat of it. Real milliseconds. */
const answerMemory = 60_000;
/** Taken up at once after a restart. */
const takeAtOnce = 100;

export type Inbox = ReturnType<typeof createInbox>;

/** Stores what comes in before anybody acknowledges it, drops repeats, and sees every delivery through, restarts included. */
export function createInbox(parts: InboxParts) {
  const { store, owner, log, observe = () => undefined } = parts;
  const working = new Map<string, Promise<void>>();
  /** What was answered to a delivery of late, or will be: a repeat gets the same. */
  const answers = new Map<string, Promise<unknown>>();
  const limits = { atOnce: 1_000, waiting: 20_000 };
  /** What people did, who wait until it is stored; and what Slack tells, which may come in thousands. */
  const forPeople = createGroupCommit((arrivals: Arrival[]) => storeAll(arrivals, 'now'), limits);
  const events = createGroupCommit((arrivals: Arrival[]) => storeAll(arrivals, 'soon'), limits);
  let finished: string[] = [];
  let timers: NodeJS.Timeout[] = [];
  let stopping = false;

  /** Resolves once the delivery is stored (or known, or refused); the work on it goes on. */
  async function receive(arrival: Arrival): Promise<Taken> {
    const began = performance.now();
    const passed = () => performance.now() - began;
    if (isForeign(arrival)) return leaveAside(arrival);
    if (arrival.kind === 'options') return pass(arrival);
    const before = answers.get(arrival.key);
    if (before !== undefined) {
      observe(arrival.kind, 'repeat');
      await arrival.ack(await before);
      return 'repeat';
    }
    const remember = answerOf(arrival);
    const storing = isTold(arrival.kind) ? events : forPeople;
    let how: Stored;
    try {
      how = await storing.add(arrival);
    } catch (err) {
      log.error({ err, kind: arrival.kind }, 'could not store a delivery');
      observe(arrival.kind, 'failed');
      answers.delete(arrival.key);
      await couldNotStore(arrival);
      return 'failed';
    }
    const taken = how === 'repeat' ? 'repeat' : 'stored';
    observe(arrival.kind, taken, passed() / 1000);

    const { key, kind, body } = arrival;
    const early = async (payload?: unknown) => {
      remember(payload);
      await arrival.ack(payload);
    };
    if (isTold(kind) || how !== 'fresh') await early();
    if (how !== 'fresh') return taken;
    const late: Ack = (payload) => parts.lateAnswer({ key, kind, body }, payload);
    const ack = isTold(kind) ? nobody : inTime(early, patience - passed(), late);
    begin({ key, kind, body, late: false, ack }, 1);
    return taken;
  }

  /** An event has no answer worth remembering, and there are many. */
  function answerOf({ key, kind }: Arrival): (payload: unknown) => void {
    if (isTold(kind)) return () => undefined;
    const answer = Promise.withResolvers<unknown>();
    answers.set(key, answer.promise);
    setTimeout(() => answers.delete(key), answerMemory).unref();
    return answer.resolve;
  }

  /** Shared channels bring people of other workspaces; who types, presses or submits is asked later, and gets an answer. */
  function isForeign({ kind, body }: Arrival): boolean {
    const ours = parts.team?.();
    const theirs = kind === 'event' ? teamsOf(body) : [];
    return Boolean(ours) && theirs.length > 0 && !theirs.includes(ours ?? '');
  }

  async function leaveAside(arrival: Arrival): Promise<Taken> {
    log.warn({ kind: arrival.kind }, 'a delivery for another workspace was left aside');
    observe(arrival.kind, 'foreign');
    await arrival.ack();
    return 'foreign';
  }

  /** A pure read, such as the options of a select: nothing to lose. */
  async function pass(arrival: Arrival): Promise<Taken> {
    await parts
      .process({ ...arrival, late: false })
      .catch((err: unknown) => log.error({ err }, 'could not give the options of a select'));
    return 'stored';
  }

  async function storeAll(arrivals: Arrival[], urgency: Urgency): Promise<Stored[]> {
    try {
      return await storeTogether(arrivals, urgency, parts.alongside);
    } catch (err) {
      if (!(err instanceof NotKept)) throw err;
      // Nothing else may be lost by it.
      log.error({ err }, 'what was said could not be kept as it came; it will be read from the history');
      const stored = await storeTogether(arrivals, urgency);
      parts.notKept?.();
      return stored;
    }
  }

  /** In one transaction: what came in, what of it is done with that, what is kept of it, and what was finished meanwhile. */
  async function storeTogether(
    arrivals: Arrival[],
    urgency: Urgency,
    alongside?: InboxParts['alongside'],
  ): Promise<Stored[]> {
    const receivedAt = parts.clock.now();
    const posts = arrivals.flatMap(({ key: delivery, body }) => {
      const post = ownPost(body, metadataType, parts.bot());
      return post ? [{ delivery, post: { ...post, seenAt: receivedAt } }] : [];
    });
    const own = new Set(posts.map(({ delivery }) => delivery));
    const idle = arrivals.filter((arrival) => own.has(arrival.key) || isUnwanted(arrival)).map(({ key }) => key);
    const needsNone = new Set(idle);
    const rows = arrivals.map(({ key, kind, body }) => ({
      key,
      kind,
      body: kind === 'event' && (needsNone.has(key) || isPin(body)) ? withoutWords(body) : body,
      receivedAt,
    }));
    const done = finished;
    finished = [];
    try {
      const fresh = await store.transact(async (tx) => {
        const leaseUntil = new Date((await tx.leaseClock()).getTime() + leaseTime);
        if (posts.length > 0) await tx.ownPosts.keep(posts.map(({ post }) => post));
        const fresh = await tx.inbox.store(rows, owner, leaseUntil);
        await tx.inbox.finish([...done, ...idle.filter((key) => fresh.has(key))]);
        const events = arrivals.filter(({ key, kind }) => kind === 'event' && fresh.has(key));
        if (events.length > 0)
          await alongside?.(tx, events).catch((cause: unknown) => {
            throw new NotKept('what was said was not kept', { cause });
          });
        return fresh;
      }, urgency);
      // Of one delivery that came twice in a batch, the first is the fresh one.
      return arrivals.map(({ key }) => (!fresh.delete(key) ? 'repeat' : needsNone.has(key) ? 'idle' : 'fresh'));
    } catch (err) {
      finished.push(...done);
      if (arrivals.length === 0) log.error({ err }, 'could not mark deliveries as finished');
      throw err;
    }
  }

  const isPin = (body: unknown) => eventType(body)?.startsWith('pin_') ?? false;
  const isUnwanted = ({ kind, body }: Arrival) => kind === 'event' && !parts.wanted.has(eventType(body) ?? '');

  function begin(delivery: Delivery, attempt: number): void {
    const work = see(delivery, attempt).finally(() => working.delete(delivery.key));
    working.set(delivery.key, work);
  }

  /** Works through a delivery until it is done or given up. */
  async function see(delivery: Delivery, attempt: number): Promise<void> {
    try {
      await parts.process(delivery);
      // Where nobody listened: a press on a message of an older version.
      await delivery.ack();
      finish(delivery.key);
    } catch (err) {
      log.error({ err, kind: delivery.kind, attempt }, 'a delivery could not be worked through');
      // The person still has the form and can send it again; carrying it out behind their back would be worse.
      const last = attempt >= mostAttempts || delivery.kind === 'submit';
      await tell(delivery, last);
      if (!last) return again(delivery, attempt);
      giveUp(delivery);
    }
  }

  async function again(delivery: Delivery, attempt: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1_000 * attempt));
    // Unfinished in the database: whoever starts next takes it up.
    if (!stopping) await see(asLate(delivery), attempt + 1);
  }

  async function tell(delivery: Delivery, last: boolean): Promise<void> {
    const { answer, after } = wentWrong(delivery, last);
    const { key, kind, body } = delivery;
    const told = [answer && delivery.ack(answer), after && parts.lateAnswer({ key, kind, body }, after)];
    await Promise.all(told).catch((err: unknown) => log.warn({ err }, 'nobody could be told'));
  }

  function giveUp({ key, kind }: Delivery): void {
    observe(kind, 'given-up');
    finish(key);
  }

  function asLate({ key, kind, body }: Omit<Delivery, 'late' | 'ack'>): Delivery {
    const ack = once(async (payload) => {
      if (payload !== undefined) await parts.lateAnswer({ key, kind, body }, payload);
    });
    return { key, kind, body, late: true, ack };
  }

  function finish(key: string): void {
    finished.push(key);
    events.soon();
  }

  /** What a bot that is gone left unfinished. `alone`: every lease but ours is void. */
  async function takeUp(alone: boolean): Promise<void> {
    for (let more = true; more && !stopping; ) {
      const left = await store.transact(async (tx) => {
        const now = await tx.leaseClock();
        const leaseUntil = new Date(now.getTime() + leaseTime);
        return tx.inbox.unfinished({ owner, now, leaseUntil, freeAll: alone, limit: takeAtOnce });
      });
      for (const { key, kind, body, attempts } of left) {
        // Ours all along: this process stood still for longer than its own lease.
        if (!working.has(key)) await takeUpOne(asLate({ key, kind: kind as Kind, body }), attempts);
      }
      if (left.length > 0) log.info({ count: left.length }, 'took up unfinished deliveries');
      more = left.length === takeAtOnce;
    }
  }

  async function takeUpOne(delivery: Delivery, attempts: number): Promise<void> {
    if (attempts <= mostAttempts) return begin(delivery, attempts);
    log.error({ kind: delivery.kind, attempts }, 'a delivery was given up: the bot stopped each time it was worked on');
    await tell(delivery, true);
    giveUp(delivery);
  }

  async function renew(): Promise<void> {
    if (working.size === 0) return;
    await store.transact(async (tx) => {
      await tx.inbox.renew(owner, new Date((await tx.leaseClock()).getTime() + leaseTime));
    });
  }

  const stored = () => Promise.all([forPeople.idle(), events.idle()]);

  const guarded = (work: () => Promise<void>, sentence: string) => () =>
    void work().catch((err: unknown) => log.error({ err }, sentence));

  return {
    receive,
    async start({ alone }: { alone: boolean }): Promise<void> {
      await takeUp(alone);
      const look = guarded(() => takeUp(false), 'could not look for unfinished deliveries');
      timers = [
        setInterval(guarded(renew, 'could not renew the leases of deliveries'), leaseTime / 3),
        setInterval(look, lookEvery),
        // What could not be marked as finished is tried again.
        setInterval(() => finished.length > 0 && events.soon(), lookEvery),
      ];
    },
    /** Waits for the work at hand, at most `ms` real milliseconds. */
    async stop(ms = 5_000): Promise<void> {
      stopping = true;
      for (const timer of timers) clearInterval(timer);
      await stored();
      const enough = new Promise((resolve) => setTimeout(resolve, ms).unref());
      await Promise.race([Promise.allSettled(working.values()), enough]);
      await stored();
    },
    busy: () => working.size,
  };
}

/** What somebody tells us, who waits for it to be stored and for nothing else. */
const isTold = (kind: Kind): boolean => kind === 'event' || kind === 'webhook';

class NotKept extends Error {
  override name = 'NotKept';
}

/** An event was acknowledged when it was stored. */
const nobody: Ack = async () => undefined;
