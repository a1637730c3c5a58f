/** The inputs and buttons of a modal or a home. */
import { useMemo, useState } from 'preact/hooks';
import type { PressResult, View } from '../../wire.ts';
import type { Action, Surface } from '../blocks/contract.ts';
import { whyNot } from '../shell/message-surface.ts';
import { keepFile } from '../shell/send.ts';
import { act } from '../state/act.ts';
import { shownValues, type Typed, typedInto } from './values.ts';

const nobody: ReadonlySet<string> = new Set();

const send = ({ actionId, blockId, value, type }: Action, view: string): Promise<PressResult> =>
  value === undefined && type !== 'overflow'
    ? act.press({ actionId, blockId }, { view })
    : act.choose({ actionId, blockId }, value ?? null, { view });

export type ViewSurface = {
  surface: Surface;
  typed: readonly Typed[];
  trouble: string | undefined;
  setErrors(errors: Record<string, string>): void;
};

/** Kept by view id: an update of the view keeps what was typed, another view begins anew. */
export function useViewSurface(view: View, kind: 'modal' | 'home'): ViewSurface {
  const [typed, setTyped] = useState<readonly Typed[]>([]);
  const [busy, setBusy] = useState(nobody);
  const [trouble, setTrouble] = useState<string>();
  const [errors, setErrors] = useState<Record<string, string>>({});

  async function press(action: Action) {
    setTrouble(undefined);
    setBusy((before) => new Set([...before, action.actionId]));
    try {
      const { ok, error } = await send(action, view.id);
      if (!ok) setTrouble(whyNot(error));
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
    setBusy((before) => new Set([...before].filter((id) => id !== action.actionId)));
  }

  function change(blockId: string, actionId: string, value: Typed['value']) {
    const next = typedInto(view, blockId, actionId, value);
    const isOther = (one: Typed) => one.blockId !== blockId || one.actionId !== actionId;
    setTyped((before) => [...before.filter(isOther), next]);
    setErrors(({ [blockId]: _, ...rest }) => rest);
  }

  const values = useMemo(() => shownValues(view, typed), [view, typed]);
  const surface: Surface = {
    kind,
    busy,
    values,
    errors,
    change,
    act: (action) => void press(action),
    options: (actionId, words) => act.options(actionId, words, { view: view.id }),
    upload: keepFile,
  };
  return { surface, typed, trouble, setErrors };
}
