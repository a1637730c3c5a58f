/** https://docs.slack.dev/reference/block-kit/block-elements */
import { isDeepStrictEqual } from 'node:util';
import { type Json, objects } from '../json.ts';
import {
  channelId,
  confirm,
  conversationFilter,
  conversationId,
  dispatchConfig,
  image,
  linkOption,
  option,
  optionGroup,
  plain,
  richOption,
  style,
  userId,
  workflow,
} from './objects.ts';
import { richText } from './rich-text.ts';
import {
  also,
  exactlyOne,
  type Fields,
  flag,
  list,
  oneOf,
  type Problem,
  pattern,
  problem,
  type Rule,
  shape,
  text,
  typed,
  url,
  when,
  whole,
} from './rules.ts';

const actionId = text(255);
const label = text(75);
const value = text(2000);

/** What every interactive element may carry besides its own fields. */
const element = (required: Fields, optional: Fields = {}): Rule =>
  shape(required, { action_id: actionId, ...optional });

const picker = (optional: Fields): Rule =>
  element({}, { confirm, focus_on_load: flag, placeholder: plain(150), ...optional });

const multi = (optional: Fields): Rule => picker({ max_selected_items: whole(1), ...optional });

const typing = (optional: Fields, required: Fields = {}): Rule =>
  element(required, {
    dispatch_action_config: dispatchConfig,
    focus_on_load: flag,
    placeholder: plain(150),
    ...optional,
  });

const everyOption = (select: Json): Json[] => [
  ...objects(select.options),
  ...objects(select.option_groups).flatMap((group) => objects(group.options)),
];

const asJson = (given: unknown): unknown => JSON.parse(JSON.stringify(given));

/** "An option object that exactly matches one of the options": the description counts too. */
function initialAmongOptions(select: Json, pointer: string): Problem[] {
  const known = everyOption(select).map(asJson);
  const isKnown = (one: unknown) => known.some((other) => isDeepStrictEqual(other, asJson(one)));
  const message = 'must exactly match one of the provided options';
  const single = select.initial_option;
  return [
    ...when(single !== undefined && !isKnown(single), `${pointer}/initial_option`, message),
    ...objects(select.initial_options).flatMap((one, index) =>
      when(!isKnown(one), `${pointer}/initial_options/${index}`, message),
    ),
  ];
}

const choices = { options: list(option, 100), option_groups: list(optionGroup, 100) };
const ownChoices = [exactlyOne('options', 'option_groups'), initialAmongOptions];

const date: Rule = (given, pointer) => {
  const wrong = pattern(/^\d{4}-\d{2}-\d{2}$/, 'must be a valid date')(given, pointer);
  const at = Date.parse(`${String(given)}T00:00:00Z`);
  // The engine rolls the 31st of February over into March.
  const real = Number.isFinite(at) && new Date(at).toISOString().startsWith(String(given));
  return wrong.length > 0 || real ? wrong : problem(pointer, 'must be a valid date');
};

const decimal = pattern(/^-?\d+(\.\d+)?$/, 'must be a valid number');

function boundsInOrder(low: string, high: string) {
  return (given: Json, pointer: string): Problem[] => {
    if (given[low] === undefined || given[high] === undefined) return [];
    return when(Number(given[low]) > Number(given[high]), `${pointer}/${low}`, `must not be greater than \`${high}\``);
  };
}

const feedbackButton = shape({ text: plain(75), value }, { accessibility_label: label });

const dialog = { confirm, focus_on_load: flag };
const conversation = { default_to_current_conversation: flag, filter: conversationFilter };

export const elements = {
  image,
  button: element({ text: plain(75) }, { value, url: url(), style, confirm, accessibility_label: label }),
  workflow_button: shape(
    { text: plain(75), workflow, action_id: actionId },
    { style, confirm, accessibility_label: label },
  ),
  icon_button: element(
    { icon: oneOf('trash'), text: plain(75) },
    { value, confirm, accessibility_label: label, visible_to_user_ids: list(userId) },
  ),
  feedback_buttons: element({ positive_button: feedbackButton, negative_button: feedbackButton }),
  overflow: element({ options: list(linkOption, 5) }, { confirm }),
  checkboxes: also(
    element({ options: list(richOption, 10) }, { ...dialog, initial_options: list(richOption) }),
    initialAmongOptions,
  ),
  radio_buttons: also(
    element({ options: list(richOption, 10) }, { ...dialog, initial_option: richOption }),
    initialAmongOptions,
  ),
  static_select: also(picker({ ...choices, initial_option: option }), ...ownChoices),
  multi_static_select: also(multi({ ...choices, initial_options: list(option) }), ...ownChoices),
  external_select: picker({ initial_option: option, min_query_length: whole(0) }),
  multi_external_select: multi({ initial_options: list(option), min_query_length: whole(0) }),
  users_select: picker({ initial_user: userId }),
  multi_users_select: multi({ initial_users: list(userId) }),
  conversations_select: picker({ ...conversation, initial_conversation: conversationId, response_url_enabled: flag }),
  multi_conversations_select: multi({ ...conversation, initial_conversations: list(conversationId) }),
  channels_select: picker({ initial_channel: channelId, response_url_enabled: flag }),
  multi_channels_select: multi({ initial_channels: list(channelId) }),
  datepicker: picker({ initial_date: date }),
  timepicker: picker({
    initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time'),
    timezone: text(),
  }),
  // Seconds, "in the format of 10 digits".
  datetimepicker: element({}, { ...dialog, initial_date_time: whole(1_000_000_000, 9_999_999_999) }),
  plain_text_input: also(
    typing({
      initial_value: text(3000, 0),
      multiline: flag,
      min_length: whole(0, 3000),
      max_length: whole(1, 3000),
    }),
    boundsInOrder('min_length', 'max_length'),
  ),
  email_text_input: typing({ initial_value: text(undefined, 0) }),
  url_text_input: typing({ initial_value: text(undefined, 0) }),
  number_input: also(
    typing({ initial_value: decimal, min_value: decimal, max_value: decimal }, { is_decimal_allowed: flag }),
    boundsInOrder('min_value', 'max_value'),
  ),
  rich_text_input: also(
    typing({ initial_value: typed(richText), min_lines: whole(1, 100), max_lines: whole(1, 100) }),
    boundsInOrder('min_lines', 'max_lines'),
  ),
  file_input: element({}, { filetypes: list(text()), max_files: whole(1, 10) }),
};
