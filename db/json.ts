import { isDate } from 'node:util/types';

/**
 * What a JSON column holds. JSON has no dates, so a `Date` is written as `{ "$date": "2026-03-01T02:00:00.000Z" }` and comes back
 * as a `Date`; keys that begin with `$` are written with one more, so that a payload with a `$date` of its own stays as it was.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(encode(value));
}

export function fromJson(text: string): unknown {
  return decode(JSON.parse(text));
}

/** Postgres refuses NUL and half a surrogate pair (an emoji cut in two) in text and in JSON. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function encode(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isDate(value)) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(encode);
  return mapEntries(value, (key, inner) => [key.startsWith('$') ? `$${key}` : cleanText(key), encode(inner)]);
}

export function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  if ('$date' in value && typeof value.$date === 'string') return new Date(value.$date);
  return mapEntries(value, (key, inner) => [key.startsWith('$$') ? key.slice(1) : key, decode(inner)]);
}

function mapEntries(value: object, change: (key: string, inner: unknown) => [string, unknown]): object {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => change(key, inner)));
}
