import type { Dice } from './dice.ts';
import type { Responder } from './responder.ts';

/** declare → update, page → resolve, in the ways people do it. */
export function cycle(responder: Responder, dice: Dice): (() => Promise<void>)[] {
  const severity = dice.pick(['sev2', 'sev2', 'sev4']);
  const changed = dice.pick(['sev1', 'sev3']);
  const middle = [
    () => responder.update(),
    () => responder.changeStatus('identified'),
    () => responder.update(),
    () => responder.changeSeverity(changed),
    () => responder.page('search'),
    () => responder.update(),
    () => responder.isHelped(),
    () => responder.changeStatus('monitoring'),
  ].filter(() => dice.chance(0.6));
  return [() => responder.declare(severity), ...middle, () => responder.resolve()];
}
