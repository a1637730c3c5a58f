import { DateTime, Settings } from 'luxon';
import type { Policy } from '../policy.ts';

// Else it asks which language the system speaks, which loads 8 MB of calendars; of words it makes none here.
Settings.defaultLocale = 'en';

/** When people are at work: for what can wait until then. Hours are of the clock on the wall, so a change of it moves them. */
export type WorkingHours = Policy['workingHours'];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export function isWorking(at: Date, hours: WorkingHours): boolean {
  const { from, to } = dayOf(at, hours);
  return isWorkday(local(at, hours), hours) && at >= from && at < to;
}

/** The moment itself while people work, else when they begin next. */
export function nextWorking(at: Date, hours: WorkingHours): Date {
  if (isWorking(at, hours)) return at;
  for (let day: DateTime = local(at, hours); ; day = nextDay(day)) {
    const { from } = dayOf(day.toJSDate(), hours);
    if (isWorkday(day, hours) && from >= at) return from;
  }
}

/** The same time of day, so many working days later. */
export function addWorkingDays(at: Date, count: number, hours: WorkingHours): Date {
  const start = local(at, hours);
  let day: DateTime = start;
  for (let left = count; left > 0; left -= isWorkday(day, hours) ? 1 : 0) day = nextDay(day);
  // Asked of that day anew: the way there may have led over a day on which this time does not exist.
  return day
    .set({ hour: start.hour, minute: start.minute, second: start.second, millisecond: start.millisecond })
    .toJSDate();
}

const local = (at: Date, { zone }: WorkingHours): DateTime => DateTime.fromJSDate(at, { zone });

/** At noon: midnight does not exist on every day in every zone. */
const nextDay = (day: DateTime): DateTime => day.set({ hour: 12 }).plus({ days: 1 });

const isWorkday = (day: DateTime, { days, holidays }: WorkingHours) =>
  days.some((name) => name === weekdays[day.weekday - 1]) && !holidays.includes(day.toFormat('yyyy-MM-dd'));

/** From when to when people work on the day of a moment, were it a working day. */
function dayOf(at: Date, hours: WorkingHours): { from: Date; to: Date } {
  const day = local(at, hours);
  return { from: timeOn(day, hours.from), to: timeOn(day, hours.to) };
}

function timeOn({ year, month, day, zoneName }: DateTime, time: string): Date {
  const [hour, minute] = time.split(':').map(Number);
  return DateTime.fromObject({ year, month, day, hour, minute }, { zone: zoneName ?? 'UTC' }).toJSDate();
}
