/** What the clock does to incidents by itself: the next level, and acknowledgements that run out. */
import type { Clock } from '../clock.ts';
import type { PagerIncident } from './wire.ts';

export type Timers = ReturnType<typeof createTimers>;

/** `happen` does what is due at a moment; winding the clock by hours does all of it, one after another, each at its own time. */
export function createTimers(clock: Clock, happen: (incident: PagerIncident, at: number) => void) {
  const alarms = new Map<string, () => void>();

  const dueAt = ({ escalatesAt, unacknowledgesAt }: PagerIncident): number | undefined => {
    const times = [escalatesAt, unacknowledgesAt].filter((time) => time !== null);
    return times.length > 0 ? Math.min(...times) : undefined;
  };

  function catchUp(incident: PagerIncident) {
    for (let due = dueAt(incident); due !== undefined && due <= clock.now(); due = dueAt(incident))
      happen(incident, due);
    plan(incident);
  }

  function plan(incident: PagerIncident) {
    alarms.get(incident.id)?.();
    alarms.delete(incident.id);
    const due = dueAt(incident);
    if (due !== undefined)
      alarms.set(
        incident.id,
        clock.schedule(due, () => catchUp(incident)),
      );
  }

  return {
    plan,
    clear() {
      for (const callOff of alarms.values()) callOff();
      alarms.clear();
    },
  };
}
