/** Between a moment and what the clock on a wall in some zone says. */
export type WallTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 is Sunday */
  weekday: number;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(timeZone, made);
  return made;
}

export function partsIn(at: number, timeZone: string): WallTime {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const field = (name: string) => Number(parts[name]);
  const [year, month, day] = [field('year'), field('month'), field('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, hour: field('hour'), minute: field('minute'), second: field('second'), weekday };
}

function offsetAt(at: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(at, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** `2026-03-29` and `14:05` on the wall of a zone → epoch seconds. In the hour that spring leaves out, the later one. */
export function fromWall(date: string, time: string, timeZone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const guess = wall - offsetAt(wall, timeZone);
  return (wall - offsetAt(guess, timeZone)) / 1000;
}

const two = (value: number) => String(value).padStart(2, '0');

/** The other way round. */
export function toWall(seconds: number, timeZone: string): { date: string; time: string } {
  const { year, month, day, hour, minute } = partsIn(seconds * 1000, timeZone);
  return { date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}` };
}

/** `14:05` → `2:05 PM`, as Slack writes it. */
export function spokenTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `${hour % 12 || 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** What people type for a time: `9`, `930`, `9:30`, `9:30 pm`, `21.30`. */
export function readTime(typed: string): string | undefined {
  const match = /^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?m?\.?\s*$/i.exec(typed);
  if (!match) return undefined;
  const [, hours = '', minutes = '0', half] = match;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || (half && Number(hours) > 12)) return undefined;
  return `${two(hour)}:${two(Number(minutes))}`;
}
