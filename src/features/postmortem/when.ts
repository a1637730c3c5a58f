import { lazily } from '../../lazily.ts';
import { duration } from '../../slack/blocks.ts';

/** A document is read in every zone, so its times are of none: `2026-03-02 09:15 UTC`. */
export const moment = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const timeOfDay = (at: Date): string => at.toISOString().slice(11, 16);
export const dateOf = (at: Date): string => at.toISOString().slice(0, 10);

const days = lazily(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'UTC',
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
);
export const dayOf = (at: Date): string => days().format(at);

/** "12 min", or "5 min before" of what came before the clock began. */
export function after(ms: number): string {
  return ms < 0 ? `${duration(-ms)} before` : duration(ms);
}
