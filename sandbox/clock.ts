/** The sandbox's time: real time plus an offset, to be wound forward, set or held still. */
import type { ClockState } from './wire.ts';

export type ClockChange = { forward?: number; set?: number; running?: boolean };

export type Clock = ReturnType<typeof createClock>;

type Alarm = { at: number; ring: () => void };

/** Node's timers overflow above this and would fire at once. */
const longestTimer = 2 ** 31 - 1;

export function createClock({ start, running = true }: { start?: Date; running?: boolean } = {}) {
  let offset = start ? start.getTime() - Date.now() : 0;
  let heldAt = running ? undefined : (start?.getTime() ?? Date.now());
  let due: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const alarms = new Set<Alarm>();
  const watchers = new Set<(state: ClockState) => void>();
  const dueWatchers = new Set<() => void>();

  const now = () => heldAt ?? Date.now() + offset;
  const state = (): ClockState => ({ now: now(), running: heldAt === undefined, due });

  function ringDue() {
    const ready = [...alarms].filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at);
    for (const alarm of ready) alarms.delete(alarm);
    for (const alarm of ready) alarm.ring();
    rearm();
  }

  function rearm() {
    clearTimeout(timer);
    if (heldAt !== undefined || alarms.size === 0) return;
    const next = Math.min(...[...alarms].map(({ at }) => at));
    timer = setTimeout(ringDue, Math.min(Math.max(next - now(), 0), longestTimer));
    timer.unref();
  }

  function change({ forward = 0, set, running: run }: ClockChange): ClockState {
    const to = (set ?? now()) + forward;
    const holds = run === undefined ? heldAt !== undefined : !run;
    offset = to - Date.now();
    heldAt = holds ? to : undefined;
    ringDue();
    for (const watch of watchers) watch(state());
    return state();
  }

  return {
    now,
    state,
    change,
    /** As on the first day. */
    startOver() {
      due = null;
      alarms.clear();
      change({ set: start?.getTime() ?? Date.now(), running });
    },
    /** Rings once the sandbox clock reaches `at`; gives back how to call it off. */
    schedule(at: number, ring: () => void): () => void {
      const alarm = { at, ring };
      alarms.add(alarm);
      rearm();
      return () => {
        alarms.delete(alarm);
      };
    },
    watch(watcher: (state: ClockState) => void): () => void {
      watchers.add(watcher);
      watcher(state());
      return () => {
        watchers.delete(watcher);
      };
    },
    /** The bot tells its earliest planned work, so a story can wind straight to it. */
    setDue(at: number | null) {
      if (due === at) return;
      due = at;
      for (const watch of dueWatchers) watch();
    },
    /** Apart from `watch`: who tells what is due must not be told of it. */
    onDue: (watch: () => void) => {
      dueWatchers.add(watch);
    },
    stop() {
      clearTimeout(timer);
      alarms.clear();
    },
  };
}
