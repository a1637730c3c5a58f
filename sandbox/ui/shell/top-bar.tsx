/** What is the sandbox's and not Slack's: who one is, what time it is, the world, light and dark. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { overlay, tourIsOpen, worldIsOpen } from '../state/overlay.ts';
import { clock, now, team, violations } from '../state/store.ts';
import { theme, turnTheme } from '../state/theme.ts';
import { clockTime } from '../state/time.ts';
import { ActAs } from './act-as.tsx';
import { Icon } from './icons.tsx';

export function TopBar() {
  const isDark = theme.value === 'dark';
  return (
    <header class="top">
      <div class="top-left">
        <Time />
      </div>
      <button
        type="button"
        class="top-search"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => (overlay.value = { kind: 'jump' })}
      >
        <Icon name="search" size={16} /> <span>Jump to… in {team.value}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div class="top-right">
        <button
          type="button"
          class="top-button"
          aria-pressed={worldIsOpen.value}
          title="Clock, weather, the bot, PagerDuty, and all that passes"
          onClick={() => {
            worldIsOpen.value = !worldIsOpen.value;
          }}
        >
          <Icon name="globe" size={18} /> <span class="top-word">World</span>
          {violations.value > 0 && (
            <span class="side-badge">
              {violations.value}
              <span class="unseen"> limits of Slack’s or PagerDuty’s broken</span>
            </span>
          )}
        </button>
        <button
          type="button"
          class="top-button"
          aria-label="Show me around"
          title="Show me around"
          onClick={() => {
            tourIsOpen.value = true;
          }}
        >
          <Icon name="help" size={18} />
        </button>
        <button
          type="button"
          class="top-button"
          aria-label={isDark ? 'Light' : 'Dark'}
          title={isDark ? 'Light' : 'Dark'}
          onClick={turnTheme}
        >
          <Icon name={isDark ? 'sun' : 'moon'} size={18} />
        </button>
        <ActAs />
      </div>
    </header>
  );
}

/** The sandbox's clock, in the zone of whoever looks. */
function Time() {
  const shown = useSignal(now());
  const { running } = clock.value;
  useEffect(() => {
    const tick = () => {
      shown.value = now();
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [clock.value]);
  return (
    <button
      type="button"
      class="top-button"
      title={running ? 'The time in this workspace' : 'The time in this workspace stands still'}
      onClick={() => {
        worldIsOpen.value = true;
      }}
    >
      {clockTime(shown.value)}
      {!running && <span class="top-frozen">stands still</span>}
    </button>
  );
}
