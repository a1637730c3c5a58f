/**
 * Requests in a minute, on the sandbox clock: https://developer.pagerduty.com/docs/rest-api-rate-limits has 960 for an API key,
 * https://developer.pagerduty.com/docs/events-api-rate-limits about 120 for an integration key.
 */
import type { Answer } from './gate.ts';

const minute = 60_000;

export const restPerMinute = 960;
export const eventsPerMinute = 120;

export type Rates = ReturnType<typeof createRates>;

export function createRates(now: () => number, on: boolean) {
  const windows = new Map<string, { began: number; used: number }>();

  return {
    take(key: string, perMinute: number): { allowed: boolean; headers: Record<string, string> } {
      const at = now();
      const known = windows.get(key);
      // A clock that was set back begins a new minute.
      const window = known && at >= known.began && at < known.began + minute ? known : { began: at, used: 0 };
      window.used += 1;
      windows.set(key, window);
      const left = Math.max(perMinute - window.used, 0);
      const reset = Math.ceil((window.began + minute - at) / 1000);
      return { allowed: !on || window.used <= perMinute, headers: limitHeaders(perMinute, left, reset) };
    },
    clear: () => windows.clear(),
  };
}

export const limitHeaders = (limit: number, remaining: number, resetSeconds: number) => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
});

export const restLimited = (headers: Record<string, string>): Answer => ({
  status: 429,
  body: { error: { message: 'Rate Limit Exceeded', code: 2020 } },
  headers,
});

export const eventsLimited = (): Answer => ({
  status: 429,
  body: {
    status: 'throttle exceeded',
    message: 'Requests for this service are arriving too quickly.  Please retry later.',
  },
});
