/** Buttons and menus in a message: what was pressed goes to the app, and a person hears when it did not arrive. */
import { useMemo, useState } from 'preact/hooks';
import type { DeliveryError, Message, PressResult } from '../../wire.ts';
import type { Action, Surface } from '../blocks/contract.ts';
import { act } from '../state/act.ts';
import { app } from '../state/store.ts';

const nobody: ReadonlySet<string> = new Set();

export function whyNot(error: DeliveryError | undefined): string {
  const name = app.peek()?.name ?? 'The app';
  if (error === 'operation_timeout') return `${name} did not answer within 3 seconds. It may still have heard.`;
  return `${name} could not be reached, so nothing happened. Try again when it is back.`;
}

const send = ({ actionId, blockId, type, value }: Action, on: { channel: string; ts: string }): Promise<PressResult> =>
  value === undefined && type !== 'overflow'
    ? act.press({ actionId, blockId }, on)
    : act.choose({ actionId, blockId }, value ?? null, on);

export function useMessageSurface({ channel, ts }: Message): { surface: Surface; trouble: string | undefined } {
  const [busy, setBusy] = useState(nobody);
  const [trouble, setTrouble] = useState<string>();

  const surface = useMemo((): Surface => {
    async function press(action: Action) {
      setTrouble(undefined);
      setBusy((before) => new Set([...before, action.actionId]));
      try {
        const { ok, error } = await send(action, { channel, ts });
        if (!ok) setTrouble(whyNot(error));
      } catch (error) {
        setTrouble(error instanceof Error ? error.message : String(error));
      }
      setBusy((before) => new Set([...before].filter((id) => id !== action.actionId)));
    }
    return {
      kind: 'message',
      busy,
      act: (action) => void press(action),
      options: (actionId, typed) => act.options(actionId, typed, { channel, ts }),
    };
  }, [channel, ts, busy]);

  return { surface, trouble };
}
