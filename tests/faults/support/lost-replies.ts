import type { FaultRule } from '../../../sandbox/wire.ts';
import type { Night } from './run.ts';

/** Every way in which an answer of Slack's or PagerDuty's can be missing, on any call. */
const losses: FaultRule[] = [
  { kind: 'lost-reply', probability: 0.12 },
  { kind: 'error-after', status: 503, probability: 0.05 },
  { kind: 'error-after', status: 500, error: 'fatal_error', probability: 0.03 },
  { kind: 'lost-request', probability: 0.05 },
  // Not lost, but not done either.
  { kind: 'ratelimit', retryAfter: 2, probability: 0.03 },
];

/** Webhooks are sent at least once, and not always in the order in which things happened. */
const webhooks: FaultRule[] = [
  { kind: 'event-duplicate', type: 'pagerduty.*', probability: 0.1 },
  { kind: 'event-reorder', type: 'pagerduty.*', probability: 0.1 },
];

/** How late a request may still land after its connection broke. Milliseconds on the sandbox's clock. */
const latest = 20_000;

export const lostReplies: Night = {
  async prepare({ slack }, dice) {
    await slack.faults.clear();
    await slack.faults.add({ kind: 'latency', ms: dice.below(8) });
    for (const method of ['*', 'pagerduty.*'])
      for (const rule of losses) await slack.faults.add({ ...rule, method } as FaultRule);
    for (const rule of webhooks) await slack.faults.add(rule);
    for (let count = 0; count < 4; count++)
      await slack.faults.add({ kind: 'late', clockMs: dice.below(latest), probability: 0.02 });
    // An edit that lands after the next one shows what is no longer so.
    await slack.faults.add({ kind: 'late', method: 'chat.update', clockMs: dice.below(latest), probability: 0.05 });
    // Waits for the client's own patience of 10 s, so it is rare.
    if (dice.chance(0.03)) await slack.faults.add({ kind: 'hang', probability: 0.05, times: 1 });
  },
  /** What is still under way lands before all is looked at. */
  async end({ slack }) {
    await slack.faults.clear();
    await slack.clock.forward({ ms: latest });
  },
};
