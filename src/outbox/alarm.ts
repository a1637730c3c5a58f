import { type Job, scheduleJob } from 'node-schedule';
import type { Clock } from '../time.ts';

/** An alarm further off than this is set again on the way: timers count in 32 bits of milliseconds. */
const furthest = 12 * 60 * 60_000;

/** The two clocks differ by less than this where nobody wound one: an alarm so near is left as it is, for setting one takes time. Milliseconds. */
const asGood = 2;

/**
 * Wakes the worker at the earliest moment something is due. Only an alarm: the plan is the table, and an alarm that is lost or
 * comes too early changes nothing.
 */
export function createAlarm(clock: Clock, wake: () => void) {
  let set: { job: Job; rings: number } | undefined;
  const stopListening = clock.onJump(wake);

  function cancel(): void {
    set?.job.cancel();
    set = undefined;
  }

  function ring(): void {
    set = undefined;
    wake();
  }

  return {
    setTo(due: Date | undefined): void {
      clock.reportDue(due ?? null);
      if (!due) {
        cancel();
        return;
      }
      const wait = Math.min(due.getTime() - clock.now().getTime(), furthest);
      const rings = Date.now() + wait;
      if (set && wait > 0 && Math.abs(set.rings - rings) <= asGood) return;
      cancel();
      // node-schedule answers a time that has passed with silence. https://github.com/node-schedule/node-schedule
      const job = wait > 0 ? scheduleJob(new Date(rings), ring) : null;
      if (job) set = { job, rings };
      else setImmediate(wake);
    },
    stop(): void {
      cancel();
      stopListening();
    },
  };
}
