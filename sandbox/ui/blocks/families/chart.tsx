/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
import { type Json, objectOf, objects, textOf } from '../../../json.ts';
import { type Series, scaleFor, seriesOf, slicesOf } from './charts.ts';
import type { BlockProps, Family } from './family.ts';

const [width, height] = [480, 220];
const pad = { left: 44, right: 8, top: 8, bottom: 28 };
const colour = (index: number) => `bk-series-${index % 6}`;

function Chart({ block }: BlockProps) {
  const chart = objectOf(block.chart);
  const title = textOf(block.title) ?? '';
  return (
    <figure class="bk-chart">
      <figcaption>{title}</figcaption>
      {chart.type === 'pie' ? <Pie chart={chart} title={title} /> : <Lines chart={chart} title={title} />}
    </figure>
  );
}

function Pie({ chart, title }: { chart: Json; title: string }) {
  const slices = slicesOf(objects(chart.segments));
  return (
    <div class="bk-chart-pie">
      <svg viewBox="-1.05 -1.05 2.1 2.1" role="img" aria-label={title}>
        {slices.map(({ name, path }, index) => (
          <path key={name} d={path} class={colour(index)} />
        ))}
      </svg>
      <Legend entries={slices.map(({ name, value }) => `${name}: ${value}`)} />
    </div>
  );
}

function Lines({ chart, title }: { chart: Json; title: string }) {
  const { categories, series } = seriesOf(chart);
  const scale = scaleFor(series.flatMap(({ values }) => values));
  const y = (value: number) =>
    pad.top + (1 - (value - scale.low) / (scale.high - scale.low)) * (height - pad.top - pad.bottom);
  const band = (width - pad.left - pad.right) / Math.max(categories.length, 1);
  const x = (index: number) => pad.left + band * (index + 0.5);
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {scale.steps.map((step) => (
          <g key={step}>
            <line x1={pad.left} x2={width - pad.right} y1={y(step)} y2={y(step)} class="bk-chart-line" />
            <text x={pad.left - 6} y={y(step) + 4} text-anchor="end">
              {step}
            </text>
          </g>
        ))}
        {categories.map((category, index) => (
          <text key={category} x={x(index)} y={height - 10} text-anchor="middle">
            {category}
          </text>
        ))}
        {series.map((one, index) =>
          chart.type === 'bar' ? (
            <Bars key={one.name} {...{ one, index, count: series.length, band, x, y }} />
          ) : (
            <Line key={one.name} {...{ one, index, filled: chart.type === 'area', x, y }} />
          ),
        )}
      </svg>
      <Legend entries={series.map(({ name }) => name)} />
    </>
  );
}

type Placed = { one: Series; index: number; x(index: number): number; y(value: number): number };

function Bars({ one, index, count, band, x, y }: Placed & { count: number; band: number }) {
  const each = (band * 0.7) / count;
  return (
    <>
      {one.values.map((value, at) => (
        <rect
          key={at}
          x={x(at) - band * 0.35 + each * index}
          y={Math.min(y(value), y(0))}
          width={Math.max(each - 2, 1)}
          height={Math.abs(y(value) - y(0))}
          class={colour(index)}
        />
      ))}
    </>
  );
}

function Line({ one, index, filled, x, y }: Placed & { filled: boolean }) {
  const points = one.values.map((value, at) => `${x(at)},${y(value)}`);
  const last = one.values.length - 1;
  return (
    <>
      {filled && (
        <polygon
          points={[`${x(0)},${y(0)}`, ...points, `${x(last)},${y(0)}`].join(' ')}
          class={`bk-area ${colour(index)}`}
        />
      )}
      <polyline points={points.join(' ')} class={`bk-stroke ${colour(index)}`} />
    </>
  );
}

function Legend({ entries }: { entries: string[] }) {
  return (
    <ul class="bk-legend">
      {entries.map((entry, index) => (
        <li key={entry}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" rx="2" class={colour(index)} />
          </svg>
          {entry}
        </li>
      ))}
    </ul>
  );
}

export const charts: Family = { data_visualization: Chart };
