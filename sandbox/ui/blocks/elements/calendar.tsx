/** A month to choose from: https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/ */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { addDays, addMonths, type Day, monthName, weekdays, weeksOf, wholeDay } from './calendar.ts';

type Props = { chosen: Day | null; today: Day; choose(day: Day): void; close(): void };

const steps: Record<string, (day: Day) => Day> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

export function Calendar({ chosen, today, choose, close }: Props) {
  const [at, setAt] = useState(chosen ?? today);
  const grid = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(), [at]);

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      setAt(step(at));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  return (
    <div class="bk-calendar" role="dialog" aria-label="Choose a date" onKeyDown={onKeyDown}>
      <div class="bk-calendar-head">
        <button type="button" class="bk-small" aria-label="Month before" onClick={() => setAt(addMonths(at, -1))}>
          ‹
        </button>
        <span aria-live="polite">{monthName(at)}</span>
        <button type="button" class="bk-small" aria-label="Next month" onClick={() => setAt(addMonths(at, 1))}>
          ›
        </button>
      </div>
      <table ref={grid} aria-label={monthName(at)}>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col" abbr={name}>
                {name[0]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button"
                    tabIndex={day === at ? 0 : -1}
                    // Where the focus goes when the popup opens.
                    autofocus={day === at}
                    class={classOf(day, { at, today, chosen })}
                    aria-label={wholeDay(day)}
                    aria-pressed={day === chosen}
                    {...(day === today && { 'aria-current': 'date' as const })}
                    onClick={() => choose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(day: Day, { at, today, chosen }: { at: Day; today: Day; chosen: Day | null }): string {
  const names = ['bk-day'];
  if (day.slice(0, 7) !== at.slice(0, 7)) names.push('bk-day-other');
  if (day === today) names.push('bk-day-today');
  if (day === chosen) names.push('bk-day-chosen');
  return names.join(' ');
}
