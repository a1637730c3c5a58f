/** What people do to the app: commands, presses, submissions, shortcuts; as Slack's own client would send them. */
import { clientComplaints, type Naming, type Placed, placedElements, stateFor, stateWith } from './blocks.ts';
import type { InteractionResult } from './deliver.ts';
import { isObject, type Json, objectOf, objects, textOf } from './json.ts';
import { wireMessage } from './messages.ts';
import { viewProblems } from './methods/checked.ts';
import { bot, team } from './people.ts';
import { answerWith, payloadTrouble, saysSomething } from './replies.ts';
import type { Slack } from './slack.ts';
import { commandText, type Directory } from './text.ts';
import type { OpenView } from './views.ts';
import type {
  Choice,
  CommandResult,
  ElementMatch,
  Message,
  PersonInfo,
  Place,
  PressResult,
  SubmitResult,
  ViewState,
} from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

export function directoryOf({ workspace }: Slack): Directory {
  return {
    user: (name) => workspace.personNamed(name)?.id,
    channel: (name) => workspace.channelsNamed(name)[0]?.id,
    usergroup: (handle) => [...workspace.usergroups.values()].find((group) => group.handle === handle)?.id,
  };
}

function namingOf(slack: Slack): Naming {
  const { user, channel } = directoryOf(slack);
  return { user: (name) => user(name.replace(/^@/, '')), channel: (name) => channel(name.replace(/^#/, '')) };
}

const userOf = ({ id, name, teamId }: PersonInfo) => ({ id, username: name, name, team_id: teamId });

const outcome = ({ ack: _, ...result }: InteractionResult): PressResult => result;

/** Message selects keep what each person chose, until the message changes under them. */
const messageStates = new WeakMap<Slack, Map<string, ViewState>>();

function statesOf(slack: Slack): Map<string, ViewState> {
  const known = messageStates.get(slack);
  if (known) return known;
  const fresh = new Map<string, ViewState>();
  messageStates.set(slack, fresh);
  return fresh;
}

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

/** What Slack calls the conversation in a command's payload. */
function channelNameFor({ kind, name }: ChannelRecord): string {
  if (kind === 'im') return 'directmessage';
  return kind === 'private' ? 'privategroup' : name;
}

type Wanted = (placed: Placed) => boolean;

type Found = Placed & ({ message: Message; channel: ChannelRecord } | { view: OpenView });

const pressable =
  (what: ElementMatch): Wanted =>
  ({ element, actionId }) => {
    if (what.actionId !== undefined && actionId !== what.actionId) return false;
    if (what.value !== undefined && element.value !== what.value) return false;
    if (what.text !== undefined && objectOf(element.text).text !== what.text) return false;
    return true;
  };

/** Forms often give every input one action_id, so the block's name will do as well. */
const field =
  (id: string): Wanted =>
  ({ actionId, blockId }) =>
    blockId === id || actionId === id;

export const readable = (slack: Slack, person: PersonInfo, channel: ChannelRecord): Message[] =>
  [...channel.messages.filter(({ deleted }) => !deleted), ...slack.ephemerals.in(person.id, channel.id)].sort(
    (a, b) => Number(a.ts) - Number(b.ts),
  );

function viewFor(slack: Slack, person: PersonInfo, given?: string): OpenView {
  const stack = slack.views.stack(person.id);
  if (given === undefined) {
    const top = stack.at(-1);
    if (!top) throw new Error(`${person.name} has no view open`);
    return top;
  }
  const byId = slack.views.find(given);
  const shown = byId ?? stack.findLast(({ view }) => view.callback_id === given);
  const home = slack.views.home(person.id);
  if (shown?.user === person.id) return shown;
  if (given === 'home' && home) return home;
  throw new Error(`${person.name} has no view ${given} open`);
}

function find(slack: Slack, person: PersonInfo, wanted: Wanted, what: string, on: Place): Found {
  if ('view' in on) {
    const view = viewFor(slack, person, on.view);
    const placed = placedElements(view.view.blocks).find(wanted);
    if (!placed) throw new Error(`no ${what} in that view`);
    return { ...placed, view };
  }
  const channel = channelFor(slack, person, on.channel);
  const messages = readable(slack, person, channel).filter(({ ts }) => on.ts === undefined || ts === on.ts);
  for (const message of messages.reverse()) {
    const placed = placedElements([...(message.blocks ?? []), ...objects(message.attachments)]).find(wanted);
    if (placed) return { ...placed, message, channel };
  }
  throw new Error(`no ${what} in ${channel.name || channel.id} for ${person.name}`);
}

/** A channel this person is in; by id, name, or the direct conversation with the bot. */
export function channelFor({ workspace }: Slack, person: PersonInfo, given: string): ChannelRecord {
  const name = given.replace(/^#/, '');
  const candidates = [workspace.channels.get(given), ...workspace.channelsNamed(name)];
  const channel = candidates.find((one) => one?.members.has(person.id));
  if (channel) return channel;
  throw new Error(`${person.name} is not in ${given}`);
}

function basePayload(type: string, person: PersonInfo): Json {
  return {
    type,
    user: userOf(person),
    api_app_id: bot.appId,
    token: 'sandbox',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function whereFrom(slack: Slack, person: PersonInfo, found: Found): Json {
  if ('view' in found) {
    const { view } = found.view;
    const { errors: _, ...sent } = view;
    return { container: { type: 'view', view_id: view.id }, view: structuredClone(sent), state: view.state };
  }
  const { message, channel } = found;
  const about = { channel: channel.id, user: person.id, original: message };
  const thread = message.thread_ts;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: Boolean(message.ephemeralFor),
      ...(thread && { thread_ts: thread }),
    },
    channel: { id: channel.id, name: channelNameFor(channel) },
    // Slack sends no message for those only one person sees.
    ...(!message.ephemeralFor && { message: wireMessage(message) }),
    state: { values: stateOf(slack, person, message) },
    response_url: slack.responseUrls.create('actions', { ...about, ...(thread && { thread }) }),
  };
}

function stateOf(slack: Slack, person: PersonInfo, message: Message): ViewState {
  return stateFor(message.blocks, statesOf(slack).get(`${person.id} ${message.channel} ${message.ts}`));
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

function keep(slack: Slack, person: PersonInfo, found: Found, state: Json) {
  const { blockId, actionId } = found;
  if ('view' in found) {
    const { values } = found.view.view.state;
    values[blockId] = { ...values[blockId], [actionId]: state };
    return;
  }
  const values = stateOf(slack, person, found.message);
  values[blockId] = { ...values[blockId], [actionId]: state };
  statesOf(slack).set(`${person.id} ${found.message.channel} ${found.message.ts}`, values);
}

async function stateTyped(slack: Slack, person: PersonInfo, found: Found, value: unknown): Promise<Json> {
  const external = /external_select$/.test(String(found.element.type));
  if (!external || value === null || isObject(value)) return stateWith(found.element, value, namingOf(slack));
  const wanted = Array.isArray(value) ? value : [value];
  const options = [];
  for (const one of wanted) {
    if (isObject(one)) {
      options.push(one);
      continue;
    }
    const offered = await offers(slack, person, found, String(one));
    const fits = offered.find((choice) => choice.value === one || choice.text === one) ?? offered[0];
    if (!fits) throw new Error(`the app offers nothing for “${one}”`);
    options.push(fits);
  }
  return stateWith(found.element, Array.isArray(value) ? options : options[0], namingOf(slack));
}

export async function choose(slack: Slack, person: PersonInfo, id: string, value: unknown, on: Place) {
  const found = find(slack, person, field(id), id, on);
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

async function offers(slack: Slack, person: PersonInfo, found: Found, typed: string): Promise<Choice[]> {
  const { container, view, channel, message } = whereFrom(slack, person, found);
  const { ack = {} } = await slack.deliver.interact({
    kind: 'interactive',
    type: 'block_suggestion',
    payload: {
      ...basePayload('block_suggestion', person),
      container,
      ...(isObject(view) && { view }),
      ...(isObject(channel) && { channel }),
      ...(isObject(message) && { message }),
      block_id: found.blockId,
      action_id: found.actionId,
      value: typed,
    },
  });
  const grouped = objects(ack.option_groups).flatMap(({ options }) => objects(options));
  return [...objects(ack.options), ...grouped].map(({ text, value }) => ({
    text: textOf(objectOf(text).text) ?? '',
    value: textOf(value) ?? '',
  }));
}

export const options = (slack: Slack, person: PersonInfo, id: string, typed: string, on: Place) =>
  offers(slack, person, find(slack, person, field(id), id, on), typed);

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
