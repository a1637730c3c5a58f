/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import { channelId, userId } from './objects.ts';
import { type Fields, flag, list, oneOf, pattern, pick, type Rule, shape, text, typed, whole } from './rules.ts';

const style = shape(
  {},
  Object.fromEntries(
    ['bold', 'italic', 'strike', 'underline', 'code', 'highlight', 'client_highlight', 'unlink'].map((name) => [
      name,
      flag,
    ]),
  ),
);

const leaf = (required: Fields, optional: Fields = {}): Rule => shape(required, { ...optional, style });

const leaves = {
  text: leaf({ text: text() }),
  link: leaf({ url: text() }, { text: text(undefined, 0), unsafe: flag }),
  user: leaf({ user_id: userId }),
  channel: leaf({ channel_id: channelId }),
  usergroup: leaf({ usergroup_id: pattern(/^S[A-Z0-9]+$/, 'must be a valid usergroup id') }),
  team: leaf({ team_id: pattern(/^[TE][A-Z0-9]+$/, 'must be a valid team id') }),
  emoji: leaf({ name: text() }, { unicode: text(), url: text(), skin_tone: whole(1, 6) }),
  broadcast: leaf({ range: oneOf('here', 'channel', 'everyone') }),
  color: leaf({ value: pattern(/^#[0-9a-f]{6}$/i, 'must be a valid color') }),
  date: leaf({ timestamp: whole(0), format: text() }, { url: text(), fallback: text() }),
};

const border = oneOf(0, 1);
const inline = list(typed(leaves), undefined, 0);
const section = shape({ elements: inline });

const containers = {
  rich_text_section: section,
  rich_text_list: shape(
    { style: oneOf('bullet', 'ordered'), elements: list(typed({ rich_text_section: section })) },
    { indent: whole(0, 8), offset: whole(0), border },
  ),
  rich_text_preformatted: shape(
    { elements: list(typed(pick(leaves, ['text', 'link'])), undefined, 0) },
    { border, language: text() },
  ),
  rich_text_quote: shape({ elements: inline }, { border }),
};

export const richTextFields = { elements: list(typed(containers), undefined, 0) };

/** A rich_text block used as a value: a cell, a title, the first content of an input. */
export const richText = { rich_text: shape(richTextFields, { block_id: text(255) }) };
