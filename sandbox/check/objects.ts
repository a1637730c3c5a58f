/** https://docs.slack.dev/reference/block-kit/composition-objects */
import {
  also,
  anyOf,
  anything,
  exactlyOne,
  flag,
  list,
  oneOf,
  pattern,
  type Rule,
  shape,
  text,
  typed,
  url,
  webUrl,
} from './rules.ts';

const plainText = (max: number) => shape({ text: text(max) }, { emoji: flag });
const mrkdwnText = (max: number) => shape({ text: text(max) }, { verbatim: flag });

export const plain = (max = 3000): Rule => typed({ plain_text: plainText(max) });
export const anyText = (max = 3000): Rule => typed({ plain_text: plainText(max), mrkdwn: mrkdwnText(max) });

/** A text among other things in one list, as in a context block. */
export const texts = { plain_text: plainText(3000), mrkdwn: mrkdwnText(3000) };

export const userId = pattern(/^[UW][A-Z0-9]+$/, 'must be a valid user id');
export const channelId = pattern(/^[CG][A-Z0-9]+$/, 'must be a valid channel id');
export const conversationId = pattern(/^[CDGUW][A-Z0-9]+$/, 'must be a valid conversation id');

export const style = oneOf('primary', 'danger');

export const confirm = shape({ title: plain(100), text: anyText(300), confirm: plain(30), deny: plain(30) }, { style });

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object: a value has up to 150 characters. */
const optionValue = text(150);

export const option = shape({ text: plain(75), value: optionValue }, { description: plain(75) });
/** Radio buttons and checkboxes are wide enough for formatted text. */
export const richOption = shape({ text: anyText(75), value: optionValue }, { description: anyText(75) });
/** Only an overflow menu opens links. */
export const linkOption = shape({ text: plain(75), value: optionValue }, { description: plain(75), url: url() });

export const optionGroup = shape({ label: plain(75), options: list(option, 100) });

export const dispatchConfig = shape({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
});

export const conversationFilter = also(
  shape(
    {},
    {
      include: list(oneOf('im', 'mpim', 'private', 'public')),
      exclude_external_shared_channels: flag,
      exclude_bot_users: flag,
    },
  ),
  anyOf('include', 'exclude_external_shared_channels', 'exclude_bot_users'),
);

const slackFile = also(shape({}, { id: text(), url: url() }), exactlyOne('id', 'url'));

/** Where a picture comes from, in an image block and in an image element. */
export const imageSource = { image_url: webUrl, slack_file: slackFile };

export const image = also(shape({ alt_text: text(2000) }, imageSource), exactlyOne('image_url', 'slack_file'));

const inputParameter = shape({ name: text(), value: anything });

export const workflow = shape({
  trigger: shape({ url: webUrl }, { customizable_input_parameters: list(inputParameter) }),
});
