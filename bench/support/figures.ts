/** One line of the table. */
export interface Figure {
  what: string;
  atLeast: string;
  measured: string;
  n: number;
}

/** The value below which this share of all lies. */
export function at(share: number, values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]) => at(0.5, values);
export const p99 = (values: number[]) => at(0.99, values);

export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const spread = (values: number[]) => `median ${ms(median(values))}, p99 ${ms(p99(values))}`;
