/** https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element, …/time-picker-element, …/datetime-picker-element */
import { useId, useState } from 'preact/hooks';
import { textOf } from '../../../json.ts';
import { useBlocksContext } from '../contract.ts';
import { plainOf } from '../text/text.tsx';
import { fromWall, toWall } from '../text/zoned.ts';
import { useConfirm } from './confirm.tsx';
import { DateField } from './date-field.tsx';
import { named, type Placing, useField } from './field.ts';
import { TimeField } from './time-field.tsx';

type Props = { placing: Placing };

function useWall() {
  const { person, now } = useBlocksContext();
  return { zone: person.timeZone, here: toWall(now() / 1000, person.timeZone) };
}

const isOptional = ({ input }: Placing) => input?.optional === true;

export function DatePicker({ placing }: Props) {
  const { value, put } = useField<string | null>(placing);
  const [ask, dialog] = useConfirm();
  const { here } = useWall();
  return (
    <>
      <DateField
        day={value}
        today={here.date}
        placeholder={plainOf(placing.element.placeholder) || 'Select a date'}
        attributes={named(placing)}
        optional={isOptional(placing)}
        invalid={placing.invalid === true}
        change={(day) => ask(placing.element.confirm, () => put(day, day))}
      />
      {dialog}
    </>
  );
}

export function TimePicker({ placing }: Props) {
  const { value, put } = useField<string | null>(placing);
  const [ask, dialog] = useConfirm();
  const zone = textOf(placing.element.timezone);
  return (
    <>
      <TimeField
        placing={placing}
        time={value}
        placeholder={plainOf(placing.element.placeholder) || 'Select a time'}
        change={(time) => ask(placing.element.confirm, () => put(time, time))}
      />
      {zone && <span class="bk-zone">{zone}</span>}
      {dialog}
    </>
  );
}

/** A moment, put together in the viewer's own zone; it counts once both halves are there. */
export function DateTimePicker({ placing }: Props) {
  const { value, put } = useField<number | null>(placing);
  const [half, setHalf] = useState<{ date: string | null; time: string | null }>({ date: null, time: null });
  const [ask, dialog] = useConfirm();
  const { zone, here } = useWall();
  const label = useId();
  const { date, time } = value === null ? half : toWall(value, zone);

  function change(next: { date: string | null; time: string | null }) {
    setHalf(next);
    const seconds = next.date && next.time ? fromWall(next.date, next.time, zone) : null;
    if (seconds !== value) ask(placing.element.confirm, () => put(seconds, seconds));
  }

  const name = (what: string) => (
    <span id={`${label}-${what}`} class="bk-unseen">
      {what}
    </span>
  );
  const labelled = (what: string) =>
    placing.labelledBy ? `${placing.labelledBy} ${label}-${what}` : `${label}-${what}`;
  return (
    <div class="bk-datetime">
      {name('date')}
      {name('time')}
      <DateField
        day={date}
        today={here.date}
        placeholder="Select a date"
        attributes={named({ ...placing, labelledBy: labelled('date') })}
        optional={isOptional(placing)}
        invalid={placing.invalid === true}
        change={(day) => change({ date: day, time: day ? time : null })}
      />
      <TimeField
        placing={{ ...placing, labelledBy: labelled('time') }}
        time={time}
        placeholder="Select a time"
        change={(chosen) => change({ date: date ?? (chosen && here.date), time: chosen })}
      />
      {dialog}
    </div>
  );
}
