import { useId, useRef, useState } from 'preact/hooks';
import { type Day, shortDay } from './calendar.ts';
import { Calendar } from './calendar.tsx';
import { Popup } from './popup.tsx';

type Props = {
  day: Day | null;
  today: Day;
  placeholder: string;
  /** as `named` gives them */
  attributes: { 'aria-labelledby'?: string; 'aria-label'?: string };
  optional: boolean;
  invalid: boolean;
  change(day: Day | null): void;
};

/** A day, shown as Slack writes it and chosen from a calendar. */
export function DateField({ day, today, placeholder, attributes, optional, invalid, change }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const shown = useId();
  const words = day ? shortDay(day) : placeholder;
  const name = attributes['aria-labelledby']
    ? { 'aria-labelledby': `${attributes['aria-labelledby']} ${shown}` }
    : { 'aria-label': `${attributes['aria-label']}: ${words}` };
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={box} class={`bk-combobox bk-date-field ${open ? 'bk-open' : ''} ${invalid ? 'bk-invalid' : ''}`}>
      <button
        ref={button}
        type="button"
        class="bk-date-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        {...attributes}
        {...name}
        onClick={() => setOpen(!open)}
      >
        <span class="bk-calendar-icon" aria-hidden="true" />
        <span id={shown} class={day ? '' : 'bk-placeholder'}>
          {words}
        </span>
      </button>
      {day && optional && (
        <button type="button" class="bk-clear" aria-label="Clear the date" onClick={() => change(null)}>
          ✕
        </button>
      )}
      <span class="bk-chevron" aria-hidden="true" />
      {open && (
        <Popup anchor={box} onOutside={() => setOpen(false)}>
          <Calendar
            chosen={day}
            today={today}
            choose={(chosen) => {
              change(chosen);
              close();
            }}
            close={close}
          />
        </Popup>
      )}
    </div>
  );
}
