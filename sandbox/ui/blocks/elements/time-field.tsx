import { useState } from 'preact/hooks';
import { readTime, spokenTime } from '../text/zoned.ts';
import { Combobox } from './combobox.tsx';
import type { Placing } from './field.ts';
import type { Option } from './option.ts';

type Props = { placing: Placing; time: string | null; placeholder: string; change(time: string | null): void };

const optionFor = (time: string): Option => ({ value: time, label: spokenTime(time) });

const quarters = Array.from({ length: 96 }, (_, index) =>
  optionFor(`${String(Math.floor(index / 4)).padStart(2, '0')}:${String((index % 4) * 15).padStart(2, '0')}`),
);

/** A time of day as `HH:MM`: one of the quarters, or any minute that is typed. */
export function TimeField({ placing, time, placeholder, change }: Props) {
  const [typed, setTyped] = useState('');
  const exact = readTime(typed);
  const found = quarters.filter(({ label }) => label.toLowerCase().startsWith(typed.trim().toLowerCase()));
  const options = exact ? [optionFor(exact), ...found.filter(({ value }) => value !== exact)] : found;
  return (
    <div class="bk-time-field">
      <Combobox
        placing={placing}
        options={typed === '' ? quarters : options}
        picked={time ? [optionFor(time)] : []}
        placeholder={placeholder}
        onType={setTyped}
        pick={({ value }) => change(value)}
        drop={() => change(null)}
        note={options.length === 0 ? 'Type a time, such as 9:30 or 2:15 pm' : undefined}
      />
    </div>
  );
}
