/** Times as Slack writes them, in the zone of whoever looks. */
import { viewer } from './store.ts';

const kept = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  const known = kept.get(key) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options });
  kept.set(key, known);
  return known;
}

const zoneOf = () => viewer.value?.timeZone ?? 'UTC';

export const msOf = (ts: string): number => Number(ts) * 1000;

export const clockTime = (ms: number, zone = zoneOf()): string =>
  format(zone, 'time', { hour: 'numeric', minute: '2-digit' }).format(ms);

/** 10:04, beside messages that follow one another. */
export const shortTime = (ms: number): string => clockTime(ms).replace(/ [AP]M$/, '');

export const fullTime = (ms: number): string =>
  format(zoneOf(), 'full', { dateStyle: 'full', timeStyle: 'medium' }).format(ms);

/** Which day it is there, as something to compare. */
export const dayOf = (ms: number): string =>
  format(zoneOf(), 'day', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);

const dayMs = 86_400_000;

export function dayTitle(ms: number, now: number): string {
  const day = dayOf(ms);
  if (day === dayOf(now)) return 'Today';
  if (day === dayOf(now - dayMs)) return 'Yesterday';
  const words = format(zoneOf(), 'title', { weekday: 'long', month: 'long', day: 'numeric' }).format(ms);
  return words.replace(/\d+$/, (number) => number + ordinal(Number(number)));
}

function ordinal(number: number): string {
  if (number % 100 >= 11 && number % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][number % 10] ?? 'th';
}

/** "5 minutes ago", beside threads. */
export function ago(ms: number, now: number): string {
  const minutes = Math.round((now - ms) / 60_000);
  const said = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  if (minutes < 1) return 'just now';
  if (minutes < 60) return said(minutes, 'minute');
  if (minutes < 1440) return said(Math.round(minutes / 60), 'hour');
  return said(Math.round(minutes / 1440), 'day');
}
