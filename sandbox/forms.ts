/** Submitting and closing views, and what the app's answer does to them. */
import { stateTyped } from './answers.ts';
import { clientComplaints, placedElements } from './blocks.ts';
import type { InteractionResult } from './deliver.ts';
import { viewFor } from './find.ts';
import { type Json, objectOf, objects, textOf } from './json.ts';
import { viewProblems } from './methods/checked.ts';
import { basePayload, keep } from './payload.ts';
import type { Slack } from './slack.ts';
import type { OpenView } from './views.ts';
import type { PersonInfo, SubmitResult } from './wire.ts';

export async function submit(slack: Slack, person: PersonInfo, values: Json, given?: string): Promise<SubmitResult> {
  const shown = viewFor(slack, person, given);
  for (const [blockId, value] of Object.entries(values)) {
    const placed = placedElements(shown.view.blocks).find((one) => one.blockId === blockId);
    if (!placed) throw new Error(`no input ${blockId} in the view ${shown.view.callback_id}`);
    const found = { ...placed, view: shown };
    keep(slack, person, found, await stateTyped(slack, person, found, value));
  }
  const complaints = clientComplaints(shown.view.blocks, shown.view.state.values);
  if (Object.keys(complaints).length > 0) return { outcome: 'invalid', errors: complaints, view: shown.view };
  delete shown.view.errors;
  const result = await slack.deliver.interact({
    kind: 'interactive',
    type: 'view_submission',
    payload: {
      ...basePayload('view_submission', person),
      trigger_id: slack.views.newTrigger(person.id),
      view: structuredClone(shown.view),
      response_urls: responseUrlsOf(slack, person, shown),
    },
  });
  return { ...afterSubmit(slack, person, shown, result), ackMs: result.ackMs, key: result.key };
}

/** A conversations select with response_url_enabled gives the app a url for the chosen place. */
function responseUrlsOf(slack: Slack, person: PersonInfo, { view }: OpenView): Json[] {
  return placedElements(view.blocks).flatMap(({ element, blockId, actionId }) => {
    const state = view.state.values[blockId]?.[actionId];
    const channel = textOf(state?.selected_conversation) ?? textOf(state?.selected_channel);
    if (element.response_url_enabled !== true || !channel) return [];
    const response_url = slack.responseUrls.create('app', { channel, user: person.id });
    return [{ response_url, channel_id: channel, block_id: blockId, action_id: actionId }];
  });
}

function afterSubmit(slack: Slack, person: PersonInfo, shown: OpenView, result: InteractionResult): SubmitResult {
  const { view } = shown;
  if (!result.ok) return { outcome: result.error === 'operation_timeout' ? 'timeout' : 'failed', view };
  const { ack = {} } = result;
  const wrong = (what: string): SubmitResult => {
    slack.ledger.violation('invalid-ack', what, ack);
    return { outcome: 'failed', view };
  };
  switch (ack.response_action) {
    case undefined:
      if (Object.keys(ack).length > 0)
        return wrong('a view_submission was answered with something else than an action');
      return closed(slack, person, shown);
    case 'clear':
      slack.views.closeAll(person.id);
      return { outcome: 'closed' };
    case 'errors': {
      const errors = Object.fromEntries(
        Object.entries(objectOf(ack.errors)).map(([block, text]) => [block, String(text)]),
      );
      const inputs = new Set(
        objects(view.blocks)
          .filter(({ type }) => type === 'input')
          .map((block) => block.block_id),
      );
      if (Object.keys(errors).length === 0) return wrong('response_action errors came without errors');
      if (Object.keys(errors).some((block) => !inputs.has(block))) return wrong('an error names no input of the view');
      view.errors = errors;
      return { outcome: 'errors', errors, view };
    }
    case 'update':
    case 'push': {
      const next = objectOf(ack.view);
      const problems = viewProblems(next);
      if (problems.length > 0) return wrong(problems.join('; '));
      if (ack.response_action === 'push') return pushed(slack, person, next);
      slack.views.replace(shown, next);
      return { outcome: 'updated', view: shown.view };
    }
    default:
      return wrong(`unknown response_action ${ack.response_action}`);
  }
}

function pushed(slack: Slack, person: PersonInfo, next: Json): SubmitResult {
  return { outcome: 'pushed', view: slack.views.pushFor(person.id, next).view };
}

function closed(slack: Slack, person: PersonInfo, shown: OpenView): SubmitResult {
  slack.views.close(shown);
  if (shown.view.clear_on_close) slack.views.closeAll(person.id);
  const below = slack.views.stack(person.id).at(-1);
  return { outcome: 'closed', ...(below && { view: below.view }) };
}

export async function close(slack: Slack, person: PersonInfo, given?: string, all = false) {
  const shown = viewFor(slack, person, given);
  const going = all ? [...slack.views.stack(person.id)].reverse() : [shown];
  for (const one of going) {
    slack.views.close(one);
    if (!one.view.notify_on_close) continue;
    await slack.deliver.interact({
      kind: 'interactive',
      type: 'view_closed',
      payload: { ...basePayload('view_closed', person), view: one.view, is_cleared: all },
    });
  }
}
