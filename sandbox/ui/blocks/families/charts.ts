/** Numbers → places in a drawing. */
import { type Json, objectOf, objects, strings, textOf } from '../../../json.ts';

export type Series = { name: string; values: number[] };

export function seriesOf(chart: Json): { categories: string[]; series: Series[] } {
  const categories = strings(objectOf(chart.axis_config).categories);
  const series = objects(chart.series).map((one) => {
    const points = objects(one.data);
    const values = categories.map((category) => Number(points.find(({ label }) => label === category)?.value ?? 0));
    return { name: textOf(one.name) ?? '', values };
  });
  return { categories, series };
}

export type Scale = { low: number; high: number; steps: number[] };

/** A round step that gives about four lines, with nought among them. */
export function scaleFor(values: number[]): Scale {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const raw = (high - low || 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * magnitude >= raw) ?? 10) * magnitude;
  const [from, to] = [Math.floor(low / step), Math.ceil(high / step) || 1];
  const steps = Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
  return { low: steps[0] ?? 0, high: steps.at(-1) ?? 1, steps };
}

export type Slice = { name: string; value: number; path: string };

/** Round a circle of radius 1, from the top. */
export function slicesOf(segments: Json[]): Slice[] {
  const values = segments.map(({ value }) => Number(value));
  const total = values.reduce((sum, value) => sum + value, 0);
  const at = (share: number) =>
    `${Math.sin(share * 2 * Math.PI).toFixed(4)} ${(-Math.cos(share * 2 * Math.PI)).toFixed(4)}`;
  let before = 0;
  return segments.map(({ label }, index) => {
    const value = values[index] ?? 0;
    const [from, share] = [before / total, value / total];
    before += value;
    // A whole circle has no corners to draw an arc between.
    const path =
      share === 1
        ? 'M 0 -1 A 1 1 0 1 1 0 1 A 1 1 0 1 1 0 -1 Z'
        : `M 0 0 L ${at(from)} A 1 1 0 ${share > 0.5 ? 1 : 0} 1 ${at(from + share)} Z`;
    return { name: textOf(label) ?? '', value, path };
  });
}
