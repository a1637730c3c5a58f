import * as chrono from 'chrono-node';
import type { Policy } from '../../policy.ts';

const day = 24 * 60 * 60_000;

/**
 * Until when, as a person writes it: `15:30`, `in 20 minutes`, `tomorrow 9:00`. A day without an hour means the end of its working
 * hours; an hour that has passed today is tomorrow's. Undefined when it is no time, or one that has passed.
 * `zone`: seconds east of UTC where the person is.
 */
export function readDue(
  text: string,
  now: Date,
  zone: number,
  { workingHours }: Pick<Policy, 'workingHours'>,
): Date | undefined {
  const reference = { instant: now, timezone: zone / 60 };
  const [read, ...more] = chrono.parse(text, reference, { forwardDate: true });
  if (!read || more.length > 0 || read.end || read.text.length !== text.trim().length) return undefined;
  if (!read.start.isCertain('hour')) return readDue(`${text.trim()} ${workingHours.to}`, now, zone, { workingHours });
  const at = read.date();
  if (at > now) return at;
  const daysGiven = read.start.isCertain('day') || read.start.isCertain('weekday');
  const tomorrow = new Date(at.getTime() + day);
  return !daysGiven && tomorrow > now ? tomorrow : undefined;
}
