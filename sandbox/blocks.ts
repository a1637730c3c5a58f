/** What Slack's server fills into blocks, and what its client keeps per input while a person types. */
import { isObject, type Json, objectOf, objects, strings } from './json.ts';
import type { Block, ViewState } from './wire.ts';

/** Element type → the field of its state, and what stands there while nothing was chosen. */
const stateFields: Record<string, { field: string; none: unknown; initial: string }> = {
  plain_text_input: { field: 'value', none: null, initial: 'initial_value' },
  email_text_input: { field: 'value', none: null, initial: 'initial_value' },
  url_text_input: { field: 'value', none: null, initial: 'initial_value' },
  number_input: { field: 'value', none: null, initial: 'initial_value' },
  rich_text_input: { field: 'rich_text_value', none: null, initial: 'initial_value' },
  static_select: { field: 'selected_option', none: null, initial: 'initial_option' },
  external_select: { field: 'selected_option', none: null, initial: 'initial_option' },
  radio_buttons: { field: 'selected_option', none: null, initial: 'initial_option' },
  users_select: { field: 'selected_user', none: null, initial: 'initial_user' },
  conversations_select: { field: 'selected_conversation', none: null, initial: 'initial_conversation' },
  channels_select: { field: 'selected_channel', none: null, initial: 'initial_channel' },
  multi_static_select: { field: 'selected_options', none: [], initial: 'initial_options' },
  multi_external_select: { field: 'selected_options', none: [], initial: 'initial_options' },
  checkboxes: { field: 'selected_options', none: [], initial: 'initial_options' },
  multi_users_select: { field: 'selected_users', none: [], initial: 'initial_users' },
  multi_conversations_select: { field: 'selected_conversations', none: [], initial: 'initial_conversations' },
  multi_channels_select: { field: 'selected_channels', none: [], initial: 'initial_channels' },
  datepicker: { field: 'selected_date', none: null, initial: 'initial_date' },
  timepicker: { field: 'selected_time', none: null, initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', none: null, initial: 'initial_date_time' },
  file_input: { field: 'files', none: [], initial: 'initial_files' },
};

/** These act when pressed and keep nothing. */
const momentary = new Set(['button', 'overflow', 'workflow_button', 'icon_button', 'feedback_buttons']);

export const stateField = (type: unknown) => (typeof type === 'string' ? stateFields[type] : undefined);

export type Placed = { block: Json; element: Json; blockId: string; actionId: string };

const isElement = (value: Json) =>
  typeof value.type === 'string' && (momentary.has(value.type) || value.type in stateFields);

/** Every interactive element, however deep its block keeps it (accessory, actions, input, a container's children). */
export function placedElements(blocks: unknown): Placed[] {
  const found: Placed[] = [];
  const walk = (value: unknown, block: Json) => {
    if (Array.isArray(value)) for (const item of value) walk(item, block);
    if (!isObject(value)) return;
    const home = typeof value.block_id === 'string' ? value : block;
    if (isElement(value))
      found.push({
        block: home,
        element: value,
        blockId: String(home.block_id ?? ''),
        actionId: String(value.action_id ?? ''),
      });
    else for (const inner of Object.values(value)) if (typeof inner === 'object') walk(inner, home);
  };
  for (const block of objects(blocks)) walk(block, block);
  return found;
}

function fillTexts(value: unknown) {
  if (Array.isArray(value)) for (const item of value) fillTexts(item);
  if (!isObject(value)) return;
  if (value.type === 'plain_text' && typeof value.text === 'string') value.emoji ??= true;
  if (value.type === 'mrkdwn' && typeof value.text === 'string') value.verbatim ??= false;
  for (const inner of Object.values(value)) if (typeof inner === 'object') fillTexts(inner);
}

/** The server gives a block_id and an action_id where the app gave none, and spells defaults out. */
export function filledBlocks(blocks: unknown, nextId: () => string): Block[] {
  const filled: Json[] = structuredClone(objects(blocks));
  for (const block of filled) {
    block.block_id = block.block_id || nextId();
    for (const child of ['blocks', 'child_blocks', 'elements'])
      for (const inner of objects(block[child]))
        if (block.type === 'container' || block.type === 'carousel') inner.block_id = inner.block_id || nextId();
    if (block.type === 'input') block.optional ??= false;
    if (block.type === 'input') block.dispatch_action ??= false;
  }
  for (const { element } of placedElements(filled)) element.action_id = element.action_id || nextId();
  fillTexts(filled);
  return filled.map((block) => ({ ...block, type: String(block.type) }));
}

const optionsOf = (element: Json) => [
  ...objects(element.options),
  ...objects(element.option_groups).flatMap((group) => objects(group.options)),
];

/** What an element holds before anybody touched it. */
function initialState(element: Json): Json | undefined {
  const known = stateField(element.type);
  if (!known) return undefined;
  const initial = element[known.initial];
  return { type: element.type, [known.field]: initial === undefined ? structuredClone(known.none) : initial };
}

/** On an update Slack keeps what was typed where block_id, action_id and kind stayed the same. */
export function stateFor(blocks: unknown, before: ViewState = {}): ViewState {
  const values: ViewState = {};
  for (const { element, blockId, actionId } of placedElements(blocks)) {
    const initial = initialState(element);
    if (!initial) continue;
    const kept = before[blockId]?.[actionId];
    const current = kept && kept.type === element.type ? kept : initial;
    values[blockId] = { ...values[blockId], [actionId]: current };
  }
  return values;
}

export type Naming = { user: (name: string) => string | undefined; channel: (name: string) => string | undefined };

const named = (value: unknown, look: (name: string) => string | undefined) => {
  const text = String(value);
  return look(text) ?? text;
};

function optionFor(element: Json, wanted: unknown): Json {
  if (isObject(wanted)) {
    const { text, value } = wanted;
    return isObject(text) ? wanted : { text: { type: 'plain_text', text, emoji: true }, value };
  }
  const options = optionsOf(element);
  const option =
    options.find(({ value }) => value === String(wanted)) ??
    options.find(({ text }) => objectOf(text).text === String(wanted));
  if (!option) throw new Error(`no option “${wanted}”; there are ${options.map(({ value }) => value).join(', ')}`);
  return option;
}

const isoDay = /^\d{4}-\d\d-\d\d$/;

function dayOf(value: unknown): string {
  return isoDay.test(String(value)) ? String(value) : new Date(String(value)).toISOString().slice(0, 10);
}

function secondsOf(value: unknown): number {
  return typeof value === 'number' ? value : Math.floor(new Date(String(value)).getTime() / 1000);
}

/** A person's plain answer in the shape the element reports it. */
export function stateWith(element: Json, answer: unknown, naming: Naming): Json {
  const known = stateField(element.type);
  const type = String(element.type);
  if (!known) throw new Error(`a ${type} holds no value`);
  const state = (value: unknown) => ({ type, [known.field]: value });
  if (answer === null || answer === undefined || answer === '') return state(structuredClone(known.none));
  const list = Array.isArray(answer) ? answer : [answer];
  if (known.field === 'selected_options') return state(list.map((wanted) => optionFor(element, wanted)));
  if (known.field === 'selected_option') return state(optionFor(element, answer));
  if (known.field === 'selected_users') return state(list.map((name) => named(name, naming.user)));
  if (known.field === 'selected_user') return state(named(answer, naming.user));
  if (known.field === 'selected_conversations' || known.field === 'selected_channels')
    return state(list.map((name) => named(name, naming.channel)));
  if (known.field === 'selected_conversation' || known.field === 'selected_channel')
    return state(named(answer, naming.channel));
  if (known.field === 'selected_date') return state(dayOf(answer));
  if (known.field === 'selected_date_time') return state(secondsOf(answer));
  if (known.field === 'rich_text_value') return state(richValue(answer));
  if (known.field === 'files') return state(strings(list).map((id) => ({ id })));
  return state(String(answer));
}

function richValue(answer: unknown): unknown {
  if (isObject(answer)) return answer;
  const elements = [{ type: 'text', text: String(answer) }];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What Slack's client says before it sends anything: https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function clientComplaints(blocks: unknown, values: ViewState): Record<string, string> {
  const complaints: Record<string, string> = {};
  for (const { block, element, blockId, actionId } of placedElements(blocks)) {
    const known = stateField(element.type);
    if (block.type !== 'input' || !known) continue;
    const value = values[blockId]?.[actionId]?.[known.field];
    const complaint = isEmpty(value)
      ? block.optional !== true && 'Please complete this required field.'
      : complaintAbout(element, value);
    if (complaint) complaints[blockId] = complaint;
  }
  return complaints;
}

function complaintAbout(element: Json, value: unknown): string | undefined {
  const most = Number(element.max_selected_items);
  if (Array.isArray(value)) return value.length > most ? `Please select at most ${most} items.` : undefined;
  if (typeof value !== 'string') return undefined;
  // A plain text input takes at most 3,000 characters whatever the app says.
  const longest = Number(element.max_length ?? 3000);
  if (element.type === 'plain_text_input') {
    if (value.length < Number(element.min_length ?? 0)) return `Must be at least ${element.min_length} characters.`;
    if (value.length > longest) return `Must be at most ${longest} characters.`;
  }
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return 'Enter a valid email.';
  if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Enter a valid URL.';
  if (element.type === 'number_input') return numberComplaint(element, value);
  return undefined;
}

function numberComplaint(element: Json, value: string): string | undefined {
  const number = Number(value);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter a number of at most ${element.max_value}.`;
  return undefined;
}
