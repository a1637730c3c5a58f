import * as chrono from 'chrono-node';

/** A person's clock may be ahead of ours by this: what is so little in the future is now, not yesterday's. Milliseconds. */
const tolerance = 60_000;

/**
 * A time as a person writes it: `now`, `14:05`, `20 minutes ago`, `yesterday 23:10`. Undefined when the whole text is not one, and
 * when it leaves the hour open (`yesterday`): that would be a guess.
 * `zone`: seconds east of UTC where the person is. Times are taken as past: nobody says when something will have ended.
 */
export function readTime(text: string, now: Date, zone: number): Date | undefined {
  const [read, ...more] = chrono.parse(text, { instant: now, timezone: zone / 60 }, { forwardDate: false });
  if (!read || more.length > 0 || read.end || read.text.length !== text.trim().length) return undefined;
  if (!read.start.isCertain('hour')) return undefined;
  const at = read.date();
  // "23:50" said at five past midnight was yesterday's.
  const daysGiven = read.start.isCertain('day') || read.start.isCertain('weekday');
  return at.getTime() > now.getTime() + tolerance && !daysGiven ? new Date(at.getTime() - 24 * 60 * 60_000) : at;
}
