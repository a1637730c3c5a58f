/** One line of the table: what was measured, what came out, what was asked for, and over how many. */
export interface Figure {
  what: string;
  measured: string;
  asked: string;
  n: number;
  reached: boolean;
}

/** The value below which this share of the sorted values lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]): number => quantile(values, 0.5);
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
