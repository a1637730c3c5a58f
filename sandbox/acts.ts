/** What people do to the app: commands, presses, choices, shortcuts; as Slack's own client would send them. */
import { stateTyped } from './answers.ts';
import { placedElements } from './blocks.ts';
import { directoryOf, type Found, field, find, pressable, viewFor } from './find.ts';
import { type Json, objectOf, objects } from './json.ts';
import { wireMessage } from './messages.ts';
import { basePayload, channelNameFor, keep, outcome, whereFrom } from './payload.ts';
import { bot, team } from './people.ts';
import { answerWith, payloadTrouble, saysSomething } from './replies.ts';
import type { Slack } from './slack.ts';
import { commandText } from './text.ts';
import type { CommandResult, ElementMatch, Message, PersonInfo, Place, PressResult } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

export async function command(
  slack: Slack,
  person: PersonInfo,
  channel: ChannelRecord,
  typed: string,
): Promise<CommandResult> {
  const [, name = '', words = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed) ?? [];
  if (!name) throw new Error('a command begins with a slash');
  const known = slack.app.commands?.get(name);
  if (slack.app.commands && !known) return { ok: false, ackMs: 0, key: '', error: 'unknown_command' };
  const text = known?.escapes === false ? words : commandText(words, directoryOf(slack));
  const result = await slack.deliver.interact({
    kind: 'slash_commands',
    type: 'slash_command',
    payload: {
      token: 'sandbox',
      team_id: person.teamId,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: channelNameFor(channel),
      user_id: person.id,
      user_name: person.name,
      command: name,
      text: text.trim(),
      api_app_id: bot.appId,
      is_enterprise_install: 'false',
      response_url: slack.responseUrls.create('commands', { channel: channel.id, user: person.id }),
      trigger_id: slack.views.newTrigger(person.id),
    },
  });
  const { ack = {} } = result;
  if (!result.ok || !saysSomething(ack)) return outcome(result);
  if (payloadTrouble(slack, ack)) return { ...outcome(result), ok: false, error: 'dispatch_failed' };
  const reply = answerWith(slack, channel, person.id, ack);
  noteAck(slack, ack, reply);
  return { ...outcome(result), reply };
}

function noteAck({ ledger }: Slack, args: Json, { notifies }: Message) {
  const said = { ok: true, status: 200 };
  ledger.call({ kind: 'call', method: 'ack', args, applied: true, reply: said, ms: 0, ...(notifies && { notifies }) });
}

async function act(slack: Slack, person: PersonInfo, found: Found, detail: Json): Promise<PressResult> {
  const { element, blockId, actionId } = found;
  const { type } = element;
  const result = await slack.deliver.interact({
    kind: 'interactive',
    type: 'block_actions',
    payload: {
      ...basePayload('block_actions', person),
      ...whereFrom(slack, person, found),
      trigger_id: slack.views.newTrigger(person.id),
      actions: [{ type, action_id: actionId, block_id: blockId, ...detail, action_ts: slack.workspace.eventTs() }],
    },
  });
  return outcome(result);
}

export function press(slack: Slack, person: PersonInfo, what: ElementMatch, on: Place): Promise<PressResult> {
  const found = find(slack, person, pressable(what), JSON.stringify(what), on);
  const { text, value, style, url } = found.element;
  const detail = Object.entries({ text, value, style, url }).filter(([, given]) => given !== undefined);
  return act(slack, person, found, Object.fromEntries(detail));
}

/** `blockId` where an action_id alone would not do. */
export async function choose(
  slack: Slack,
  person: PersonInfo,
  { actionId: id, blockId }: { actionId: string; blockId?: string | undefined },
  value: unknown,
  on: Place,
) {
  const wanted = blockId === undefined ? field(id) : pressable({ actionId: id, blockId });
  const found = find(slack, person, wanted, id, on);
  if (found.element.type === 'overflow') {
    const option = objects(found.element.options).find(
      (one) => one.value === value || objectOf(one.text).text === value,
    );
    if (!option) throw new Error(`no option “${value}”`);
    return act(slack, person, found, { selected_option: option });
  }
  const state = await stateTyped(slack, person, found, value);
  keep(slack, person, found, state);
  // Inside an input block nothing is sent before the form is, unless the app asked for it.
  if (found.block.type === 'input' && found.block.dispatch_action !== true) return { ok: true, ackMs: 0, key: '' };
  return act(slack, person, found, state);
}

export async function type(slack: Slack, person: PersonInfo, blockId: string, value: unknown, view: string) {
  const shown = viewFor(slack, person, view);
  const placed = placedElements(shown.view.blocks).find((one) => one.blockId === blockId);
  if (!placed) throw new Error(`no input ${blockId} in that view`);
  const found = { ...placed, view: shown };
  const state = await stateTyped(slack, person, found, value);
  keep(slack, person, found, state);
  if (placed.block.dispatch_action !== true) return { ok: true, ackMs: 0, key: '' };
  return act(slack, person, found, state);
}

export async function shortcut(slack: Slack, person: PersonInfo, callbackId: string): Promise<PressResult> {
  const { api_app_id: _, ...base } = basePayload('shortcut', person);
  const payload = {
    ...base,
    callback_id: callbackId,
    trigger_id: slack.views.newTrigger(person.id),
    action_ts: slack.workspace.eventTs(),
  };
  return outcome(await slack.deliver.interact({ kind: 'interactive', type: 'shortcut', payload }));
}

export async function messageShortcut(
  slack: Slack,
  person: PersonInfo,
  callbackId: string,
  channel: ChannelRecord,
  message: Message,
): Promise<PressResult> {
  const about = { channel: channel.id, user: person.id };
  const payload = {
    ...basePayload('message_action', person),
    callback_id: callbackId,
    trigger_id: slack.views.newTrigger(person.id),
    action_ts: slack.workspace.eventTs(),
    channel: { id: channel.id, name: channelNameFor(channel) },
    message_ts: message.ts,
    message: wireMessage(message),
    response_url: slack.responseUrls.create('app', {
      ...about,
      ...(message.thread_ts && { thread: message.thread_ts }),
    }),
  };
  return outcome(await slack.deliver.interact({ kind: 'interactive', type: 'message_action', payload }));
}
