/** https://docs.slack.dev/reference/block-kit/blocks */
import { type Json, objectOf } from '../json.ts';
import { chartFields } from './charts.ts';
import { elements } from './elements.ts';
import { anyText, imageSource, plain, texts } from './objects.ts';
import { richText, richTextFields } from './rich-text.ts';
import {
  also,
  anyOf,
  exactlyOne,
  type Fields,
  flag,
  list,
  oneOf,
  type Problem,
  pick,
  type Rule,
  secureUrl,
  shape,
  text,
  typed,
  url,
  webUrl,
  when,
  whole,
} from './rules.ts';
import { dataTableFields, dataTableOptions, evenRows, tableFields, tableOptions } from './tables.ts';

const block = (required: Fields, optional: Fields = {}): Rule => shape(required, { block_id: text(255), ...optional });

const selects = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const menus = [...selects, ...selects.map((name) => `multi_${name}`)];
const choosing = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...menus];
const pressing = ['button', 'workflow_button', 'overflow'];
const typing = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input'];

const inActions = typed(pick(elements, [...pressing, ...choosing, 'datetimepicker', 'rich_text_input']));
const asAccessory = typed(pick(elements, [...pressing, ...choosing, 'image']));
const inInput = typed(pick(elements, [...choosing, ...typing, 'datetimepicker', 'file_input']));
const inContext = typed({ ...texts, image: elements.image });
const inContextActions = typed(pick(elements, ['feedback_buttons', 'icon_button']));
const image = typed({ image: elements.image });
const button = typed({ button: elements.button });

/** Slack points at the type of the block here. */
const textOrFields = (given: Json, pointer: string) => anyOf('text', 'fields')(given, `${pointer}/type`);

/** A file is there once it is uploaded: nothing is dispatched while it is chosen. */
const noDispatchOfFiles = ({ element, dispatch_action }: Json, pointer: string): Problem[] =>
  when(
    dispatch_action === true && objectOf(element).type === 'file_input',
    `${pointer}/dispatch_action`,
    'must be false with a `file_input`',
  );

const collapsible = ({ is_collapsible, default_collapsed }: Json, pointer: string): Problem[] =>
  when(
    default_collapsed === true && is_collapsible !== true,
    `${pointer}/default_collapsed`,
    'must define `is_collapsible` to use `default_collapsed`',
  );

const plainBlocks = {
  actions: block({ elements: list(inActions, 25) }),
  context: block({ elements: list(inContext, 10) }),
  divider: block({}),
  file: block({ external_id: text(), source: oneOf('remote') }),
  header: block({ text: plain(150) }, { level: whole(1, 4) }),
  image: also(
    block({ alt_text: text(2000) }, { title: plain(2000), ...imageSource }),
    exactlyOne('image_url', 'slack_file'),
  ),
  input: also(
    block({ label: plain(2000), element: inInput }, { hint: plain(2000), optional: flag, dispatch_action: flag }),
    noDispatchOfFiles,
  ),
  rich_text: block(richTextFields),
  section: also(
    block({}, { text: anyText(3000), fields: list(anyText(2000), 10), accessory: asAccessory, expand: flag }),
    textOrFields,
  ),
  table: block(tableFields, tableOptions),
  video: block(
    // "Must be less than 200 characters", "must be less than 50 characters".
    { video_url: secureUrl, thumbnail_url: webUrl, alt_text: text(2000), title: plain(199) },
    {
      title_url: secureUrl,
      author_name: text(49),
      provider_name: text(),
      provider_icon_url: webUrl,
      description: plain(),
    },
  ),
};

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-icon-object */
const slackIcon = typed({ icon: shape({ name: text() }) });

const oneIcon = ({ icon, slack_icon: own }: Json, pointer: string): Problem[] =>
  when(icon !== undefined && own !== undefined, pointer, 'must define only one of `icon` or `slack_icon`');

// Limits that the page of the card does not give are the ones of Slack's Java SDK.
const card = also(
  block(
    {},
    {
      hero_image: image,
      icon: image,
      slack_icon: slackIcon,
      title: anyText(150),
      subtitle: anyText(150),
      body: anyText(200),
      subtext: anyText(200),
      actions: list(button, 3),
    },
  ),
  anyOf('hero_image', 'title', 'actions', 'body'),
  oneIcon,
);

const status = oneOf('pending', 'in_progress', 'complete', 'error');
const task = { task_id: text(), title: text() };
const taskOptions = {
  details: typed(richText),
  output: typed(richText),
  sources: list(typed({ url: shape({ url: url(), text: text() }) }), undefined, 0),
};

const blocks = {
  ...plainBlocks,
  alert: block({ text: anyText(200) }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  card,
  carousel: block({ elements: list(typed({ card }), 10) }),
  container: also(
    block(
      { child_blocks: list(typed(plainBlocks), 10) },
      {
        title: plain(150),
        rich_text_title: typed(richText),
        subtitle: anyText(150),
        icon: image,
        width: oneOf('narrow', 'standard', 'wide', 'full'),
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      },
    ),
    anyOf('title', 'rich_text_title'),
    collapsible,
  ),
  context_actions: block({ elements: list(inContextActions, 5) }),
  data_table: also(block(dataTableFields, dataTableOptions), evenRows),
  data_visualization: block(chartFields),
  markdown: block({ text: text(12_000) }),
  // A task in a plan leaves out its type and may leave out its status.
  plan: block({ title: text() }, { tasks: list(block(task, { ...taskOptions, type: oneOf('task_card'), status })) }),
  task_card: block({ ...task, status }, taskOptions),
};

export const anyBlock = typed(blocks);
