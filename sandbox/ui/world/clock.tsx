import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../blocks/contract.ts';
import { formatDate } from '../blocks/text/date.ts';

const minute = 60_000;
const steps = [
  { label: '+1 min', ms: minute },
  { label: '+15 min', ms: 15 * minute },
  { label: '+1 h', ms: 60 * minute },
];

/** "in 4 min", as a person would say it of the next thing the bot means to do. */
export function untilWords(ms: number): string {
  if (ms <= 0) return 'now';
  if (ms < minute) return `in ${Math.ceil(ms / 1000)} s`;
  const minutes = Math.round(ms / minute);
  if (minutes < 90) return `in ${minutes} min`;
  return `in ${(minutes / 60).toFixed(1)} h`;
}

export function ClockPart({ page, doing }: { page: Page; doing(work: Promise<unknown>): void }) {
  const { running, due } = page.clock.value;
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const at = page.now();
  const timeZone = page.viewer.value?.timeZone ?? 'UTC';
  const turn = (change: object) => doing(page.ask('POST', '/clock', change));
  return (
    <section class="world-part" aria-labelledby="world-clock">
      <h3 id="world-clock">Clock</h3>
      <p class="world-clock">
        <time>{formatDate(at / 1000, '{time_secs}', { now: at, timeZone })}</time>
        <span class="soft">
          {formatDate(at / 1000, '{date_long}', { now: at, timeZone })}
          {!running && ' · stands still'}
        </span>
      </p>
      <div class="world-buttons">
        {steps.map(({ label, ms }) => (
          <button key={label} type="button" class="bk-button" onClick={() => turn({ forward: ms })}>
            {label}
          </button>
        ))}
        <button type="button" class="bk-button" onClick={() => turn({ running: !running })}>
          {running ? 'Freeze' : 'Let it run'}
        </button>
      </div>
      <button
        type="button"
        class="bk-button bk-primary world-wide"
        disabled={due === null}
        onClick={() => due !== null && turn({ forward: Math.max(due - page.now(), 0) })}
      >
        {due === null ? 'The bot has nothing planned' : `To the next thing due, ${untilWords(due - at)}`}
      </button>
    </section>
  );
}
