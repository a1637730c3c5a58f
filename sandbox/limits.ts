/**
 * Rate limits per method, on the sandbox clock: https://docs.slack.dev/apis/web-api/rate-limits
 * Slack publishes calls per minute and "short bursts"; the size of a burst here is one minute's worth.
 */
export type Tier = 'T1' | 'T2' | 'T3' | 'T4' | 'special' | 'none';

type Bucket = { tokens: number; at: number };

type Rate = { perMinute: number; burst: number };

const tiers: Record<Tier, Rate | undefined> = {
  T1: { perMinute: 1, burst: 2 },
  T2: { perMinute: 20, burst: 20 },
  T3: { perMinute: 50, burst: 50 },
  T4: { perMinute: 100, burst: 100 },
  special: { perMinute: 600, burst: 100 },
  none: undefined,
};

/** "1 per second per channel, short bursts allowed", and several hundred a minute for the whole workspace. */
const postingPerChannel: Rate = { perMinute: 60, burst: 8 };
const postingAltogether: Rate = { perMinute: 600, burst: 100 };

/**
 * Apps that are sold outside Slack's marketplace may read history once a minute, fifteen messages at a time.
 * https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
 */
const slowMethods = new Set(['conversations.history', 'conversations.replies']);
const slow: Rate = { perMinute: 1, burst: 1 };
const slowPage = 15;

export type Limits = ReturnType<typeof createLimits>;

export function createLimits(now: () => number, on: boolean, slowHistory = false) {
  const buckets = new Map<string, Bucket>();

  function filled(key: string, { perMinute, burst }: Rate): Bucket {
    const at = now();
    const bucket = buckets.get(key);
    if (!bucket) {
      const fresh = { tokens: burst, at };
      buckets.set(key, fresh);
      return fresh;
    }
    // A clock that was set back gives nothing and takes nothing.
    const minutes = Math.max(at - bucket.at, 0) / 60_000;
    bucket.tokens = Math.min(burst, bucket.tokens + minutes * perMinute);
    bucket.at = at;
    return bucket;
  }

  function take(wanted: [string, Rate][]): number | undefined {
    const full = wanted.map(([key, rate]) => ({ bucket: filled(key, rate), rate }));
    const waits = full
      .filter(({ bucket }) => bucket.tokens < 1)
      .map(({ bucket, rate }) => Math.ceil(((1 - bucket.tokens) * 60) / rate.perMinute));
    if (waits.length > 0) return Math.max(1, ...waits);
    for (const { bucket } of full) bucket.tokens -= 1;
    return undefined;
  }

  return {
    /** Seconds to wait, or undefined when the call may go on. */
    refusal(method: string, tier: Tier, channel: string | undefined): number | undefined {
      if (slowHistory && slowMethods.has(method)) return take([[method, slow]]);
      if (!on) return undefined;
      if (method === 'chat.postMessage')
        return take([
          [`chat.postMessage ${channel}`, postingPerChannel],
          ['chat.postMessage', postingAltogether],
        ]);
      const rate = tiers[tier];
      return rate && take([[method, rate]]);
    },
    /** How many messages Slack gives of those that were asked for. */
    onPage: (asked: number): number => (slowHistory ? Math.min(asked, slowPage) : asked),
    clear: () => buckets.clear(),
  };
}
