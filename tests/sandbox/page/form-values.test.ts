import { describe, expect, it } from '@jest/globals';
import { filledBlocks, stateFor } from '../../../sandbox/blocks.ts';
import { shownValues, submission, typedInto } from '../../../sandbox/ui/modal/values.ts';
import type { View } from '../../../sandbox/wire.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const options = ['sev1', 'sev2'].map((value) => ({ text: plain(value.toUpperCase()), value }));

const input = (name: string, element: object) => ({
  type: 'input',
  block_id: name,
  label: plain(name),
  element: { action_id: 'in', ...element },
});

function aView(...given: object[]): View {
  const blocks = filledBlocks(given, () => 'b');
  const texts = { callback_id: 'f', hash: 'h', private_metadata: '', external_id: '' };
  const flags = { notify_on_close: false, clear_on_close: false };
  const ids = { id: 'V1', root_view_id: 'V1', previous_view_id: null };
  return { type: 'modal', ...ids, ...texts, ...flags, blocks, state: { values: stateFor(blocks) } };
}

const title = input('title', { type: 'plain_text_input', initial_value: 'Checkout' });
const severity = input('severity', { type: 'static_select', options });

describe('what stands in a form', () => {
  it('is what the app put there, until somebody types', () => {
    const view = aView(title, severity);
    expect(shownValues(view, []).title?.in).toMatchObject({ value: 'Checkout' });
    const typed = [typedInto(view, 'title', 'in', 'Cart'), typedInto(view, 'severity', 'in', 'sev1')];
    const shown = shownValues(view, typed);
    expect(shown.title?.in).toMatchObject({ value: 'Cart' });
    expect(shown.severity?.in).toMatchObject({ selected_option: { value: 'sev1' } });
    expect(submission(view, typed)).toEqual({ title: 'Cart', severity: 'sev1' });
  });

  it('stays when the app updates the view around it', () => {
    const typed = [typedInto(aView(title), 'title', 'in', 'Cart')];
    const updated = aView({ type: 'divider' }, title, severity);
    expect(shownValues(updated, typed).title?.in).toMatchObject({ value: 'Cart' });
  });

  it('goes where the app takes the field away or makes it another', () => {
    const typed = [typedInto(aView(title), 'title', 'in', 'Cart')];
    const other = aView(input('title', { type: 'number_input' }));
    expect(shownValues(other, typed).title?.in).toMatchObject({ type: 'number_input', value: null });
    expect(submission(other, typed)).toEqual({});
    expect(submission(aView(severity), typed)).toEqual({});
  });
});
