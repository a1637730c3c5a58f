export type Ack = (payload?: unknown) => Promise<void>;

/** Slack takes one acknowledgement; Bolt's own error path may try a second. */
export function once(ack: Ack): Ack {
  let acked = false;
  return async (payload) => {
    if (acked) return;
    acked = true;
    await ack(payload);
  };
}

/**
 * Acknowledges empty when nobody has after `ms` real milliseconds, because Slack waits three seconds and then shows an error. What
 * would have been said later goes to `late`.
 */
export function inTime(ack: Ack, ms: number, late: Ack): Ack {
  let isLate = false;
  const early = once(ack);
  const timer = setTimeout(() => {
    isLate = true;
    // A connection that is gone has nobody to acknowledge to; the work goes on.
    early().catch(() => undefined);
  }, ms);
  return once(async (payload) => {
    clearTimeout(timer);
    if (!isLate) await early(payload);
    else if (payload !== undefined) await late(payload);
  });
}
