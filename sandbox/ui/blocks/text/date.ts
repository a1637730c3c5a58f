/** `<!date^…>` in the viewer's zone. https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
import { partsIn } from './zoned.ts';

export type DateView = {
  /** epoch ms on the sandbox clock, which "today" and "3 minutes ago" go by */
  now: number;
  /** IANA */
  timeZone: string;
  fallback?: string;
};

const dayMs = 86_400_000;
/** Slack leaves out the year of what is less than six months away. */
const nearMs = 183 * dayMs;

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

function ordinal(day: number): string {
  const teens = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}

const two = (value: number) => String(value).padStart(2, '0');

function writer(at: number, { now, timeZone }: DateView) {
  const { year, month, day, hour, minute, second, weekday } = partsIn(at, timeZone);
  const today = partsIn(now, timeZone);
  const daysAway = (Date.UTC(year, month - 1, day) - Date.UTC(today.year, today.month - 1, today.day)) / dayMs;
  const name = months[month - 1] ?? '';
  const ofYear = Math.abs(at - now) < nearMs ? '' : `, ${year}`;
  const named = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(daysAway)];
  const clock = (seconds: string) => `${hour % 12 || 12}:${two(minute)}${seconds} ${hour < 12 ? 'AM' : 'PM'}`;

  const plain: Record<string, string> = {
    date_num: `${year}-${two(month)}-${two(day)}`,
    date_slash: `${two(month)}/${two(day)}/${year}`,
    date: `${name} ${ordinal(day)}${ofYear}`,
    date_short: `${name.slice(0, 3)} ${day}${ofYear}`,
    date_long: `${weekdays[weekday]}, ${name} ${ordinal(day)}${ofYear}`,
    date_long_full: `${name} ${day}, ${year}`,
    time: clock(''),
    time_secs: clock(`:${two(second)}`),
    ago: ago(at - now),
  };
  const divider = `${weekdays[weekday]}, ${name} ${ordinal(day)}${year === today.year ? '' : `, ${year}`}`;
  return (token: string): string | undefined => {
    if (token === 'day_divider_pretty') return named ?? divider;
    return token.endsWith('_pretty') ? (named ?? plain[token.slice(0, -'_pretty'.length)]) : plain[token];
  };
}

function ago(ms: number): string {
  const units: [string, number][] = [
    ['year', 365 * dayMs],
    ['month', 30 * dayMs],
    ['day', dayMs],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ];
  const [unit = 'second', size = 1000] = units.find(([, one]) => Math.abs(ms) >= one) ?? [];
  const count = Math.floor(Math.abs(ms) / size);
  if (unit === 'second' && count < 10) return 'just now';
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return ms < 0 ? `${words} ago` : `in ${words}`;
}

/** Slack begins what it writes with a capital: "Today at 2:34 PM". */
const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

export function formatDate(seconds: number, format: string, view: DateView): string {
  const at = seconds * 1000;
  // What a Date cannot hold is shown as the app wrote it for such a case.
  if (!Number.isFinite(seconds) || Math.abs(at) > 8.64e15) return view.fallback ?? '';
  const write = writer(at, view);
  return capitalised(format.replaceAll(/\{([a-z_]+)\}/g, (whole, token: string) => write(token) ?? whole));
}
