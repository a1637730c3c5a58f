import { useState } from 'preact/hooks';
import { formatDate } from '../blocks/text/date.ts';
import type { Row } from './entry.ts';

const arrows = { delivery: '→', call: '←', violation: '!' };

/** Who spoke to whom, for people who listen. */
function direction({ kind, title }: Row): string {
  if (kind === 'violation') return 'a limit was broken';
  const other = title.startsWith('pagerduty.') ? 'PagerDuty' : 'Slack';
  return kind === 'delivery' ? `${other} to the bot` : `the bot to ${other}`;
}

export function TrafficRow({ row, timeZone }: { row: Row; timeZone: string }) {
  const [open, setOpen] = useState(false);
  const { at, kind, title, outcome, ms, tone, fault, detail } = row;
  return (
    <li class={`traffic-row traffic-${tone}`}>
      <button type="button" class="traffic-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="traffic-time">{formatDate(at / 1000, '{time_secs}', { now: at, timeZone })}</span>
        <span class="traffic-arrow" role="img" aria-label={direction(row)}>
          {arrows[kind]}
        </span>
        <span class="traffic-title" title={title}>
          {title}
        </span>
        <span class="traffic-outcome">{outcome}</span>
        <span class="traffic-ms">{ms === undefined ? '' : `${msWords(ms)} ms`}</span>
        {fault && <span class="traffic-fault">struck by {fault}</span>}
      </button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="traffic-detail" aria-label={`All of ${title}`} tabIndex={0}>
          <pre>{JSON.stringify(detail, null, 2)}</pre>
        </section>
      )}
    </li>
  );
}

const msWords = (ms: number) => (ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en-US'));
