import type { Dice } from './dice.ts';
import type { Responder } from './responder.ts';

/** declare → update → resolve, in the ways people do it. */
export function cycle(responder: Responder, dice: Dice): (() => Promise<void>)[] {
  const severity = dice.pick(['sev1', 'sev3']);
  const middle = [
    () => responder.update(),
    () => responder.changeStatus('identified'),
    () => responder.update(),
    () => responder.changeSeverity(severity),
    () => responder.update(),
    () => responder.changeStatus('monitoring'),
  ].filter(() => dice.chance(0.6));
  return [() => responder.declare(), ...middle, () => responder.resolve()];
}
