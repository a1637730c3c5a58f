import type { ModalView } from '@slack/types';
import type { Verdict } from '../../incident/verdict.ts';
import type { Policy } from '../../policy.ts';
import { context, cut, escape, field, option, plain, section } from '../../slack/blocks.ts';

/** What is carried from form to form: the title that was typed, and where to answer. */
export interface Carried {
  title: string;
  answerTo?: string;
}

/** Slack takes 3,000 characters; a title has 300. */
const carry = ({ title, ...rest }: Carried, more = {}) => JSON.stringify({ title: cut(title, 300), ...rest, ...more });

export const fieldOf = (index: number): string => `question-${index}`;

export function decideModal(carried: Carried, policy: Policy): ModalView {
  return {
    type: 'modal',
    callback_id: 'decide',
    private_metadata: carry(carried),
    title: plain('Is it an incident?'),
    submit: plain('Tell me'),
    close: plain('Cancel'),
    blocks: policy.decide.map(({ question, answers }, index) =>
      field(fieldOf(index), question, {
        type: 'radio_buttons',
        options: answers.map(({ answer }, number) => option(String(number), answer)),
      }),
    ),
  };
}

/** Its button opens the form to declare, with what was said filled in. */
export function verdictModal(verdict: Verdict, carried: Carried, policy: Policy): ModalView {
  const { severity, felt, because } = verdict;
  const name = severity && policy.severities[severity].name;
  const reasons = because.map(({ answer }) => `• ${escape(answer)}`).join('\n');
  const says = severity
    ? `*Declare it, as ${escape(name ?? '')}.* ${escape(policy.severities[severity].meaning)}.`
    : '*No need to declare it.* Nothing you said makes it an incident. Keep an eye on it, and ask again when something changes.';
  return {
    type: 'modal',
    callback_id: 'decided',
    private_metadata: carry(carried, { felt, ...(severity && { severity }) }),
    title: plain('Is it an incident?'),
    submit: plain(name ? `Declare as ${name}` : 'Declare it anyway', 24),
    close: plain('Not now'),
    blocks: [
      section(says),
      ...(reasons ? [section(`Because you said:\n${reasons}`)] : []),
      context(
        'Unsure means the higher one: a severity can be lowered later, and an incident that was none be declined.',
      ),
    ],
  };
}
