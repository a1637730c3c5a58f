/** v3 webhooks, signed and sent until they are taken: https://developer.pagerduty.com/docs/webhooks-behavior */
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger.ts';
import type { EventFault } from '../wire.ts';
import type { Account, Waiting } from './account.ts';
import { type Post, postWebhook } from './post.ts';
import type { PagerSubscription } from './wire.ts';

const hour = 3_600_000;
const giveUpAfterMs = 48 * hour;
const disabledForMs = 24 * hour;
const droppedUntilDisabled = 3;
/** Real milliseconds before the second try, doubled for each after it; PagerDuty publishes only that it tries for 48 hours. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** How long one that is to arrive out of order waits for the next one. */
const reorderWithinMs = 500;
/** How often it is looked whether an outage is over. */
const lookEveryMs = 50;

export type Webhooks = ReturnType<typeof createWebhooks>;

type Parts = { account: Account; clock: Clock; faults: Faults; ledger: Ledger };

export function createWebhooks({ account, clock, faults, ledger }: Parts) {
  const lanes = new Map<string, Promise<void>>();
  const pauses = new Set<() => void>();
  let heldBack: (() => void) | undefined;
  let busy = 0;
  let stopped = false;
  /** grows when all that waits belongs to an account that is no more */
  let epoch = 0;

  const subscription = (id: string) => account.state.subscriptions.find((one) => one.id === id);

  const isDisabled = ({ disabledUntil }: PagerSubscription) => disabledUntil !== null && clock.now() < disabledUntil;

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        pauses.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      pauses.add(done);
    });
  }

  function forget(webhook: Waiting) {
    account.state.waiting = account.state.waiting.filter(({ id }) => id !== webhook.id);
    account.changed();
  }

  /** Three that nobody wanted in a row, and the subscription rests for a day with all that waits for it. */
  function drop(to: PagerSubscription) {
    to.dropped += 1;
    if (to.dropped < droppedUntilDisabled) return;
    to.dropped = 0;
    to.disabledUntil = clock.now() + disabledForMs;
    for (const { id, subscription: of } of account.state.waiting) {
      const entry = ledger.byKey(id);
      if (of === to.id && entry) entry.outcome = 'dropped';
    }
    account.state.waiting = account.state.waiting.filter((one) => one.subscription !== to.id);
  }

  /** Whether there is nothing more to do about it. */
  function settle(webhook: Waiting, to: PagerSubscription, post: Post): boolean {
    const entry = ledger.byKey(webhook.id);
    if (entry) {
      entry.ackMs = Math.round(post.ms * 10) / 10;
      entry.outcome = post.outcome === 'taken' ? 'acked' : post.outcome === 'timeout' ? 'timeout' : 'failed';
    }
    if (post.outcome === 'timeout')
      ledger.violation('missing-ack', `pagerduty.${webhook.type} was not answered within 5 s`, { key: webhook.id });
    if (post.outcome === 'taken') {
      to.dropped = 0;
      return true;
    }
    const givesUp = clock.now() - webhook.createdAt > giveUpAfterMs;
    if (post.outcome !== 'refused' && !givesUp) return false;
    if (entry) entry.outcome = givesUp ? 'given-up' : 'dropped';
    drop(to);
    return true;
  }

  async function attempt(webhook: Waiting, to: PagerSubscription): Promise<Post> {
    const entry = ledger.byKey(webhook.id);
    if (entry) entry.attempts += 1;
    busy += 1;
    try {
      return await postWebhook(to, webhook);
    } finally {
      busy -= 1;
    }
  }

  async function deliver(webhook: Waiting): Promise<void> {
    const began = epoch;
    for (let pauseMs = firstPauseMs; !stopped; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      while (faults.isOut('pagerduty.webhooks') && !stopped && began === epoch) await sleep(lookEveryMs);
      const to = subscription(webhook.subscription);
      if (stopped || began !== epoch) return;
      if (!to || !account.state.waiting.includes(webhook)) return;
      const post = await attempt(webhook, to);
      if (began !== epoch) return;
      if (settle(webhook, to, post)) return forget(webhook);
      await sleep(pauseMs);
    }
  }

  /** Those of one incident go to one address in their order, each when the one before it was taken. */
  function queue(webhook: Waiting) {
    const key = `${webhook.subscription} ${webhook.incident}`;
    const after = (lanes.get(key) ?? Promise.resolve()).then(() => deliver(webhook));
    lanes.set(key, after);
    void after.then(() => lanes.get(key) === after && lanes.delete(key));
  }

  function later(ms: number, work: () => void) {
    busy += 1;
    void sleep(ms).then(() => {
      busy -= 1;
      work();
    });
  }

  function releaseHeldBack() {
    const release = heldBack;
    heldBack = undefined;
    release?.();
  }

  /** Out of its lane where the night has it so. */
  function send(webhook: Waiting, fault: EventFault | undefined) {
    if (fault?.kind === 'event-late') return later(fault.ms ?? 1000, () => void deliver(webhook));
    if (fault?.kind === 'event-reorder' && !heldBack) {
      heldBack = () => void deliver(webhook);
      return later(fault.ms ?? reorderWithinMs, releaseHeldBack);
    }
    queue(webhook);
    if (fault?.kind === 'event-duplicate') void attemptAgain(webhook);
    if (heldBack) void lanes.get(`${webhook.subscription} ${webhook.incident}`)?.then(releaseHeldBack);
  }

  /** The very same one once more, as at-least-once delivery allows. */
  async function attemptAgain(webhook: Waiting) {
    const to = subscription(webhook.subscription);
    return to && attempt(webhook, to);
  }

  function enqueue(to: PagerSubscription, type: string, incident: string, event: Record<string, unknown>) {
    const id = crypto.randomUUID();
    const webhook = {
      id,
      subscription: to.id,
      incident,
      type,
      body: JSON.stringify({ event }),
      createdAt: clock.now(),
    };
    const entry = ledger.delivery({
      kind: 'delivery',
      key: id,
      type: `pagerduty.${type}`,
      payload: event,
      attempts: 0,
      outcome: 'pending',
      via: 'http',
    });
    const fault = faults.forEvent(`pagerduty.${type}`);
    if (fault?.kind === 'event-drop') {
      entry.outcome = 'dropped';
      return;
    }
    account.state.waiting.push(webhook);
    send(webhook, fault);
  }

  return {
    /** To every subscription that wants it; only to one of them with `only`. */
    emit(type: string, service: string | null, incident: string, event: Record<string, unknown>, only?: string) {
      for (const to of account.state.subscriptions) {
        const wants = to.events.length === 0 || to.events.includes(type) || type === 'pagey.ping';
        const concerns = to.service === null || service === null || to.service === service;
        if (wants && concerns && !isDisabled(to) && (!only || only === to.id)) enqueue(to, type, incident, event);
      }
    },
    /** One try of a body that is in no queue, for a bench. */
    post: (to: PagerSubscription, body: string) => postWebhook(to, { id: crypto.randomUUID(), body }),
    /** Of those that are on their way or held by the weather; what waits for a receiver to come back does not count. */
    pending: () => busy,
    /** After a restart: everything that was not delivered. */
    resume() {
      for (const webhook of account.state.waiting) queue(webhook);
    },
    clear() {
      epoch += 1;
      lanes.clear();
      heldBack = undefined;
      for (const wake of [...pauses]) wake();
    },
    stop() {
      stopped = true;
      heldBack = undefined;
      for (const wake of [...pauses]) wake();
    },
  };
}
