/** One kind of weather: off, or as strong as one likes. */
import type { FaultRule } from '../../wire.ts';
import { Switch, Words } from './switch.tsx';
import { strengthOf, type Weather } from './weather.ts';

type LineProps = { weather: Weather; rule: FaultRule | undefined; set(rule: FaultRule | undefined): void };

export function WeatherLine({ weather, rule, set }: LineProps) {
  const { name, what, strengths } = weather;
  const at = strengthOf(weather, rule);
  return (
    <div class={`world-line ${rule ? 'world-on' : ''}`}>
      <Words name={name} what={what} />
      {strengths.length === 1 ? (
        <Switch name={name} on={rule !== undefined} turn={(on) => set(on ? strengths[0]?.rule : undefined)} />
      ) : (
        <select
          class="world-select"
          aria-label={name}
          value={String(at)}
          onChange={(event) => set(strengths[Number(event.currentTarget.value)]?.rule)}
        >
          <option value="-1">off</option>
          {strengths.map(({ label }, index) => (
            <option key={label} value={String(index)}>
              {label}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
