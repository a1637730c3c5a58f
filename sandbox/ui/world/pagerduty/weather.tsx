/** What strikes some of the calls and webhooks of PagerDuty, as the world's weather strikes Slack's. */
import type { FaultRule } from '../../../wire.ts';
import { usePolled } from '../polled.ts';
import { pagerWeathers } from '../weather.ts';
import { WeatherLine } from '../weather-line.tsx';
import type { PartProps } from './panel.tsx';

const lookEveryMs = 1000;

export function PagerWeather({ page, set }: Pick<PartProps, 'page' | 'set'>) {
  const [rules] = usePolled<(FaultRule & { id: string })[]>(() => page.ask('GET', '/faults'), lookEveryMs, []);
  return (
    <>
      {pagerWeathers.map((weather) => (
        <WeatherLine
          key={weather.id}
          weather={weather}
          rule={rules.find(({ id }) => id === weather.id)}
          set={(rule) =>
            rule ? set('/faults', { ...rule, id: weather.id }) : set('/faults/remove', { id: weather.id })
          }
        />
      ))}
    </>
  );
}
