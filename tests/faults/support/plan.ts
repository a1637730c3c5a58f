import type { Dice } from './dice.ts';
import type { Responder } from './responder.ts';

/** declare → update, where there is a PagerDuty page as well → resolve, in the ways people do it. */
export function cycle(responder: Responder, dice: Dice, { paging }: { paging: boolean }): (() => Promise<void>)[] {
  const severity = paging ? dice.pick(['sev2', 'sev2', 'sev4']) : 'sev2';
  const changed = dice.pick(['sev1', 'sev3']);
  const middle = [
    () => responder.update(),
    () => responder.changeStatus('identified'),
    () => responder.update(),
    () => responder.changeSeverity(changed),
    ...(paging ? [() => responder.page('search')] : []),
    () => responder.update(),
    ...(paging ? [() => responder.isHelped()] : []),
    () => responder.changeStatus('monitoring'),
  ].filter(() => dice.chance(0.6));
  return [() => responder.declare(severity), ...middle, () => responder.resolve()];
}
