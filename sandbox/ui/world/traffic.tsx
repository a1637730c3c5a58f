/** What passes between Slack or PagerDuty and the bot, newest first. */
import { useMemo, useState } from 'preact/hooks';
import type { LedgerEntry, Violation } from '../../wire.ts';
import type { Page } from '../blocks/contract.ts';
import { type Filter, matches, type Row, rowOf, violationRow } from './entry.ts';
import { usePolled } from './polled.ts';
import { askFrom, emptyTail, mostKept, type Tail, withFresh } from './tail.ts';
import { TrafficRow } from './traffic-row.tsx';

const lookEveryMs = 600;
/** What one sees at once; the filter finds the rest. */
const mostShown = 200;

type Seen = { tail: Tail; violations: Violation[] };

const kinds: { kind: Filter['kind']; label: string }[] = [
  { kind: 'all', label: 'All' },
  { kind: 'delivery', label: 'To the bot' },
  { kind: 'call', label: 'From the bot' },
  { kind: 'trouble', label: 'Trouble' },
  { kind: 'violation', label: 'Limits broken' },
];

export function Traffic({ page }: { page: Page }) {
  const [filter, setFilter] = useState<Filter>({ kind: 'all', words: '' });
  const [paused, setPaused] = useState<Seen>();
  const [hiddenUntil, setHiddenUntil] = useState({ seq: 0, violations: 0 });
  const [live] = usePolled<Seen>((before) => look(page, before), lookEveryMs, { tail: emptyTail, violations: [] });
  const seen = paused ?? live;

  const rows = useMemo((): Row[] => {
    const passed = seen.tail.entries.filter(({ seq }) => seq > hiddenUntil.seq).map(rowOf);
    const broken = seen.violations.map(violationRow).slice(hiddenUntil.violations);
    return [...passed, ...broken].sort((one, other) => other.at - one.at);
  }, [seen, hiddenUntil]);
  const found = useMemo(() => rows.filter((row) => matches(row, filter)), [rows, filter]);

  return (
    <section class="traffic" aria-label="Traffic">
      <div class="traffic-tools">
        <input
          type="search"
          class="bk-input"
          placeholder="Filter by text"
          aria-label="Filter by text"
          value={filter.words}
          onInput={(event) => setFilter({ ...filter, words: event.currentTarget.value })}
        />
        <button
          type="button"
          class="bk-button"
          aria-pressed={paused !== undefined}
          onClick={() => setPaused(paused ? undefined : live)}
        >
          {paused ? `Follow (${live.tail.newest - paused.tail.newest} new)` : 'Pause'}
        </button>
        <button
          type="button"
          class="bk-button"
          onClick={() => setHiddenUntil({ seq: seen.tail.newest, violations: seen.violations.length })}
        >
          Clear
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and want a legend */}
      <div class="traffic-kinds" role="group" aria-label="What to show">
        {kinds.map(({ kind, label }) => (
          <button
            key={kind}
            type="button"
            class={`traffic-kind ${kind === 'violation' && seen.violations.length > 0 ? 'traffic-bad' : ''}`}
            aria-pressed={filter.kind === kind}
            onClick={() => setFilter({ ...filter, kind })}
          >
            {label}
            {kind === 'violation' && ` ${seen.violations.length}`}
          </button>
        ))}
      </div>
      {found.length === 0 && (
        <p class="soft traffic-none">
          {rows.length === 0 ? 'Nothing has passed yet. Type /incident and see.' : 'Nothing fits.'}
        </p>
      )}
      <ul class="traffic-rows">
        {found.slice(0, mostShown).map((row) => (
          <TrafficRow key={row.id} row={row} timeZone={page.viewer.value?.timeZone ?? 'UTC'} />
        ))}
      </ul>
      {found.length > mostShown && (
        <p class="soft traffic-none">
          {found.length - mostShown} older ones are found by the filter; of everything, the newest {mostKept} are kept
          here.
        </p>
      )}
    </section>
  );
}

async function look(page: Page, { tail, violations }: Seen): Promise<Seen> {
  const fresh = await page.ask<LedgerEntry[]>('GET', `/ledger?since=${askFrom(tail)}&last=${mostKept}`);
  const isNew = page.violations.peek() !== violations.length;
  const broken = isNew ? await page.ask<Violation[]>('GET', '/violations') : violations;
  if (fresh.length === 0 && !isNew) return { tail, violations };
  return { tail: withFresh(tail, fresh), violations: broken };
}
