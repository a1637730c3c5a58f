/** One way out to the app: over a socket if one is connected, else to its request URL; with Slack's retries for events. */
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import { type Json, objectOf, textOf } from './json.ts';
import type { Ledger } from './ledger.ts';
import type { AppSettings } from './manifest.ts';
import { sendSigned } from './signed-http.ts';
import { type Answer, ackWithinMs, type Envelope, type Sockets } from './socket.ts';
import type { DeliveryEntry, DeliveryError, PressResult } from './wire.ts';

/** After the first retry: https://docs.slack.dev/apis/events-api#retries */
const laterRetriesMs = [60_000, 300_000];
/** Between a failed first try and the first retry, in real time, as if the app had been silent that long. */
const firstRetryMs = ackWithinMs;
/** How long an event that is to arrive out of order waits for the next one. */
const reorderWithinMs = 500;

type Parts = { app: AppSettings; sockets: Sockets; clock: Clock; faults: Faults; ledger: Ledger };

type Sent = { entry: DeliveryEntry; envelope: Envelope };

export type Interaction = {
  kind: 'slash_commands' | 'interactive';
  type: string;
  payload: Json;
};

export type InteractionResult = PressResult & { ack?: Json };

export type Deliver = ReturnType<typeof createDeliver>;

export function createDeliver({ app, sockets, clock, faults, ledger }: Parts) {
  let inFlight = 0;
  let serial = 0;
  let heldBack: (() => void) | undefined;
  const sent = new Map<string, Sent>();

  const connected = () => sockets.count() > 0 || app.requestUrl !== undefined;

  async function transmit({ entry, envelope }: Sent): Promise<Answer> {
    entry.attempts += 1;
    if (faults.isOut()) return { status: 'failed', ms: 0, reason: 'outage' };
    entry.via = sockets.count() > 0 ? 'socket' : 'http';
    if (entry.via === 'http' && !app.requestUrl) return { status: 'failed', ms: 0, reason: 'no connection' };
    inFlight += 1;
    try {
      return await (entry.via === 'socket' ? sockets.send(envelope) : sendSigned(app, envelope));
    } finally {
      inFlight -= 1;
    }
  }

  function record(entry: DeliveryEntry, answer: Answer) {
    if (answer.status === 'acked') {
      entry.outcome = 'acked';
      entry.ackMs = Math.round(answer.ms * 10) / 10;
      if (Object.keys(answer.payload).length > 0) entry.ack = answer.payload;
      return;
    }
    entry.outcome = answer.status === 'timeout' ? 'timeout' : 'failed';
    if (answer.status === 'timeout' && !answer.torn)
      ledger.violation('missing-ack', `${entry.type} was not acknowledged within 3 s`, { key: entry.key });
  }

  function remember(delivery: Sent) {
    sent.set(delivery.entry.key, delivery);
    // Redelivering is for tests of the last minutes, not for the whole night.
    if (sent.size > 20_000) for (const key of [...sent.keys()].slice(0, 5000)) sent.delete(key);
  }

  const pauses = new Set<NodeJS.Timeout>();
  function afterReal(ms: number, work: () => void) {
    inFlight += 1;
    const timer = setTimeout(() => {
      pauses.delete(timer);
      inFlight -= 1;
      work();
    }, ms);
    pauses.add(timer);
  }

  function forgetPauses() {
    for (const timer of pauses) clearTimeout(timer);
    inFlight -= pauses.size;
    pauses.clear();
    heldBack = undefined;
  }

  async function tryEvent(delivery: Sent, attempt: number, reason: string): Promise<void> {
    const envelope: Envelope = attempt === 0 ? delivery.envelope : { ...delivery.envelope, retry: { attempt, reason } };
    const answer = await transmit({ ...delivery, envelope });
    record(delivery.entry, answer);
    if (answer.status === 'acked') return;
    if (answer.status === 'failed' && answer.noRetry) return;
    scheduleRetry(delivery, attempt + 1, answer);
  }

  function scheduleRetry(delivery: Sent, attempt: number, answer: Answer) {
    const reason = retryReason(delivery.entry, answer);
    const again = () => void tryEvent(delivery, attempt, reason);
    if (attempt === 1) {
      // A silent app has already been waited for.
      if (answer.status === 'timeout') return again();
      return afterReal(Math.max(firstRetryMs - answer.ms, 0), again);
    }
    const delay = laterRetriesMs[attempt - 2];
    if (delay === undefined) delivery.entry.outcome = 'given-up';
    else clock.schedule(clock.now() + delay, again);
  }

  function newSent(type: string, envelope: Envelope, subtype?: string): Sent {
    serial += 1;
    const key = textOf(envelope.payload.event_id) ?? `${type}-${serial}`;
    const entry = ledger.delivery({
      kind: 'delivery',
      key,
      type,
      ...(subtype && { subtype }),
      payload: envelope.payload,
      attempts: 0,
      outcome: 'pending',
    });
    const delivery = { entry, envelope };
    remember(delivery);
    return delivery;
  }

  function releaseHeldBack() {
    const release = heldBack;
    heldBack = undefined;
    release?.();
  }

  async function interact({ kind, type, payload }: Interaction, again?: Sent): Promise<InteractionResult> {
    const delivery = again ?? newSent(type, { kind, payload });
    const answer = await transmit(delivery);
    record(delivery.entry, answer);
    const ackMs = Math.round(answer.ms * 10) / 10;
    const { key } = delivery.entry;
    if (answer.status === 'acked') return { ok: true, ackMs, key, ack: answer.payload };
    const error: DeliveryError = answer.status === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    return { ok: false, ackMs, key, error };
  }

  return {
    connected,
    pending: () => inFlight + (heldBack ? 1 : 0),
    /** Resolves when the first try was answered; retries go on by themselves. */
    async event(payload: Json): Promise<Answer | undefined> {
      const { type, subtype } = objectOf(payload.event);
      const delivery = newSent(String(type), { kind: 'events_api', payload }, textOf(subtype));
      const fault = faults.forEvent(String(type));
      const go = () => tryEvent(delivery, 0, '');
      if (fault?.kind === 'event-drop') {
        delivery.entry.outcome = 'dropped';
        return undefined;
      }
      if (fault?.kind === 'event-late') {
        afterReal(fault.ms ?? 1000, () => void go());
        return undefined;
      }
      if (fault?.kind === 'event-reorder' && !heldBack) {
        heldBack = () => void go();
        setTimeout(releaseHeldBack, fault.ms ?? reorderWithinMs);
        return undefined;
      }
      const first = go();
      releaseHeldBack();
      if (fault?.kind === 'event-duplicate') void go();
      await first;
      return undefined;
    },
    interact: (interaction: Interaction) => interact(interaction),
    /** The very same delivery once more, as Slack does when an acknowledgement was lost on the way. */
    async redeliver(key: string): Promise<InteractionResult> {
      const delivery = sent.get(key);
      if (!delivery) throw new Error(`no delivery with the key ${key}`);
      const { kind, payload } = delivery.envelope;
      if (kind !== 'events_api') return interact({ kind, type: delivery.entry.type, payload }, delivery);
      const retry = { attempt: Math.max(delivery.entry.attempts, 1), reason: 'timeout' };
      const answer = await transmit({ ...delivery, envelope: { ...delivery.envelope, retry } });
      record(delivery.entry, answer);
      const ok = answer.status === 'acked';
      return { ok, ackMs: Math.round(answer.ms), key, ...(!ok && { error: 'dispatch_failed' }) };
    },
    /** A bare event for a bench: one try, and how long its answer took. */
    async measured(payload: Json): Promise<Answer> {
      const { type } = objectOf(payload.event);
      const delivery = newSent(String(type), { kind: 'events_api', payload });
      const answer = await transmit(delivery);
      record(delivery.entry, answer);
      // A storm is counted, not read: its bodies would fill the ledger's memory.
      delivery.entry.payload = {};
      return answer;
    },
    /** What waits to be sent again belongs to the old workspace. */
    clear() {
      sent.clear();
      forgetPauses();
    },
    stop: forgetPauses,
  };
}

function retryReason({ via }: DeliveryEntry, answer: Answer): string {
  if (answer.status === 'timeout') return via === 'http' ? 'http_timeout' : 'timeout';
  return answer.status === 'failed' && via === 'http' ? answer.reason : 'timeout';
}
