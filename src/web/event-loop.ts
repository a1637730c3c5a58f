import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How finely to measure. Milliseconds. */
const resolution = 20;
/** What happened longer ago than this does not count any more. Milliseconds. */
const memory = 60_000;

/** How late the event loop has been of late, in milliseconds: half of the time, and one time in a hundred. */
export function watchEventLoop(): () => { median: number; p99: number } {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  setInterval(() => delays.reset(), memory).unref();
  const late = (percentile: number) => Math.max(0, Math.round(delays.percentile(percentile) / 1e6) - resolution);
  return () => ({ median: late(50), p99: late(99) });
}
