import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { lanes } from '../outbox/lanes.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../time.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** What the bot counts, for Prometheus. No id of an incident, person or channel is ever a label. */
export function createMetrics(store: Store, clock: Pick<Clock, 'now'> = { now: () => new Date() }) {
  const registry = new Registry();
  const registers = [registry];
  const prefix = 'tocsin_';
  collectDefaultMetrics({ register: registry, prefix });

  const inboxAck = new Histogram({
    name: `${prefix}inbox_stored_seconds`,
    help: 'From a delivery coming in until it is stored, which is before it is acknowledged',
    labelNames: ['kind'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  });
  const deliveries = new Counter({
    name: `${prefix}deliveries_total`,
    help: 'Deliveries by what became of them',
    labelNames: ['kind', 'result'],
    registers,
  });
  const effects = new Counter({
    name: `${prefix}effects_total`,
    help: 'Attempts of effects by result; adopted: an earlier attempt had arrived after all and was not sent again',
    labelNames: ['kind', 'result'],
    registers,
  });
  const calls = new Counter({
    name: `${prefix}slack_calls_total`,
    help: 'Web API calls by result',
    labelNames: ['method', 'result'],
    registers,
  });
  const pagerCalls = new Counter({
    name: `${prefix}pager_calls_total`,
    help: 'Calls to PagerDuty by result',
    labelNames: ['call', 'result'],
    registers,
  });
  const toPage = new Histogram({
    name: `${prefix}page_accepted_seconds`,
    help: 'From asking for a page until a way has accepted it',
    labelNames: ['way'],
    buckets: [0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 30, 60, 600],
    registers,
  });
  const toChannel = new Histogram({
    name: `${prefix}declare_to_channel_seconds`,
    help: 'From declaring until the channel is open',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  new Gauge({
    name: `${prefix}outbox_rows`,
    help: 'Work for the outside by lane and state; dead is what people were told failed',
    labelNames: ['lane', 'state'],
    registers,
    async collect() {
      this.reset();
      // With the database gone the other figures matter all the more; readyz says that it is.
      for (const { lane, state, count } of await store.read((tx) => tx.outbox.counts()).catch(() => [])) {
        if (state !== 'done') this.set({ lane: laneName(lane), state }, count);
      }
    },
  });
  new Gauge({
    name: `${prefix}outbox_oldest_due_seconds`,
    help: 'For how long the longest unfinished work of a lane has been due',
    labelNames: ['lane'],
    registers,
    async collect() {
      const now = clock.now();
      const ages = await store.read((tx) => tx.outbox.dueSince(now)).catch(() => []);
      this.reset();
      for (const lane of Object.keys(lanes)) this.set({ lane }, 0);
      for (const { lane, since } of ages) this.set({ lane: laneName(lane) }, (now.getTime() - since.getTime()) / 1000);
    },
  });

  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    delivery(kind: string, result: string, seconds?: number): void {
      deliveries.inc({ kind, result });
      if (seconds !== undefined) inboxAck.observe({ kind }, seconds);
    },
    effect: (kind: string, result: string) => effects.inc({ kind, result }),
    call: (method: string, result: string) => calls.inc({ method, result }),
    pagerCall: (call: string, result: string) => pagerCalls.inc({ call, result }),
    pageAccepted: (way: string, seconds: number) => toPage.observe({ way }, seconds),
    channelOpened: (seconds: number) => toChannel.observe(seconds),
    /** How far this machine's clock is from Slack's; above zero it is ahead. */
    watchSkew(seconds: () => number | undefined): void {
      new Gauge({
        name: `${prefix}slack_clock_skew_seconds`,
        help: "How far this machine's clock is ahead of Slack's; over HTTP Slack's signatures are refused from 300 on",
        registers,
        collect() {
          const skew = seconds();
          if (skew === undefined) this.reset();
          else this.set(skew);
        },
      });
    },
    /** Socket Mode: how many connections are up, and for how long the quietest has said nothing. */
    watchSocket(status: () => { connected: number; quiet: number | undefined }): void {
      new Gauge({
        name: `${prefix}socket_connections`,
        help: 'Socket Mode connections that are up',
        registers,
        collect() {
          this.set(status().connected);
        },
      });
      new Gauge({
        name: `${prefix}socket_last_frame_age_seconds`,
        help: 'How long the quietest Socket Mode connection has been silent; above 40 it is replaced',
        registers,
        collect() {
          const { quiet } = status();
          if (quiet === undefined) this.reset();
          else this.set(quiet / 1000);
        },
      });
    },
  };
}

export const laneName = (lane: number) =>
  Object.entries(lanes).find(([, number]) => number === lane)?.[0] ?? String(lane);
