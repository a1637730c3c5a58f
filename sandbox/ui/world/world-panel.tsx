/** The world around the bot: time, weather, its life, and all that passes. */
import type { PartProps } from '../blocks/contract.ts';
import { type WorldTab, worldTab } from '../state/overlay.ts';
import { BotPart } from './bot.tsx';
import { ClockPart } from './clock.tsx';
import { PagerDutyPanel } from './pagerduty/panel.tsx';
import { StartOver } from './start-over.tsx';
import { Traffic } from './traffic.tsx';
import { WeatherPart } from './weather.tsx';

const tabs: WorldTab[] = ['World', 'PagerDuty', 'Traffic'];

export function WorldPanel({ page, close }: PartProps) {
  const tab = worldTab.value;
  const doing = (work: Promise<unknown>) => {
    work.catch((error: unknown) => page.toast(error instanceof Error ? error.message : String(error)));
  };

  function onTabKey(event: KeyboardEvent) {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const step = event.key === 'ArrowRight' ? 1 : -1;
    const other = tabs.at((tabs.indexOf(tab) + step) % tabs.length) ?? 'World';
    worldTab.value = other;
    document.getElementById(`world-tab-${other}`)?.focus();
  }

  return (
    <aside
      class="world"
      aria-label="World"
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && close()}
    >
      <header class="world-top">
        <div class="world-tabs" role="tablist" aria-label="World" onKeyDown={onTabKey}>
          {tabs.map((name) => (
            <button
              key={name}
              id={`world-tab-${name}`}
              type="button"
              role="tab"
              tabIndex={tab === name ? 0 : -1}
              aria-selected={tab === name}
              aria-controls="world-body"
              onClick={() => {
                worldTab.value = name;
              }}
            >
              {name}
              {name === 'Traffic' && page.violations.value > 0 && (
                <span class="world-count" title="Limits of Slack’s and PagerDuty’s that the bot broke">
                  {page.violations.value}
                </span>
              )}
            </button>
          ))}
        </div>
        <button type="button" class="icon-button" aria-label="Close the world" onClick={close}>
          ✕
        </button>
      </header>
      <div id="world-body" class="world-body" role="tabpanel" aria-labelledby={`world-tab-${tab}`}>
        {tab === 'PagerDuty' && <PagerDutyPanel page={page} doing={doing} />}
        {tab === 'Traffic' && <Traffic page={page} />}
        {tab === 'World' && (
          <>
            <ClockPart page={page} doing={doing} />
            <BotPart page={page} doing={doing} />
            <WeatherPart page={page} doing={doing} />
            <StartOver page={page} doing={doing} />
          </>
        )}
      </div>
    </aside>
  );
}
