/** Block Kit refusals, as the methods give them. */
import { checkMessage, checkView, type Problem } from '../check.ts';
import type { Json } from '../json.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import { type Call, listOf, type Method } from './method.ts';

export type Shown = { text?: string; blocks?: Json[]; attachments?: Json[] };

const spoken = ({ message, pointer }: Problem) => `${message} [json-pointer:${pointer}]`;

export function messageProblems({ text = '', blocks, attachments }: Shown): Problem[] {
  return checkMessage({ text, ...(blocks && { blocks }), ...(attachments && { attachments }) });
}

export function refuseBadMessage(slack: Slack, shown: Shown) {
  const problems = messageProblems(shown);
  if (problems.length === 0) return;
  slack.ledger.violation('invalid-blocks', problems.map(spoken).join('; '), { ...shown });
  refuseArguments('invalid_blocks', problems.map(spoken));
}

export const viewProblems = (view: Json): string[] => checkView(view).map(spoken);

export function refuseBadView(slack: Slack, view: Json) {
  const problems = viewProblems(view);
  if (problems.length === 0) return;
  slack.ledger.violation('invalid-blocks', problems.join('; '), { view });
  refuseArguments('invalid_arguments', problems);
}

/** https://docs.slack.dev/reference/methods/blocks.validate */
function validate(call: Call): Json {
  const view = call.args.has('view') ? call.args.object('view') : undefined;
  const problems = view ? checkView(view) : checkMessage({ text: '', blocks: listOf(call, 'blocks') ?? [] });
  const errors = problems.map(({ pointer, message }) => ({ code: 'invalid', message, pointer }));
  if (errors.length > 0) refuse(view ? 'invalid_view' : 'invalid_blocks', { errors });
  return {};
}

export const checks: Record<string, Method> = { 'blocks.validate': { tier: 'none', scopes: [], run: validate } };
