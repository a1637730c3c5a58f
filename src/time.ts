import * as z from 'zod';
import { CannotStart } from './cannot-start.ts';

/** The clock that due times, settling and back-off go by. Leases and network time-outs go by real time instead. */
export interface Clock {
  now(): Date;
  /** Calls back when time jumped: somebody wound the clock. Returns how to stop listening. */
  onJump(listener: () => void): () => void;
  /** Tells whoever winds the clock when the next work is planned. */
  reportDue(at: Date | null): void;
  close(): void;
}

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;

export function realClock(): Clock {
  return { now: () => new Date(), onJump: () => () => undefined, reportDue: () => undefined, close: () => undefined };
}

/** How long to wait before asking for the stream again. Real milliseconds. */
const askAgain = 500;
/** How long a clock may take to say the time for the first time. Real milliseconds. */
const patience = 10_000;

const Told = z.object({ now: z.number(), running: z.boolean() });

/** There is a clock to follow and it does not say the time. */
export class NoClock extends CannotStart {
  override name = 'NoClock';
}

/**
 * Follows the clock of a sandbox (`TOCSIN_CLOCK_URL`): `GET <url>/stream` gives a line `{"now": epoch ms, "running": boolean}` at
 * once and at every change; in between time goes on by our own monotonic clock. `POST <url>/due` says what is planned next.
 * Resolves with the first line, so that nothing is ever done at a wrong time.
 */
export async function followClock(url: string, within = patience): Promise<Clock> {
  const stop = new AbortController();
  const listeners = new Set<() => void>();
  let told = { now: Date.now(), at: performance.now(), running: true };
  let due: number | null | undefined;
  let lastReported: number | null | undefined;
  let posting = false;

  const first = Promise.withResolvers<void>();
  const tooLong = setTimeout(() => {
    stop.abort();
    first.reject(
      new NoClock(`The clock at ${url} does not say the time. Start the sandbox, or unset TOCSIN_CLOCK_URL.`),
    );
  }, within);
  void follow();
  await first.promise.finally(() => clearTimeout(tooLong));

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      // Whoever says the time from now on may never have heard of it.
      lastReported = undefined;
      try {
        await readLines(`${url}/stream`, stop.signal, hear);
      } catch {
        // The sandbox is restarting; the clock goes on as it was last told until it is back.
      }
      await new Promise((resolve) => setTimeout(resolve, askAgain).unref());
    }
  }

  function hear(line: string): void {
    const { now, running } = Told.parse(JSON.parse(line));
    told = { now, at: performance.now(), running };
    first.resolve();
    for (const listener of listeners) listener();
  }

  /** One request at a time; what was planned meanwhile goes with the next. */
  async function post(): Promise<void> {
    if (posting) return;
    posting = true;
    while (due !== undefined && !stop.signal.aborted) {
      const body = JSON.stringify({ runAt: due });
      due = undefined;
      // Losing one is harmless: it is a convenience for whoever winds the clock, and the next plan is told again.
      await fetch(`${url}/due`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]),
      }).catch(() => {
        lastReported = undefined;
      });
    }
    posting = false;
  }

  return {
    now: () => new Date(told.running ? told.now + performance.now() - told.at : told.now),
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reportDue(at) {
      const next = at?.getTime() ?? null;
      if (next === lastReported) return;
      lastReported = due = next;
      void post();
    },
    close: () => stop.abort(),
  };
}

async function readLines(url: string, signal: AbortSignal, hear: (line: string) => void): Promise<void> {
  const { body } = await fetch(url, { signal });
  if (!body) return;
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) hear(line);
  }
}
