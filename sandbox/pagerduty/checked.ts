/** Bodies against what is documented: what PagerDuty refuses, and what it passes over in silence. */
import type * as z from 'zod';
import { isObject } from '../json.ts';

export type Checked<T> = {
  /** absent when it is refused */
  value?: T;
  errors: string[];
  /** fields that PagerDuty does not know: it takes the rest, and whoever misspelled one never hears of it */
  unknown: string[];
};

type Issue = z.core.$ZodIssue;

function words({ path, message, code, ...issue }: Issue, given: unknown): string {
  const name = path.join('.').replaceAll(/\.(\d+)/g, '[$1]') || 'body';
  const isMissing = valueAt(given, path) === undefined;
  if (isMissing) return `'${name}' is missing or blank`;
  if (code === 'invalid_value' && 'values' in issue)
    return `'${name}' is invalid (must be one of the following: ${issue.values.map((one) => `'${String(one)}'`).join(', ')})`;
  return `'${name}' ${message}`;
}

const valueAt = (given: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], given);

/** Without the fields of the issues, to be looked at again. */
function without(given: unknown, issues: Issue[]): unknown {
  const left = structuredClone(given);
  for (const issue of issues) {
    const at = valueAt(left, issue.path);
    if (issue.code === 'unrecognized_keys' && isObject(at)) for (const key of issue.keys) delete at[key];
  }
  return left;
}

export function checked<T>(schema: z.ZodType<T>, given: unknown): Checked<T> {
  const first = schema.safeParse(given);
  if (first.success) return { value: first.data, errors: [], unknown: [] };
  const strange = first.error.issues.filter(({ code }) => code === 'unrecognized_keys');
  const unknown = strange.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [],
  );
  const wrong = first.error.issues.filter(({ code }) => code !== 'unrecognized_keys');
  if (wrong.length > 0) return { errors: wrong.map((issue) => words(issue, given)), unknown };
  const second = schema.safeParse(without(given, strange));
  return second.success
    ? { value: second.data, errors: [], unknown }
    : { errors: second.error.issues.map((issue) => words(issue, given)), unknown };
}
