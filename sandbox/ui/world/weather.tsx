import type { FaultRule } from '../../wire.ts';
import type { Page } from '../blocks/contract.ts';
import { usePolled } from './polled.ts';
import { SwitchLine, Words } from './switch.tsx';
import { pagerWeathers, ruleWords, weathers } from './weather.ts';
import { WeatherLine } from './weather-line.tsx';

type On = { rules: (FaultRule & { id: string })[]; outage: boolean };

const lookEveryMs = 1000;

export function WeatherPart({ page, doing }: { page: Page; doing(work: Promise<unknown>): void }) {
  const [{ rules, outage }, look] = usePolled<On>(
    async () => ({
      rules: await page.ask('GET', '/faults'),
      outage: (await page.ask<{ on: boolean }>('GET', '/faults/outage')).on,
    }),
    lookEveryMs,
    { rules: [], outage: false },
  );
  const send = (path: string, body: object = {}) => doing(page.ask('POST', path, body).then(look));
  const foreign = rules.filter(({ id }) => ![...weathers, ...pagerWeathers].some((weather) => weather.id === id));
  const quiet = rules.length === 0 && !outage;
  return (
    <section class="world-part" aria-labelledby="world-weather">
      <div class="world-head">
        <h3 id="world-weather">Network weather</h3>
        <button type="button" class="bk-button" disabled={quiet} onClick={() => send('/faults/clear')}>
          Clear all
        </button>
      </div>
      {weathers.map((weather) => (
        <WeatherLine
          key={weather.id}
          weather={weather}
          rule={rules.find(({ id }) => id === weather.id)}
          set={(rule) =>
            rule ? send('/faults', { ...rule, id: weather.id }) : send('/faults/remove', { id: weather.id })
          }
        />
      ))}
      <SwitchLine
        name="Slack is down"
        what="Every call fails and the connection is cut."
        on={outage}
        turn={(on) => send('/faults/outage', { on })}
      />
      <div class="world-line">
        <Words name="Lost connection" what="The bot’s sockets are cut; it connects again." />
        <button type="button" class="bk-button" onClick={() => send('/faults/cut-sockets')}>
          Cut
        </button>
      </div>
      {foreign.map((rule) => (
        <div key={rule.id} class="world-line world-on">
          <Words name={ruleWords(rule)} what="Set from elsewhere." />
          <button type="button" class="bk-button" onClick={() => send('/faults/remove', { id: rule.id })}>
            Remove
          </button>
        </div>
      ))}
    </section>
  );
}
