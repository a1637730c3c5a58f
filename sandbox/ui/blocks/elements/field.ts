/** What one input holds: what the page keeps, or what was just put in and the page has not said back yet. */
import { useRef, useState } from 'preact/hooks';
import { stateField, stateFor } from '../../../blocks.ts';
import type { Json } from '../../../json.ts';
import type { Block } from '../../../wire.ts';
import type { FieldValue, Surface } from '../contract.ts';

/** Where an element stands. */
export type Placing = {
  element: Json;
  blockId: string;
  actionId: string;
  surface: Surface;
  /** ids of what names and describes it */
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
  /** inside an input block, where the app is told only on request */
  input?: { dispatch: boolean; optional: boolean };
};

export type Field<T> = {
  value: T;
  /** `state` is shown at once; `said` is what the sandbox is told, and `tell` whether the app is */
  put(state: T, said: FieldValue, tell?: boolean): void;
};

export function useField<T>(placing: Placing): Field<T> {
  const { element, blockId, actionId, surface } = placing;
  const field = stateField(element.type)?.field ?? 'value';
  const kept = surface.values?.[blockId]?.[actionId] ?? initialOf(element, blockId, actionId);
  const held = kept?.[field] as T;
  const text = JSON.stringify(held ?? null);
  const own = useRef<{ value: T } | undefined>(undefined);
  const seen = useRef(text);
  const sent = useRef(new Set<string>());
  const [, redraw] = useState(0);

  // The page says back what was put in here, perhaps late; anything else came from the app and counts.
  if (text !== seen.current) {
    seen.current = text;
    if (!sent.current.has(text)) own.current = undefined;
  }

  return {
    value: own.current ? own.current.value : held,
    put(state, said, tell = placing.input?.dispatch ?? true) {
      own.current = { value: state };
      sent.current.add(JSON.stringify(state ?? null));
      redraw((count) => count + 1);
      surface.change?.(blockId, actionId, said);
      if (tell) surface.act({ blockId, actionId, type: String(element.type), value: said });
    },
  };
}

function initialOf(element: Json, blockId: string, actionId: string): Json | undefined {
  const block: Block = { type: 'actions', block_id: blockId, elements: [{ ...element, action_id: actionId }] };
  return stateFor([block])[blockId]?.[actionId];
}

/** The attributes every control carries. */
export const named = ({ labelledBy, describedBy, invalid, element }: Placing) => ({
  ...(labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': labelFor(element) }),
  ...(describedBy && { 'aria-describedby': describedBy }),
  ...(invalid && { 'aria-invalid': true as const }),
});

const plainNames: Record<string, string> = {
  datepicker: 'Date',
  timepicker: 'Time',
  datetimepicker: 'Date and time',
  checkboxes: 'Choices',
  radio_buttons: 'Choices',
};

function labelFor(element: Json): string {
  const placeholder = element.placeholder as { text?: string } | undefined;
  const type = String(element.type);
  return placeholder?.text ?? plainNames[type] ?? type.replaceAll('_', ' ');
}
