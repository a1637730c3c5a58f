import * as z from 'zod';

/** Worst first. */
export const severities = ['sev1', 'sev2', 'sev3', 'sev4'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** Of two severities the one that hurts more: what metrics remember is the highest ever reached. */
export function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) <= severities.indexOf(other) ? one : other;
}
