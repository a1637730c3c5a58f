import { type Job, scheduleJob } from 'node-schedule';
import type { Clock } from '../time.ts';

/** An alarm further off than this is set again on the way: timers count in 32 bits of milliseconds. */
const furthest = 12 * 60 * 60_000;

/**
 * Wakes the worker at the earliest moment something is due. Only an alarm: the plan is the table, and an alarm that is lost or
 * comes too early changes nothing.
 */
export function createAlarm(clock: Clock, wake: () => void) {
  let job: Job | null = null;
  const stopListening = clock.onJump(wake);

  return {
    setTo(due: Date | undefined): void {
      job?.cancel();
      job = null;
      clock.reportDue(due ?? null);
      if (!due) return;
      const wait = Math.min(due.getTime() - clock.now().getTime(), furthest);
      // node-schedule answers a time that has passed with silence. https://github.com/node-schedule/node-schedule
      job = wait > 0 ? scheduleJob(new Date(Date.now() + wait), wake) : null;
      if (!job) setImmediate(wake);
    },
    stop(): void {
      job?.cancel();
      stopListening();
    },
  };
}
