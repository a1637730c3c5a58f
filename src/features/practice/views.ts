import type { ModalView } from '@slack/types';
import { longestTitle } from '../../incident/fields.ts';
import { severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import { context, cut, field, option, plain } from '../../slack/blocks.ts';

export function practiceModal(answerTo: string, title: string, policy: Policy): ModalView {
  const options = severities.map((key) => option(key, policy.severities[key].name, policy.severities[key].meaning));
  const [, usual] = options;
  return {
    type: 'modal',
    callback_id: 'practice',
    private_metadata: answerTo,
    title: plain('Practice'),
    submit: plain('Begin'),
    close: plain('Cancel'),
    blocks: [
      field('title', 'What do we practise?', {
        type: 'plain_text_input',
        max_length: longestTitle,
        initial_value: cut(title.replace(/\s+/g, ' ') || 'Checkout is failing', longestTitle),
      }),
      field('severity', 'How severe?', {
        type: 'static_select',
        options,
        ...(usual && { initial_option: usual }),
      }),
      context('It gets a channel like any other, is announced to nobody, listed nowhere and not counted.'),
    ],
  };
}
