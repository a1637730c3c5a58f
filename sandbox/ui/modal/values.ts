/** What stands in the inputs of a view while a person types: theirs over what the app put there. */
import { placedElements, stateWith } from '../../blocks.ts';
import type { FieldValue } from '../../client.ts';
import type { View, ViewState } from '../../wire.ts';

export type Typed = { blockId: string; actionId: string; type: string; value: FieldValue };

const asTheyAre = { user: (name: string) => name, channel: (name: string) => name };

function elementAt(view: View, blockId: string, actionId: string) {
  return placedElements(view.blocks).find((one) => one.blockId === blockId && one.actionId === actionId)?.element;
}

export function typedInto(view: View, blockId: string, actionId: string, value: FieldValue): Typed {
  return { blockId, actionId, type: String(elementAt(view, blockId, actionId)?.type), value };
}

/** Typed before an update, it stays where block, action and kind are the same: Slack keeps it so as well. */
const stillFits = (view: View, { blockId, actionId, type }: Typed) => elementAt(view, blockId, actionId)?.type === type;

export function shownValues(view: View, typed: readonly Typed[]): ViewState {
  const values: ViewState = { ...view.state.values };
  for (const one of typed.filter((each) => stillFits(view, each))) {
    const element = elementAt(view, one.blockId, one.actionId);
    if (!element) continue;
    const state = stateWith(element, one.value, asTheyAre);
    values[one.blockId] = { ...values[one.blockId], [one.actionId]: state };
  }
  return values;
}

/** By block_id, as the sandbox takes a submission. */
export function submission(view: View, typed: readonly Typed[]): Record<string, FieldValue> {
  return Object.fromEntries(typed.filter((one) => stillFits(view, one)).map(({ blockId, value }) => [blockId, value]));
}
